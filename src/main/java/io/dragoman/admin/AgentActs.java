// SPDX-License-Identifier: Apache-2.0
package io.dragoman.admin;

import io.dragoman.connector.AgentParts;
import io.dragoman.connector.Fields;
import io.dragoman.connector.Request;
import io.dragoman.connector.Unreadable;
import io.dragoman.explain.Explain;
import io.dragoman.message.Event;
import io.dragoman.message.Part;
import io.dragoman.store.Events;
import io.dragoman.store.Tx;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What an agent does through the API or the command line: an event like any other, taken once for each key. */
public final class AgentActs {
    private static final int LONGEST_NAME = 200;

    private AgentActs() {}

    /** What an agent can do. */
    enum Verb {
        REPLY,
        CLOSE
    }

    /** How the store took it. */
    public enum Taken {
        YES,
        /** The key was used for another body. */
        OTHER_BODY,
        NO_CONVERSATION,
        /** The message to reply to is not in the conversation. */
        NO_MESSAGE
    }

    /**
     * What came of it.
     *
     * @param id of the event, which is also the message's; empty when nothing was taken
     */
    public record Result(Taken taken, String id) {}

    /** What is answered to who did it. */
    public record Receipt(String id, String conversation) {}

    /** Reads {@code {"text" or "parts", "author", "replyTo"}}. */
    public static Event reply(String conversation, String key, byte[] json, Instant at) throws Unreadable {
        Fields body = Fields.of(json);
        if (body.has("text") && body.has("parts")) {
            throw new Unreadable("there must be text or parts, not both");
        }
        List<Part> parts = body.has("text") ? List.of(new Part.Text(body.text("text"))) : AgentParts.read(body);
        Optional<Fields> author = body.findObject("author");
        return new Event.AgentReplied(
                key(conversation, Verb.REPLY, key),
                at,
                conversation,
                parts,
                author.isPresent() ? name(author.get()) : null,
                body.has("replyTo") ? body.text("replyTo") : null);
    }

    private static @Nullable String name(Fields author) throws Unreadable {
        String name = author.findText("name").orElse("").strip();
        if (name.length() > LONGEST_NAME) {
            throw new Unreadable(author.at("name") + " must have at most " + LONGEST_NAME + " characters");
        }
        return name.isEmpty() ? null : name;
    }

    static Event close(String conversation, String key, byte[] json, Instant at) throws Unreadable {
        if (json.length > 0) {
            Fields.of(json);
        }
        return new Event.ConversationClosed(key(conversation, Verb.CLOSE, key), at, conversation);
    }

    private static String key(String conversation, Verb verb, String key) {
        return conversation + ":" + verb.name().toLowerCase(java.util.Locale.ROOT) + ":" + key;
    }

    /** Takes it into the inbox, or finds that it was taken. */
    public static Result take(Tx tx, String conversation, Event event, Request request, Supplier<String> ids) {
        String sha256 = sha256(request.body());
        if (tx.events().find(Explain.API, event.key()).isEmpty()) {
            if (tx.conversations().find(conversation).isEmpty()) {
                return new Result(Taken.NO_CONVERSATION, "");
            }
            if (event instanceof Event.AgentReplied reply && !answers(tx, reply)) {
                return new Result(Taken.NO_MESSAGE, "");
            }
        }
        Events.Arrived arrived = new Events.Arrived(
                Explain.API, request, request.body(), null, sha256, List.of(event), null, Events.State.DEAD);
        tx.events().take(arrived, ids, request.receivedAt().toEpochMilli());
        Events.Stored stored = tx.events().find(Explain.API, event.key()).orElseThrow();
        boolean same = tx.events()
                .raw(stored.raw())
                .filter(raw -> raw.sha256().equals(sha256))
                .isPresent();
        return new Result(same ? Taken.YES : Taken.OTHER_BODY, stored.id());
    }

    private static boolean answers(Tx tx, Event.AgentReplied reply) {
        String to = reply.replyTo();
        return to == null
                || tx.messages()
                        .find(to)
                        .filter(message -> message.conversation().equals(reply.conversation()))
                        .isPresent();
    }

    private static String sha256(byte[] body) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(body));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
