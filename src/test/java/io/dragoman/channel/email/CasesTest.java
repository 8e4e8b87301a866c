// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.email;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectWriter;
import io.dragoman.connector.Account;
import io.dragoman.connector.mail.TestAccount;
import io.dragoman.model.Event;
import io.dragoman.model.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Mails as they come, each beside the events that it must become. {@code -Dcases.write=true} writes what is read now,
 * to be looked at before it is believed.
 */
final class CasesTest {
    private static final Path FOLDER = Path.of("src/test/resources/io/dragoman/channel/email/cases");
    private static final Account ACCOUNT = TestAccount.with(
            "trustedAuthServer",
            "mx.shop.example",
            "aliases",
            "help@shop.example",
            "marker",
            "## Please write above ##");

    static List<String> cases() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".eml"))
                    .map(name -> name.substring(0, name.length() - 4))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void mailBecomesTheseEvents(String name) throws IOException {
        byte[] mail = Files.readAllBytes(FOLDER.resolve(name + ".eml"));
        Event[] events = TestAccount.read(ACCOUNT, mail).toArray(Event[]::new);
        JsonNode actual = Json.tree(Json.bytes(events));
        Path expected = FOLDER.resolve(name + ".out.json");
        if (Boolean.getBoolean("cases.write")) {
            ObjectWriter pretty = Json.mapper().writerWithDefaultPrettyPrinter();
            Files.writeString(expected, pretty.writeValueAsString(actual) + "\n", StandardCharsets.UTF_8);
        }
        assertThat(actual).isEqualTo(Json.tree(Files.readAllBytes(expected)));
    }
}
