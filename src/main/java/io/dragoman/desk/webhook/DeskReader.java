// SPDX-License-Identifier: Apache-2.0
package io.dragoman.desk.webhook;

import io.dragoman.connector.MalformedPayload;
import io.dragoman.connector.Request;
import io.dragoman.connector.kit.AgentParts;
import io.dragoman.connector.kit.JsonFields;
import io.dragoman.connector.kit.ParticipantFields;
import io.dragoman.model.DeskEvent;
import io.dragoman.model.Ignored;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What a desk may send: that an agent replied or closed a conversation. Other types are ignored. */
final class DeskReader {
    private DeskReader() {}

    static List<DeskEvent> read(Request request) throws MalformedPayload {
        JsonFields body = JsonFields.of(request.body());
        String key = request.header(StandardWebhook.ID)
                .filter(id -> !id.isBlank())
                .orElseThrow(() -> new MalformedPayload(StandardWebhook.ID + " is missing"));
        String type = body.text("type");
        Instant at = request.receivedAt();
        return switch (type) {
            case "agent.replied" ->
                List.of(replied(key, body.findTime("timestamp").orElse(at), body.object("data")));
            case "conversation.closed" ->
                List.of(new DeskEvent.ConversationClosed(
                        key,
                        body.findTime("timestamp").orElse(at),
                        body.object("data").object("conversation").text("id")));
            default ->
                List.of(new Ignored(key, at, "type." + Ignored.word(type), "the gateway reads no events of this type"));
        };
    }

    private static DeskEvent replied(String key, Instant at, JsonFields data) throws MalformedPayload {
        JsonFields message = data.object("message");
        Optional<JsonFields> author = data.findObject("author");
        return new DeskEvent.AgentReplied(
                key,
                at,
                data.object("conversation").text("id"),
                AgentParts.read(message),
                author.isPresent() ? nonBlank(author.get().findText("name")).orElse(null) : null,
                nonBlank(message.findText("replyTo")).orElse(null),
                ParticipantFields.find(message, "cc").orElse(null));
    }

    private static Optional<String> nonBlank(Optional<String> text) {
        return text.filter(value -> !value.isBlank());
    }
}
