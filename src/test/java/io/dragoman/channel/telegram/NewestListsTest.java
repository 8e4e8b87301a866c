// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.telegram;

import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.connector.MalformedPayload;
import io.dragoman.connector.ProviderList;
import io.dragoman.connector.Request;
import io.dragoman.model.CustomerEvent;
import io.dragoman.model.CustomerEvent.MessageReceived;
import io.dragoman.model.Ignored;
import io.dragoman.model.Part;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the newest Bot API has and this version does not know is a failing line with its name. */
final class NewestListsTest {
    @Test
    void everyUpdateIsReadOrIgnoredByName() throws IOException {
        ProviderList.of("telegram-updates").check(NewestListsTest::knowsUpdate);
        assertThat(knowsUpdate("hologram")).isFalse();
    }

    @Test
    void everyFieldOfAMessageIsReadOrKeptByName() throws IOException {
        ProviderList.of("telegram-message-fields").check(NewestListsTest::knowsField);
        assertThat(knowsField("hologram")).isFalse();
    }

    private static boolean knowsUpdate(String name) {
        try {
            List<CustomerEvent> events = read("{\"update_id\":1,\"" + name + "\":{}}");
            return events.stream()
                    .noneMatch(event ->
                            event instanceof Ignored ignored && ignored.why().contains("does not know"));
        } catch (MalformedPayload e) {
            return true; // it is read, and an empty one is none
        }
    }

    /** The envelope, what a chat says of itself, or content that becomes something else than its raw form. */
    private static boolean knowsField(String name) {
        String message =
                "{\"update_id\":1,\"message\":{\"message_id\":2,\"date\":3,\"chat\":{\"id\":4,\"type\":\"private\"},\""
                        + name + "\":{}}}";
        try {
            return read(message).stream()
                    .noneMatch(event -> event instanceof MessageReceived received
                            && received.parts().stream()
                                    .anyMatch(part -> part instanceof Part.Unsupported raw
                                            && raw.what().equals(name)));
        } catch (MalformedPayload e) {
            return true;
        }
    }

    private static List<CustomerEvent> read(String body) throws MalformedPayload {
        return InboundReader.read(Request.polled(
                "update/1", body.getBytes(StandardCharsets.UTF_8), Instant.parse("2026-11-21T10:00:00Z")));
    }
}
