// SPDX-License-Identifier: Apache-2.0
package io.dragoman.app.agent;

import io.dragoman.app.audit.AuditTrail;
import io.dragoman.connector.ConfiguredAccount;
import io.dragoman.connector.MalformedPayload;
import io.dragoman.connector.Request;
import io.dragoman.connector.kit.AgentMessage;
import io.dragoman.connector.kit.JsonFields;
import io.dragoman.model.Conversation;
import io.dragoman.model.DeskEvent;
import io.dragoman.model.Event;
import io.dragoman.model.EventTypes;
import io.dragoman.model.Hashes;
import io.dragoman.model.Message;
import io.dragoman.model.Part;
import io.dragoman.model.Words;
import io.dragoman.store.Conversations.Versioned;
import io.dragoman.store.Events;
import io.dragoman.store.Store;
import io.dragoman.store.Tx;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What an agent does through the API or the command line: an event like any other, taken once for each key.
 * Thread-safe.
 */
public final class AgentCommands {
    private static final byte[] NOTHING = {'{', '}'};

    private final Store store;
    private final Links links;
    private final Function<String, Optional<ConfiguredAccount>> channels;
    private final Supplier<String> ids;
    private final AuditTrail audit;
    private final Clock clock;

    /**
     * @param channels the channel of an id
     * @param ids makes ids in rising order
     */
    public AgentCommands(
            Store store,
            Links links,
            Function<String, Optional<ConfiguredAccount>> channels,
            Supplier<String> ids,
            AuditTrail audit,
            Clock clock) {
        this.store = store;
        this.links = links;
        this.channels = channels;
        this.ids = ids;
        this.audit = audit;
        this.clock = clock;
    }

    /** Which links of agents will never be followed. */
    @FunctionalInterface
    public interface Links {
        /** Why not; empty for one that may be. Asks nobody. */
        Optional<String> refusal(URI link, @Nullable String desk);
    }

    /** What an agent can do. */
    enum Verb {
        START,
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
        NO_MESSAGE,
        /** A file of the message will never be fetched. */
        FORBIDDEN_LINK,
        /** The channel cannot bring this message to somebody who has not written. */
        UNREACHABLE,
        /** The customer wants no messages of this channel. */
        OPTED_OUT
    }

    /**
     * What came of it.
     *
     * @param id of the event, which is also the message's; empty when nothing was taken
     * @param why a link is forbidden, or as a sentence why nobody can be written to first; empty otherwise
     */
    public record Result(Taken taken, String id, String why) {}

    /**
     * What is answered to who did it.
     *
     * @param conversation null for the first message of one, which is found or made later
     */
    public record Receipt(String id, @Nullable String conversation) {}

