// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.twilio;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dragoman.channel.twilio.MessageList.Medium;
import io.dragoman.connector.MalformedPayload;
import io.dragoman.connector.Request;
import io.dragoman.connector.kit.JsonFields;
import io.dragoman.model.CustomerEvent;
import io.dragoman.model.Json;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A customer's message from Twilio's list. It becomes the event that its webhook would have been, with the same key. Of
 * WhatsApp the list shows less than a webhook: no profile name, button or place.
 */
final class SweptMessage {
    /** What is kept of the resource: nothing that changes later, so that the same message has the same bytes. */
    private static final List<String> KEPT = List.of(
            "sid", "account_sid", "messaging_service_sid", "from", "to", "body", "num_media", "direction", "date_sent");

    private SweptMessage() {}

    /** What is stored raw. */
    static Request request(JsonNode message, List<Medium> media, Instant now) {
        ObjectNode kept = Json.mapper().createObjectNode();
        KEPT.forEach(name -> kept.set(name, message.path(name).deepCopy()));
        ArrayNode list = kept.putArray("media");
        media.forEach(one -> list.addObject().put("url", one.url()).put("content_type", one.contentType()));
        byte[] body = Json.write(kept).getBytes(StandardCharsets.UTF_8);
        return Request.swept("messages/" + message.path("sid").asText(""), body, now);
    }

    static CustomerEvent read(Request request) throws MalformedPayload {
        JsonNode message = JsonFields.of(request.body()).node();
        Map<String, String> form = new LinkedHashMap<>();
        put(form, "MessageSid", message.path("sid"));
        put(form, "AccountSid", message.path("account_sid"));
        put(form, "MessagingServiceSid", message.path("messaging_service_sid"));
        put(form, "From", message.path("from"));
        put(form, "To", message.path("to"));
        put(form, "Body", message.path("body"));
        put(form, "NumMedia", message.path("num_media"));
        int index = 0;
        for (JsonNode medium : message.path("media")) {
            put(form, "MediaUrl" + index, medium.path("url"));
            put(form, "MediaContentType" + index++, medium.path("content_type"));
        }
        Instant sent = MessageList.time(message.path("date_sent").asText(""));
        return Reading.read(Form.of(form), sent == null ? request.receivedAt() : sent);
    }

    private static void put(Map<String, String> form, String name, JsonNode value) {
        if (value.isValueNode() && !value.isNull()) {
            form.put(name, value.asText());
        }
    }
}
