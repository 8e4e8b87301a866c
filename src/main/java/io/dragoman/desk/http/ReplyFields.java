// SPDX-License-Identifier: Apache-2.0
package io.dragoman.desk.http;

import io.dragoman.connector.MalformedPayload;
import io.dragoman.connector.kit.AgentMessage;
import io.dragoman.connector.kit.JsonFields;
import io.dragoman.model.DeskEvent;
import io.dragoman.model.Json;
import io.dragoman.profile.Element;
import io.dragoman.profile.Expression;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where in a payload an agent's answer to a customer stands. What is null is not there.
 *
 * @param author the agent's name
 * @param replyTo our id of the message that it answers
 * @param media an object, or several, with {@code url} and perhaps {@code type} and {@code name}
 */
record ReplyFields(
        Place place,
        @Nullable Expression text,
        @Nullable Expression author,
        @Nullable Expression replyTo,
        @Nullable Expression media) {

    DeskEvent read(Element element) throws MalformedPayload {
        Place.Named named = place.answer(element);
        AgentMessage message = message(element);
        return new DeskEvent.AgentReplied(
                named.key(),
                named.at(),
                named.conversation(),
                message.parts(),
                message.author(),
                message.replyTo(),
                null,
                named.reference());
    }

    /** In our own JSON, so that one reader says what an agent may send. */
    private AgentMessage message(Element element) throws MalformedPayload {
        List<Map<String, Object>> parts = new ArrayList<>();
        element.written(text)
                .filter(words -> !words.isBlank())
                .ifPresent(words -> parts.add(Map.of("type", "text", "text", words.strip())));
        for (Object one : element.items(media)) {
            if (one instanceof Map<?, ?> map) {
                parts.add(media(map));
            }
        }
        Map<String, Object> message = new HashMap<>(Map.of("parts", parts));
        element.find(replyTo).ifPresent(id -> message.put("replyTo", id));
        element.find(author).ifPresent(name -> message.put("author", Map.of("name", name)));
        JsonFields fields = JsonFields.of(Json.write(message).getBytes(StandardCharsets.UTF_8));
        return AgentMessage.read(fields, fields);
    }

    private static Map<String, Object> media(Map<?, ?> written) {
        Map<String, Object> part = new HashMap<>(Map.of("type", "media"));
        put(part, "url", written.get("url"));
        put(part, "mimeType", written.get("type"));
        put(part, "fileName", written.get("name"));
        return part;
    }

    private static void put(Map<String, Object> part, String name, @Nullable Object value) {
        String text = Expression.asText(value);
        if (text != null) {
            part.put(name, text);
        }
    }
}
