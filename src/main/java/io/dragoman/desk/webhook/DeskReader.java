// SPDX-License-Identifier: Apache-2.0
package io.dragoman.desk.webhook;

import io.dragoman.connector.AgentTyping;
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
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a desk may send, as docs/webhook-desk.md shows it. News of the desk's own is ignored. */
final class DeskReader {
    /** What looks like a type of event may be named; anything else could be what somebody wrote. */
    private static final Pattern EVENT_TYPE = Pattern.compile("(?=.{3,60}$)[a-z_]+(\\.[a-z_]+)+");

    private static final int LONGEST_WORD = 200;
    private static final int MOST_TAGS = 100;
    private static final int LONGEST_NAME = 200;
    private static final int LONGEST_REASON = 1_000;
    /** Nothing longer is looked at for that. In bytes. */
    private static final int LONGEST_TYPING = 4096;

    private static final String TYPING = "agent.typing";
    private static final String REPLIED = "agent.replied";
    private static final String CLOSED = "conversation.closed";
    private static final String REOPENED = "conversation.reopened";
    private static final String HANDED_OVER = "conversation.handed-over";
    private static final String UPDATED = "conversation.updated";
    private static final String REFERENCE = "conversation.reference-changed";

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
            case REPLIED, CLOSED, REOPENED, HANDED_OVER, UPDATED, REFERENCE -> {
                Instant at = body.findTime("timestamp").orElse(request.receivedAt());
                yield List.of(new DeskReader(key, at, body.object("data")).event(type));
            }
            default -> {
                if (type.equals(TYPING)) {
                    throw new MalformedPayload(
                            "a body of type " + TYPING + " must have at most " + LONGEST_TYPING + " bytes");
                }
                if (type.startsWith("agent.") || type.startsWith("conversation.")) {
                    throw new MalformedPayload("type must be one of "
                            + String.join(
                                    ", ", List.of(REPLIED, TYPING, CLOSED, REOPENED, HANDED_OVER, UPDATED, REFERENCE)));
                }
                yield List.of(new Ignored(
                        key,
                        request.receivedAt(),
                        "type." + (EVENT_TYPE.matcher(type).matches() ? type : "unknown"),
                        "the gateway reads no events of this type"));
            }
        };
    }

    /** Whether an agent is typing, where a request says that. */
    static Optional<AgentTyping> typing(Request request) throws MalformedPayload {
        JsonFields body;
        try {
            body = JsonFields.of(request.body().length > LONGEST_TYPING ? new byte[0] : request.body());
        } catch (MalformedPayload e) {
            return Optional.empty(); // to be read, and kept as dead
        }
        if (!TYPING.equals(body.word("type"))) {
            return Optional.empty();
        }
        JsonFields data = body.object("data");
        DeskReader named = new DeskReader(TYPING, request.receivedAt(), data);
        String author = data.inner("author").findText("name").orElse("").strip();
        if (author.length() > LONGEST_NAME) {
            throw new MalformedPayload(
                    data.inner("author").at("name") + " must have at most " + LONGEST_NAME + " characters");
        }
        boolean typing = !data.has("typing") || data.flag("typing");
        return Optional.of(
                new AgentTyping(named.conversation, named.reference, typing, author.isEmpty() ? null : author));
    }

    private DeskEvent event(String type) throws MalformedPayload {
        return switch (type) {
            case CLOSED -> new DeskEvent.ConversationClosed(key, at, conversation, reference);
            case REOPENED -> new DeskEvent.ConversationReopened(key, at, conversation, reference);
            case HANDED_OVER -> new DeskEvent.ConversationHandedOver(key, at, conversation, reference, reason());
            case UPDATED -> updated(data.object("conversation"));
            case REFERENCE -> new DeskEvent.ReferenceChanged(key, at, conversation, reference, reference(), Map.of());
            default -> replied();
        };
    }

    private String reference() throws MalformedPayload {
        String text = data.text("reference").strip();
        if (text.length() > WebhookDesk.LONGEST_REFERENCE) {
            throw new MalformedPayload(
                    data.at("reference") + " must have at most " + WebhookDesk.LONGEST_REFERENCE + " characters");
        }
        return text;
    }

    private @Nullable String reason() throws MalformedPayload {
        Optional<String> text = nonBlank(data.findText("reason")).map(String::strip);
        if (text.isPresent() && text.get().length() > LONGEST_REASON) {
            throw new MalformedPayload(data.at("reason") + " must have at most " + LONGEST_REASON + " characters");
        }
        return text.orElse(null);
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
                changes.has("tags") ? tags(changes) : null,
                priority(changes));
    }

    /** Null for a field that is not there, empty for one that is null. */
    private static @Nullable String setOrCleared(JsonFields changes, String name) throws MalformedPayload {
        Optional<String> text = changes.findText(name).map(String::strip);
        if (text.isPresent() && !isWord(text.get())) {
            throw new MalformedPayload(
                    changes.at(name) + " must have at most " + LONGEST_WORD + " characters, and no control characters");
        }
        return text.orElse(changes.node().has(name) ? "" : null);
    }

    private static List<String> tags(JsonFields changes) throws MalformedPayload {
        List<String> tags = changes.texts("tags").stream().map(String::strip).toList();
        if (tags.size() > MOST_TAGS || !tags.stream().allMatch(tag -> !tag.isEmpty() && isWord(tag))) {
            throw new MalformedPayload(changes.at("tags") + " must be at most " + MOST_TAGS + " texts of 1 to "
                    + LONGEST_WORD + " characters, without control characters");
        }
        return tags;
    }

    private static boolean isWord(String text) {
        return text.length() <= LONGEST_WORD && text.chars().noneMatch(Character::isISOControl);
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
