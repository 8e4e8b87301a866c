// SPDX-License-Identifier: Apache-2.0
package io.dragoman;

import io.dragoman.config.Configuration;
import io.dragoman.config.ConfigurationWatcher;
import io.dragoman.config.HomeFolder;
import io.dragoman.config.Loaded;
import io.dragoman.config.ReloadFailed;
import io.dragoman.connector.Account;
import io.dragoman.connector.ConfiguredAccounts;
import io.dragoman.connector.Connector;
import io.dragoman.connector.OpeningHours;
import io.dragoman.connector.Secret;
import io.dragoman.route.RouteFileCheck;
import io.dragoman.rules.RuleBook;
import io.dragoman.rules.hours.Hours;
import io.dragoman.yaml.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** From a home folder to what a gateway is made of. */
public final class Bootstrap {
    private static final List<String> BUILT_IN =
            List.of("intake.camel.yaml", "journey.camel.yaml", "outbox.camel.yaml", "templates.camel.yaml");

    /** The file in the data folder that holds the admin port's token when none is configured. */
    public static final String ADMIN_TOKEN = "admin.token";

    private static final String KEY = "installation.key";
    /** A placeholder for the key until the data folder is known. */
    private static final Secret NO_KEY = new Secret("not known yet");

    private final Path home;
    private final List<Connector> connectors;
    private final Function<String, @Nullable String> environment;

    /**
     * @param home the folder with config/, routes/ and data/
     * @param environment the value of an environment variable, or null
     */
    public Bootstrap(Path home, List<Connector> connectors, Function<String, @Nullable String> environment) {
        this.home = home;
        this.connectors = List.copyOf(connectors);
        this.environment = environment;
    }

    /**
     * Reads the configuration; at the first start of a usable one it makes the installation's key.
     *
     * @param random an unpredictable source
     */
    public Loaded<RuleBook> load(RandomGenerator random) throws IOException {
        Loaded<RuleBook> loaded = load(NO_KEY);
        if (loaded instanceof Loaded.Usable<RuleBook> usable) {
            Configuration configuration = usable.configuration();
            Secret key = key(configuration, random);
            return new Loaded.Usable<>(configuration.with(key), usable.rules(), usable.problems());
        }
        return loaded;
    }

    private Loaded<RuleBook> load(Secret key) {
        return Configuration.load(home, connectors, environment, key, RuleBook::read);
    }

    /** What was configured, else what was made at the first start and kept with the data. */
    private static Secret key(Configuration configuration, RandomGenerator random) throws IOException {
        Optional<Secret> configured = configuration.gateway().store().key();
        return configured.isPresent() ? configured.get() : Installation.secret(data(configuration), KEY, random);
    }

    private static Path data(Configuration configuration) {
        return configuration.gateway().store().data();
    }

    /** What is wrong with the operator's own routes; nothing of them is made or started. */
    public List<Problem> routeProblems(Configuration configuration) {
        Map<String, String> kinds =
                configuration.channels().stream().collect(Collectors.toMap(Account::id, Account::kind));
        try (RouteFileCheck check = new RouteFileCheck(kinds)) {
            return check.problems(routes());
        } catch (Exception e) {
            return List.of(new Problem("routes/", 0, 0, "", "cannot be read: " + e.getMessage() + ".", false));
        }
    }

    /** What is wrong with the topic that what is posted goes through, as far as its brokers can be asked now. */
    public List<Problem> inboxProblems(Configuration configuration) {
        return configuration.gateway().inbox().map(InboxPlace::problems).orElse(List.of());
    }

    /** Everything that a gateway is made of. */
    public Setup setup(Loaded.Usable<RuleBook> loaded, Setup.Environment process) throws IOException {
        Configuration configuration = loaded.configuration();
        return new Setup(
                configuration.gateway(),
                accounts(configuration, loaded.rules()),
                loaded.rules(),
                routes(),
                key(configuration, process.random()),
                adminToken(configuration, process.random()),
                process,
                new HomeFolder(home, connectors, environment));
    }

    /** Reloads a gateway's files when they change; the watcher is still to be started. */
    public ConfigurationWatcher<RuleBook> watcher(Loaded.Usable<RuleBook> running, Gateway gateway) {
        Secret key = gateway.setup().key();
        ConfigurationWatcher<RuleBook> watcher = new ConfigurationWatcher<>(
                running.configuration(),
                () -> load(key),
                reload -> {
                    Configuration next = reload.configuration();
                    Secret token =
                            adminTokenNow(next, gateway.setup().environment().random());
                    gateway.reload(accounts(next, reload.rules()), reload.rules());
                    gateway.letIn(next.gateway().admin(), token);
                },
                gateway::configurationProblems);
        gateway.reloadBy(watcher::reload);
        return watcher;
    }

    private ConfiguredAccounts accounts(Configuration configuration, RuleBook rules) {
        return ConfiguredAccounts.of(
                configuration.channels(),
                configuration.desks(),
                connectors,
                configuration.gateway().conversations(),
                configuration.off(),
                hours(rules));
    }

    /** The business hours that rules know, as everything else sees them. */
    public static OpeningHours hours(RuleBook rules) {
        return (name, at) -> Optional.ofNullable(rules.hours().get(name)).map(hours -> state(hours, at));
    }

    private static OpeningHours.State state(Hours hours, Instant at) {
        boolean open = hours.isOpen(at);
        return new OpeningHours.State(open, (open ? hours.nextClose(at) : hours.nextOpen(at)).orElse(null));
    }

    /** What was configured, else what was made at the first start and kept with the data. */
    private static Secret adminToken(Configuration configuration, RandomGenerator random) throws IOException {
        Secret configured = configuration.gateway().admin().token();
        return configured == null ? Installation.secret(data(configuration), ADMIN_TOKEN, random) : configured;
    }

    private static Secret adminTokenNow(Configuration configuration, RandomGenerator random) {
        try {
            return adminToken(configuration, random);
        } catch (IOException e) {
            throw new ReloadFailed("the admin port's token cannot be read from " + data(configuration));
        }
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
