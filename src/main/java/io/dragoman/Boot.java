// SPDX-License-Identifier: Apache-2.0
package io.dragoman;

import io.dragoman.config.Configuration;
import io.dragoman.config.Loaded;
import io.dragoman.connector.Account;
import io.dragoman.connector.ConfiguredAccount;
import io.dragoman.connector.Connector;
import io.dragoman.connector.ConnectorRegistry;
import io.dragoman.connector.Secret;
import io.dragoman.delivery.DeliveryPolicy;
import io.dragoman.http.server.PortLimits;
import io.dragoman.rules.RuleBook;
import io.dragoman.store.StoreUrl;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** From a home folder to what a gateway is made of. */
public final class Boot {
    private static final List<String> BUILT_IN =
            List.of("intake.camel.yaml", "journey.camel.yaml", "outbox.camel.yaml");

    /** The file in the data folder that holds the admin port's token when none is configured. */
    public static final String ADMIN_TOKEN = "admin.token";

    private final Path home;
    private final List<Connector> connectors;
    private final Function<String, @Nullable String> environment;

    /**
     * Prepares.
     *
     * @param home the folder with config/, routes/ and data/
     * @param environment the value of an environment variable, or null
     */
    public Boot(Path home, List<Connector> connectors, Function<String, @Nullable String> environment) {
        this.home = home;
        this.connectors = List.copyOf(connectors);
        this.environment = environment;
    }

    /**
     * Reads the configuration.
     *
     * @param key of this installation
     */
    public Loaded<RuleBook> load(Secret key) {
        return Configuration.load(home, connectors, environment, key, RuleBook::read);
    }

    /** Where an installation keeps its data. */
    public static Path data(Configuration configuration) {
        return configuration.store().data(configuration.home());
    }

    private static StoreUrl store(Configuration configuration) {
        return StoreUrl.of(configuration.store().url(), configuration.store().password(), configuration.home());
    }

    private static DeliveryPolicy deliveries(Configuration.Delivery delivery) {
        return new DeliveryPolicy(
                delivery.giveUpAfter(),
                delivery.automatic(),
                delivery.pause() ? DeliveryPolicy.OnGiveUp.PAUSE : DeliveryPolicy.OnGiveUp.DEAD,
                delivery.atOnce());
    }

    /** Everything that a gateway is made of. */
    public Setup setup(
            Configuration configuration,
            RuleBook rules,
            Secret key,
            Clock clock,
            Random random,
            Consumer<Throwable> fatal)
            throws IOException {
        return new Setup(
                data(configuration),
                store(configuration),
                routes(),
                registry(configuration),
                rules::decide,
                deliveries(configuration.delivery()),
                configuration.http().host(),
                configuration.http().port(),
                configuration.http().maxBody(),
                configuration.media().maxSize(),
                configuration.http().publicUrl(),
                new Setup.Admin(
                        configuration.admin().host(), configuration.admin().port(), adminToken(configuration, random)),
                key,
                clock,
                random,
                fatal,
                new Setup.Edges(limits(configuration.http()), configuration.allowPrivate()));
    }

    private static PortLimits limits(Configuration.Http http) {
        Configuration.Limits limits = http.limits();
        return new PortLimits(
                http.maxBody(), limits.rate(), limits.refused(), limits.held(), limits.connections(), limits.proxies());
    }

    /** What was configured, else what was made at the first start and kept with the data. */
    private static Secret adminToken(Configuration configuration, Random random) throws IOException {
        Secret configured = configuration.admin().token();
        return configured == null ? Installation.secret(data(configuration), ADMIN_TOKEN, random) : configured;
    }

    private ConnectorRegistry registry(Configuration configuration) {
        return new ConnectorRegistry(
                configured(configuration.channels()),
                configured(configuration.desks()),
                configuration.desk(),
                configuration.reopenWithin(),
                configuration.media().patience());
    }

    private Map<String, ConfiguredAccount> configured(List<Account> accounts) {
        Map<String, ConfiguredAccount> configured = new LinkedHashMap<>();
        for (Account account : accounts) {
            Connector connector = connectors.stream()
                    .filter(candidate -> candidate.kind().equals(account.kind()))
                    .findFirst()
                    .orElseThrow();
            configured.put(account.id(), new ConfiguredAccount(account, connector));
        }
        return configured;
    }

    /** The routes that came with us, a file of the same name in the home folder instead, and the operator's own. */
    private List<String> routes() throws IOException {
        Path folder = home.resolve("routes");
        List<String> found = new ArrayList<>();
        for (String name : BUILT_IN) {
            Path own = folder.resolve(name);
            found.add(Files.exists(own) ? "file:" + own : "classpath:routes/" + name);
        }
        if (Files.isDirectory(folder)) {
            try (Stream<Path> files = Files.list(folder)) {
                files.filter(file -> file.toString().endsWith(".camel.yaml"))
                        .filter(file -> !BUILT_IN.contains(String.valueOf(file.getFileName())))
                        .sorted()
                        .forEach(file -> found.add("file:" + file));
            }
        }
        return found;
    }
}