    /**
     * Writes to somebody first; the future completes after the commit.
     *
     * @param key the same for the same command: it is taken once
     * @param json {@code {"channel", "to", "subject", "text" or "parts", "author", "cc"}}
     * @param path the address that it was sent to, or the command's name
     */
    public CompletableFuture<Result> start(String key, byte[] json, CommandSource source, String path)
            throws MalformedPayload {
        Instant now = clock.instant();
        FirstMessage first = FirstMessage.read(json);
        String own = Words.of(Verb.START) + ":" + key;
        return take(own, source, source.request(path, key, json, now), tx -> {
            checkLinks(first.message().parts(), null);
            return first.event(tx, own, now, channels);
        });
    }

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
        return take(
                conversation, readReply(conversation, key, json, now), source, source.request(path, key, json, now));
    }

    /** Closes a conversation, likewise; {@code json} may be empty. */
    public CompletableFuture<Result> close(
            String conversation, String key, byte[] json, CommandSource source, String path) throws MalformedPayload {
        Instant now = clock.instant();
        return take(
                conversation, readClose(conversation, key, json, now), source, source.request(path, key, json, now));
    }

    /** Does something else to a conversation, likewise; where the act needs no words {@code json} may be empty. */
    public CompletableFuture<Result> act(
            ConversationAct act, String conversation, String key, byte[] json, CommandSource source, String path)
            throws MalformedPayload {
        Instant now = clock.instant();
        byte[] body = json.length == 0 ? NOTHING : json;
        String own = conversation + ":" + Words.of(act) + ":" + key;
        Event event = act.read(conversation, own, JsonFields.of(body), now);
        return take(conversation, event, source, source.request(path, key, json, now));
    }

    /** Reads {@code {"text" or "parts", "author", "replyTo", "cc"}}. */
    public static Event readReply(String conversation, String key, byte[] json, Instant at) throws MalformedPayload {
        JsonFields body = JsonFields.of(json);
        AgentMessage message = AgentMessage.read(body, body);
        return new DeskEvent.AgentReplied(
                key(conversation, Verb.REPLY, key),
                at,
                conversation,
                message.parts(),
                message.author(),
                message.replyTo(),
                message.cc(),
                null);
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

    private CompletableFuture<Result> take(String conversation, Event event, CommandSource source, Request request) {
        return take(event.key(), source, request, tx -> {
            check(tx, conversation, event);
            return event;
        });
    }

    /** Makes the event of a key that is new. */
    @FunctionalInterface
    private interface Checked {
        Event event(Tx tx) throws Refused;
    }

    private CompletableFuture<Result> take(String key, CommandSource source, Request request, Checked command) {
        return store.takeIn(tx -> {
            try {
                return take(tx, key, source, request, command);
            } catch (Refused e) {
                return e.result();
            }
        });
    }

    /** Takes it into the inbox, or finds that it was taken. */
    private Result take(Tx tx, String key, CommandSource source, Request request, Checked command) throws Refused {
        String sha256 = Hashes.sha256Hex(request.body());
        Optional<Events.Stored> known = tx.events().find(Events.API, key);
        Event event = known.isPresent() ? known.get().event() : command.event(tx);
        Events.Arrived arrived =
                new Events.Arrived(Events.API, request, request.body(), null, sha256, List.of(event), null);
        tx.events().take(arrived, ids, request.receivedAt().toEpochMilli());
        Events.Stored stored = tx.events().find(Events.API, key).orElseThrow();
        if (known.isEmpty()) {
            audit.note(tx, source.actor(), EventTypes.of(event), stored.id(), null);
        }
        boolean same = tx.events()
                .raw(stored.raw())
                .filter(raw -> raw.sha256().equals(sha256))
                .isPresent();
        return new Result(same ? Taken.YES : Taken.OTHER_BODY, stored.id(), "");
    }

    private void check(Tx tx, String id, Event event) throws Refused {
        Conversation conversation = tx.conversations()
                .find(id)
                .map(Versioned::conversation)
                .orElseThrow(() -> new Refused(Taken.NO_CONVERSATION));
        if (event instanceof DeskEvent.AgentReplied reply) {
            if (!answers(tx, reply)) {
                throw new Refused(Taken.NO_MESSAGE);
            }
            checkLinks(reply.parts(), conversation.desk());
        }
    }

    private void checkLinks(List<Part> parts, @Nullable String desk) throws Refused {
        Optional<String> refusal = parts.stream()
                .flatMap(part -> part.attachments().stream())
                .map(Part.Media::url)
                .flatMap(Stream::ofNullable)
                .map(link -> links.refusal(URI.create(link), desk))
                .flatMap(Optional::stream)
                .findFirst();
        if (refusal.isPresent()) {
            throw new Refused(Taken.FORBIDDEN_LINK, refusal.get());
        }
    }

    private static boolean answers(Tx tx, DeskEvent.AgentReplied reply) {
        String to = reply.replyTo();
        return to == null
                || tx.messages()
                        .find(to)
                        .filter(message -> message.conversation().equals(reply.conversation())
                                && message.direction() != Message.Direction.NOTE)
                        .isPresent();
    }
}
