// SPDX-License-Identifier: Apache-2.0
package io.dragoman.desk.webhook;

import io.dragoman.connector.MalformedPayload;
import io.dragoman.connector.Request;
import io.dragoman.connector.kit.AgentMessage;
import io.dragoman.connector.kit.JsonFields;
import io.dragoman.model.Conversation.Priority;
import io.dragoman.model.DeskEvent;
import io.dragoman.model.Ignored;
import io.dragoman.model.Words;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a desk may send, as docs/webhook-desk.md shows it. News of the desk's own, such as merged tickets, is ignored. */
final class DeskReader {
    private static final String REPLIED = "agent.replied";
    private static final String CLOSED = "conversation.closed";
    private static final String REOPENED = "conversation.reopened";
    private static final String UPDATED = "conversation.updated";

    private final String key;
    private final Instant at;
    private final JsonFields data;
    private final @Nullable String conversation;
    private final @Nullable String reference;

    private DeskReader(String key, Instant at, JsonFields data) throws MalformedPayload {
        this.key = key;
        this.at = at;
        this.data = data;
        JsonFields named = data.object("conversation");
        reference =
                named.has("id") ? null : nonBlank(named.findText("reference")).orElse(null);
        conversation = reference == null ? named.text("id") : null;
    }

    static List<DeskEvent> read(Request request) throws MalformedPayload {
        JsonFields body = JsonFields.of(request.body());
        String key = request.header(StandardWebhook.ID)
                .filter(id -> !id.isBlank())
                .orElseThrow(() -> new MalformedPayload(StandardWebhook.ID + " is missing"));
        String type = body.text("type");
        return switch (type) {
            case REPLIED, CLOSED, REOPENED, UPDATED -> {
                Instant at = body.findTime("timestamp").orElse(request.receivedAt());
                yield List.of(new DeskReader(key, at, body.object("data")).event(type));
            }
            default -> {
                if (type.startsWith("agent.") || type.startsWith("conversation.")) {
                    throw new MalformedPayload(
                            "type must be one of " + String.join(", ", List.of(REPLIED, CLOSED, REOPENED, UPDATED)));
                }
                yield List.of(new Ignored(
                        key,
                        request.receivedAt(),
                        "type." + Ignored.word(type),
                        "the gateway reads no events of this type"));
            }
        };
    }

    private DeskEvent event(String type) throws MalformedPayload {
        return switch (type) {
            case CLOSED -> new DeskEvent.ConversationClosed(key, at, conversation, reference);
            case REOPENED -> new DeskEvent.ConversationReopened(key, at, conversation, reference);
            case UPDATED -> updated(data.object("conversation"));
            default -> replied();
        };
    }

    private DeskEvent replied() throws MalformedPayload {
        AgentMessage message = AgentMessage.read(data.object("message"), data);
        return new DeskEvent.AgentReplied(
                key, at, conversation, message.parts(), message.author(), message.replyTo(), message.cc(), reference);
    }

    private DeskEvent updated(JsonFields changes) throws MalformedPayload {
        return new DeskEvent.ConversationUpdated(
                key,
                at,
                conversation,
                reference,
                setOrCleared(changes, "assignee"),
                setOrCleared(changes, "team"),
                changes.has("tags") ? changes.texts("tags") : null,
                priority(changes));
    }

    /** Null for a field that is not there, empty for one that is null. */
    private static @Nullable String setOrCleared(JsonFields changes, String name) throws MalformedPayload {
        return changes.findText(name).map(String::strip).orElse(changes.node().has(name) ? "" : null);
    }

    private static @Nullable Priority priority(JsonFields changes) throws MalformedPayload {
        Optional<String> word = changes.findText("priority");
        if (word.isEmpty()) {
            return null;
        }
        return Words.find(Priority.class, word.get())
                .orElseThrow(() -> new MalformedPayload(
                        changes.at("priority") + " must be one of " + String.join(", ", Words.all(Priority.class))));
    }

    private static Optional<String> nonBlank(Optional<String> text) {
        return text.filter(value -> !value.isBlank());
    }
}
