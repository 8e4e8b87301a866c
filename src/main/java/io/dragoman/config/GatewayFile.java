// SPDX-License-Identifier: Apache-2.0
package io.dragoman.config;

import io.dragoman.yaml.Node;
import io.dragoman.yaml.Problems;
import io.dragoman.yaml.Yaml;
import java.nio.file.Path;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What {@code gateway.yaml} says of store and admin port, without a look at anything else: for commands that must work
 * where the secrets of the channels are not at hand. What is wrong there takes its default.
 */
public record GatewayFile(Path home, Configuration.Admin admin, Configuration.Store store) {
    /**
     * Reads it.
     *
     * @param environment the value of an environment variable, or null
     */
    public static GatewayFile read(Path home, Function<String, @Nullable String> environment) {
        Problems problems = new Problems();
        Path folder = home.toAbsolutePath().normalize();
        Node gateway = Sources.read(folder, problems).root("gateway").orElseGet(() -> Yaml.read(
                        Sources.label("gateway"), "{}", new Problems())
                .orElseThrow());
        SettingValues values = new SettingReader(new Placeholders(folder, environment, problems), problems)
                .read(gateway, GatewaySettings.ALL, true);
        return new GatewayFile(
                folder,
                new Configuration.Admin(
                        values.get(GatewaySettings.ADMIN_HOST),
                        values.get(GatewaySettings.ADMIN_PORT),
                        values.find(GatewaySettings.ADMIN_TOKEN).orElse(null)),
                Configuration.Store.of(values));
    }

    /** The folder for what lasts beside the store. */
    public Path data() {
        return store.data(home);
    }
}
