// SPDX-License-Identifier: Apache-2.0
package io.dragoman.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.dragoman.connector.Connector;
import io.dragoman.connector.Secret;
import io.dragoman.yaml.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What comes with Dragoman works as it is, and its examples work when their hashes are taken away. */
final class ShippedConfigurationTest {
    private static final RuleReader<Integer> NO_RULES = (files, channels, desks, problems) -> 0;

    @Test
    void worksAsItIs() {
        Loaded<Integer> loaded = load(Path.of(""), TestConnector.ALL, name -> null);
        assertThat(loaded).isInstanceOf(Loaded.Usable.class);
        assertThat(loaded.problems())
                .extracting(Problem::message)
                .singleElement()
                .asString()
                .startsWith("has no channels yet");
    }

    @Test
    void itsExamplesWorkToo(@TempDir Path home) throws IOException {
        List<Connector> installed = Connectors.installed();
        assumeThat(installed)
                .extracting(Connector::kind)
                .contains("email", "whatsapp", "twilio", "telegram", "webhook", "local");
        Files.createDirectories(home.resolve("config"));
        for (String name : Sources.NAMES) {
            String text = Files.readString(Path.of("config", name + ".yaml"));
            // the head of the file is prose; below it, what stands behind a hash is an example
            int head = text.indexOf("\n\n");
            String examples = text.substring(head).replaceAll("(?m)^#(?=  )", "");
            Files.writeString(home.resolve("config").resolve(name + ".yaml"), text.substring(0, head) + examples);
        }
        // a signing secret of the form that the webhook desk wants serves all the others but Telegram's
        Loaded<Integer> loaded = load(
                home,
                installed,
                name -> name.equals("TG_TOKEN")
                        ? "123456789:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw0"
                        : "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
        assertThat(loaded.errors()).isEmpty();
    }

    @Test
    void everyFileNamesTheSchemaForEditors() throws IOException {
        for (String name : Sources.NAMES) {
            assertThat(Files.readString(Path.of("config", name + ".yaml")))
                    .startsWith("# yaml-language-server: $schema=dragoman.schema.json\n");
        }
    }

    private static Loaded<Integer> load(
            Path home, List<Connector> connectors, Function<String, @Nullable String> environment) {
        return Configuration.load(home, connectors, environment, new Secret("installation-key"), NO_RULES);
    }
}
