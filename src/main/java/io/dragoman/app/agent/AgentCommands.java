// SPDX-License-Identifier: Apache-2.0
package io.dragoman.app.agent;

import io.dragoman.connector.MalformedPayload;
import io.dragoman.connector.Request;
import io.dragoman.connector.kit.AgentParts;
import io.dragoman.connector.kit.JsonFields;
import io.dragoman.connector.kit.ParticipantFields;
import io.dragoman.model.DeskEvent;
import io.dragoman.model.Event;
import io.dragoman.model.Hashes;
import io.dragoman.model.Part;
import io.dragoman.model.Words;
import io.dragoman.store.Events;
import io.dragoman.store.Store;
import io.dragoman.store.Tx;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What an agent does through the API or the command line: an event like any other, taken once for each key.
 * Thread-safe.
 */
public final class AgentCommands {
    private static final int LONGEST_NAME = 200;

    private final Store store;
    private final Supplier<String> ids;
    private final Clock clock;

    /** @param ids makes ids in rising order */
    public AgentCommands(Store store, Supplier<String> ids, Clock clock) {
        this.store = store;
        this.ids = ids;
        this.clock = clock;
    }

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

    /**
     * Answers in a conversation; the future completes after the commit.
     *
     * @param key the same for the same command: it is taken once
     * @param json {@code {"text" or "parts", "author", "replyTo", "cc"}}
     * @param path the address that it was sent to, or the command's name
     */
    public CompletableFuture<Result> reply(
            String conversation, String key, byte[] json, CommandSource source, String path) throws MalformedPayload {
        Instant now = clock.instant();
        return take(conversation, readReply(conversation, key, json, now), source.request(path, key, json, now));
    }

    /** Closes a conversation, likewise; {@code json} may be empty. */
    public CompletableFuture<Result> close(
            String conversation, String key, byte[] json, CommandSource source, String path) throws MalformedPayload {
        Instant now = clock.instant();
        return take(conversation, readClose(conversation, key, json, now), source.request(path, key, json, now));
    }

    /** Reads {@code {"text" or "parts", "author", "replyTo", "cc"}}. */
    public static Event readReply(String conversation, String key, byte[] json, Instant at) throws MalformedPayload {
        JsonFields body = JsonFields.of(json);
        if (body.has("text") && body.has("parts")) {
            throw new MalformedPayload("there must be text or parts, not both");
        }
        List<Part> parts = body.has("text") ? List.of(new Part.Text(body.text("text"))) : AgentParts.read(body);
        Optional<JsonFields> author = body.findObject("author");
        return new DeskEvent.AgentReplied(
                key(conversation, Verb.REPLY, key),
                at,
                conversation,
                parts,
                author.isPresent() ? name(author.get()) : null,
                body.has("replyTo") ? body.text("replyTo") : null,
                ParticipantFields.find(body, "cc").orElse(null));
    }

    private static @Nullable String name(JsonFields author) throws MalformedPayload {
        String name = author.findText("name").orElse("").strip();
        if (name.length() > LONGEST_NAME) {
            throw new MalformedPayload(author.at("name") + " must have at most " + LONGEST_NAME + " characters");
        }
        return name.isEmpty() ? null : name;
    }

    private static Event readClose(String conversation, String key, byte[] json, Instant at) throws MalformedPayload {
        if (json.length > 0) {
            JsonFields.of(json);
        }
        return new DeskEvent.ConversationClosed(key(conversation, Verb.CLOSE, key), at, conversation);
    }

    private static String key(String conversation, Verb verb, String key) {
        return conversation + ":" + Words.of(verb) + ":" + key;
    }

    private CompletableFuture<Result> take(String conversation, Event event, Request request) {
        return store.takeIn(tx -> take(tx, conversation, event, request, ids));
    }

    /** Takes it into the inbox, or finds that it was taken. */
    private static Result take(Tx tx, String conversation, Event event, Request request, Supplier<String> ids) {
        String sha256 = Hashes.sha256Hex(request.body());
        if (tx.events().find(Events.API, event.key()).isEmpty()) {
            if (tx.conversations().find(conversation).isEmpty()) {
                return new Result(Taken.NO_CONVERSATION, "");
            }
            if (event instanceof DeskEvent.AgentReplied reply && !answers(tx, reply)) {
                return new Result(Taken.NO_MESSAGE, "");
            }
        }
        Events.Arrived arrived =
                new Events.Arrived(Events.API, request, request.body(), null, sha256, List.of(event), null);
        tx.events().take(arrived, ids, request.receivedAt().toEpochMilli());
        Events.Stored stored = tx.events().find(Events.API, event.key()).orElseThrow();
        boolean same = tx.events()
                .raw(stored.raw())
                .filter(raw -> raw.sha256().equals(sha256))
                .isPresent();
        return new Result(same ? Taken.YES : Taken.OTHER_BODY, stored.id());
    }

    private static boolean answers(Tx tx, DeskEvent.AgentReplied reply) {
        String to = reply.replyTo();
        return to == null
                || tx.messages()
                        .find(to)
                        .filter(message -> message.conversation().equals(reply.conversation()))
                        .isPresent();
    }
}
