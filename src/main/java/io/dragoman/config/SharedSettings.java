// SPDX-License-Identifier: Apache-2.0
package io.dragoman.config;

import io.dragoman.connector.Setting;
import io.dragoman.yaml.Node;
import io.dragoman.yaml.Problem;
import io.dragoman.yaml.Problems;
import io.dragoman.yaml.Yaml;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What {@code config/gateway.yaml} of an installation with tenants says: the ports that all share. Everything else is
 * each tenant's.
 *
 * @param named whether it says where the outside world reaches the public port
 * @param maxTenantRate how many requests a second one tenant may get at a port; 0 for any number
 * @param problems what is wrong with it
 */
public record SharedSettings(
        HttpSettings http, AdminSettings admin, boolean named, int maxTenantRate, List<Problem> problems) {
    private static final List<Setting<?>> ALL = Stream.of(
                    HttpSettings.ALL, List.<Setting<?>>of(AdminSettings.HOST, AdminSettings.PORT, AdminSettings.TOKEN))
            .flatMap(List::stream)
            .toList();

    /** What a tenant cannot say of its own. */
    static final List<Setting<?>> SHARED_ALONE = List.of(
            HttpSettings.HOST,
            HttpSettings.PORT,
            HttpSettings.TRUSTED_PROXIES,
            HttpSettings.MAX_TENANT_RATE,
            AdminSettings.HOST,
            AdminSettings.PORT);

    public SharedSettings {
        problems = List.copyOf(problems);
    }

    /**
     * Reads it. What is wrong takes its default.
     *
     * @param top the installation's home folder
     * @param environment the value of an environment variable, or null
     */
    public static SharedSettings read(Path top, Function<String, @Nullable String> environment) {
        Problems problems = new Problems();
        Path folder = top.toAbsolutePath().normalize();
        Node gateway = Sources.read(folder, problems, List.of("gateway"))
                .root("gateway")
                .orElseGet(() -> Yaml.read(Sources.label("gateway"), "{}", new Problems())
                        .orElseThrow());
        Placeholders references = new Placeholders(folder, environment, problems);
        SettingValues values = new SettingReader(references, problems).read(gateway, ALL, true, Set.of("admin.tokens"));
        new GatewayChecks(gateway, values, problems).checkPorts();
        for (String name : Sources.NAMES) {
            if (!name.equals("gateway") && Files.exists(folder.resolve(Sources.label(name)))) {
                problems.warn(
                        Sources.label(name),
                        0,
                        0,
                        "",
                        "is not read: there are tenants here. It belongs into config/ of one of them.");
            }
        }
        return new SharedSettings(
                HttpSettings.of(values),
                AdminSettings.shared(values, new TokenReader(references, problems).read(gateway)),
                values.find(HttpSettings.PUBLIC_URL).isPresent(),
                values.get(HttpSettings.MAX_TENANT_RATE),
                problems.all());
    }

    /** What is wrong with it so that it cannot be used. */
    public List<Problem> errors() {
        return problems.stream().filter(problem -> !problem.warning()).toList();
    }
}
