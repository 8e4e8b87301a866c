// SPDX-License-Identifier: Apache-2.0
package io.dragoman.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.config.AdminSettings;
import io.dragoman.config.GatewaySettings;
import io.dragoman.connector.Setting;
import io.dragoman.rules.schema.SchemaKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What samples and documents call a setting of the gateway is one. */
final class NamedSettingsTest {
    /** But for {@code delivery.updated}, an event, Python's {@code http.server}, Zammad's {@code admin.user}, and names of hosts. */
    private static final Pattern SETTING = Pattern.compile(
            "(?<![\\w./@-])(?:http|admin|store|delivery|outbound)\\.(?!updated\\b|server\\b|user\\b)[a-z][A-Za-z]*(?![\\w.-]*[.@]\\w)");

    @Test
    @DisplayName("every setting that the samples and documents name is in the reference")
    void namedSettingsShouldExist() throws IOException {
        Set<String> known = Stream.concat(
                        GatewaySettings.ALL.stream().map(Setting::name),
                        Stream.concat(
                                AdminSettings.KEYS.stream().map(SchemaKey::path), Stream.of("admin.oidc"))) // a group
                .collect(Collectors.toSet());
        Set<String> named = new TreeSet<>();
        for (Path file : files()) {
            for (String name : SETTING.matcher(Files.readString(file))
                    .results()
                    .map(found -> found.group())
                    .toList()) {
                named.add(name);
                assertThat(known).as("settings that " + file + " may name").contains(name);
            }
        }
        assertThat(named).contains("http.trustedProxies", "store.url");
    }

    private static List<Path> files() throws IOException {
        try (Stream<Path> all = Files.walk(Path.of("docs"))) {
            return Stream.concat(Stream.of(Path.of("README.md")), all.filter(Files::isRegularFile))
                    .filter(file -> !file.endsWith("configuration.md")
                            && !file.toString().endsWith(".png"))
                    .toList();
        }
    }
}
