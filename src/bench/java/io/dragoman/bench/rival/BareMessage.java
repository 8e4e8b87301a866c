// SPDX-License-Identifier: Apache-2.0
package io.dragoman.bench.rival;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;

/**
 * One message of a customer, and all the ids that its rows have, which grow with time.
 *
 * @param id of its message, event and delivery
 */
record BareMessage(long id, byte[] raw, String key, String sender, String name, String text) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Reads what WhatsApp posts. */
    static BareMessage read(long id, byte[] raw) {
        try {
            JsonNode value = JSON.readTree(raw).at("/entry/0/changes/0/value");
            JsonNode message = value.at("/messages/0");
            return new BareMessage(
                    id,
                    raw,
                    message.path("id").asText(),
                    message.path("from_user_id").asText(),
                    value.at("/contacts/0/profile/name").asText(),
                    message.at("/text/body").asText());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What the desk gets. */
    byte[] notice(long conversation) {
        ObjectNode notice = JSON.createObjectNode()
                .put("type", "message.received")
                .put("timestamp", Instant.now().toString());
        ObjectNode data = notice.putObject("data");
        data.putObject("conversation")
                .put("id", Long.toString(conversation))
                .put("channel", "shop-whatsapp")
                .put("kind", "whatsapp");
        data.putObject("contact").put("name", name);
        data.putObject("message")
                .put("id", Long.toString(id))
                .put("direction", "in")
                .putArray("parts")
                .addObject()
                .put("type", "text")
                .put("text", text);
        try {
            return JSON.writeValueAsBytes(notice);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
