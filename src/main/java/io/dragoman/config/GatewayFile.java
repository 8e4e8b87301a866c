// SPDX-License-Identifier: Apache-2.0
package io.dragoman.config;

import io.dragoman.yaml.Node;
import io.dragoman.yaml.Problems;
import io.dragoman.yaml.Yaml;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * {@code gateway.yaml} without a look at anything else: for commands that must work where the secrets of the channels
 * are not at hand.
 */
public final class GatewayFile {
    private GatewayFile() {}

    /**
     * What it says. What is wrong there takes its default.
     *
     * @param environment the value of an environment variable, or null
     */
    public static GatewaySettings read(Path home, Function<String, @Nullable String> environment) {
        Problems problems = new Problems();
        Path folder = home.toAbsolutePath().normalize();
        Node gateway = Sources.read(folder, problems, List.of("gateway"))
                .root("gateway")
                .orElseGet(() -> Yaml.read(Sources.label("gateway"), "{}", new Problems())
                        .orElseThrow());
        Optional<TenantHome> tenant = TenantHome.of(folder);
        Placeholders references = new Placeholders(folder, environment, problems, tenant);
        SettingValues values =
                new SettingReader(references, problems).read(gateway, GatewaySettings.ALL, true, TokenReader.NAMES);
        GatewaySettings own = GatewaySettings.of(values, new TokenReader(references, problems), gateway, folder);
        return tenant.map(it -> own.below(
                        SharedSettings.read(it.top(), environment),
                        it,
                        values.find(HttpSettings.PUBLIC_URL).isPresent()))
                .orElse(own);
    }
}
