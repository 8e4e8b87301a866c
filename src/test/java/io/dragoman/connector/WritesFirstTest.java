// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.dragoman.config.Connectors;
import io.dragoman.model.CustomerEvent.Sender;
import io.dragoman.model.Identity;
import io.dragoman.model.Json;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whoever we write to first is known by an identity that each recorded message from that address has. */
final class WritesFirstTest {
    @ParameterizedTest
    @CsvSource({
        "email, 100",
        "messente, 1",
        "twilio, 5",
        "whatsapp, 20",
        "vonage, 2",
        "bird, 2",
        "sms-http, 2",
        "discord, 1",
        "smpp, 10",
        "xmpp, 10"
    })
    void recipientShouldBeKnownAsRecordedSendersAre(String kind, int least) throws Exception {
        Connector connector = connector(kind);
        int checked = 0;
        for (JsonNode sender : senders(kind)) {
            String address = sender.path("address").asText();
            Sender recipient;
            try {
                recipient = ((WritesFirst) connector).recipient(account(connector), address);
            } catch (MalformedPayload e) {
                continue; // a group, a short code, an address of ours
            }
            List<String> recorded = StreamSupport.stream(
                            sender.path("identities").spliterator(), false)
                    .map(one ->
                            one.path("type").asText() + " " + one.path("value").asText())
                    .toList();
            if (kind.equals("email") && !recorded.contains("email " + address)) {
                continue; // they want answers elsewhere than where they write from
            }
            assertThat(recipient.address()).isEqualTo(address);
            assertThat(recipient.identities().stream().map(WritesFirstTest::show))
                    .as(address)
                    .isNotEmpty()
                    .isSubsetOf(recorded);
            checked++;
        }
        assertThat(checked).isGreaterThanOrEqualTo(least);
    }

    private static String show(Identity identity) {
        return identity.type() + " " + identity.value();
    }

    private static List<JsonNode> senders(String kind) throws IOException {
        List<JsonNode> senders = new ArrayList<>();
        try (Stream<Path> files =
                Files.list(Path.of("src/test/resources/io/dragoman/channel", kind.replace("-", ""), "cases"))) {
            for (Path file :
                    files.filter(one -> one.toString().endsWith(".out.json")).toList()) {
                Json.tree(Files.readAllBytes(file)).forEach(event -> senders.add(event.path("sender")));
            }
        }
        return senders.stream().filter(JsonNode::isObject).toList();
    }

    private static Connector connector(String kind) {
        return Connectors.installed().stream()
                .filter(one -> one.kind().equals(kind))
                .findFirst()
                .orElseThrow();
    }

    private static Account account(Connector connector) {
        Map<String, Object> values = new HashMap<>();
        Map<String, String> own = Map.of("address", "support@shop.example", "rooms", "support@rooms.chat.test");
        for (Setting<?> setting : connector.settings()) {
            String text = own.getOrDefault(setting.name(), setting.fallback());
            if (text != null) {
                values.put(
                        setting.name(), Objects.requireNonNull(setting.parser().apply(text)));
            }
        }
        return new Account(
                Side.CHANNEL,
                "one",
                connector.kind(),
                values,
                false,
                new Account.Installation(URI.create("https://chat.example.com"), new Secret("key")));
    }
}
