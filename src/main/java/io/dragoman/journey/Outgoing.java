// SPDX-License-Identifier: Apache-2.0
package io.dragoman.journey;

import io.dragoman.connector.ConnectorRegistry;
import io.dragoman.connector.Outbound;
import io.dragoman.journey.CustomerReach.Elsewhere;
import io.dragoman.model.Contact;
import io.dragoman.model.Conversation;
import io.dragoman.model.DeskNotice;
import io.dragoman.model.Json;
import io.dragoman.model.Message;
import io.dragoman.model.Part;
import io.dragoman.store.Deliveries;
import io.dragoman.store.Deliveries.Cause;
import io.dragoman.store.Deliveries.Destination;
import io.dragoman.store.Deliveries.Kind;
import io.dragoman.store.Tx;
import io.dragoman.work.DeskNotices;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns what happened into deliveries. */
public final class Outgoing {
    private static final Logger LOG = LoggerFactory.getLogger(Outgoing.class);

    /** News of a message that archives get as the conversation's desk does. */
    private static final Set<DeskNotice.Type> COPIED = EnumSet.of(
            DeskNotice.Type.MESSAGE_RECEIVED,
            DeskNotice.Type.MESSAGE_EDITED,
            DeskNotice.Type.MESSAGE_DELETED,
            DeskNotice.Type.MESSAGE_REACTION);

    private final ConnectorRegistry registry;
    private final DeskNotices notices;
    private final Supplier<String> ids;
    private final CountedEvents counted;

    public Outgoing(ConnectorRegistry registry, DeskNotices notices, Supplier<String> ids) {
        this.registry = registry;
        this.notices = notices;
        this.ids = ids;
        this.counted = new CountedEvents(registry, ids);
    }

    /** Tells programs that count. */
    public CountedEvents counted() {
        return counted;
    }

    /**
     * Notifies the conversation's desk, which need not run now; does nothing when it has none. The conversation of a
     * desk that is gone is the default desk's from now on.
     */
    public void notice(Tx tx, String event, String cause, DeskNotice told, long now) {
        DeskNotice notice = toPresentDesk(tx, told);
        String desk = notice.data().conversation().desk();
        if (desk != null) {
            notice(tx, desk, event, cause, notice, now);
        }
        Message message = notice.data().message();
        boolean echoed = notice.type() == DeskNotice.Type.MESSAGE_SENT
                && message != null
                && message.author().kind() == Message.Author.Kind.PHONE;
        if (echoed || COPIED.contains(notice.type())) {
            copy(tx, event, cause, notice, now);
        }
    }

    /** What we send is copied and counted where it is sent, whoever is told of it. */
    private void copySent(Tx tx, String event, Message message, Conversation conversation, long now) {
        counted.message(tx, event, message, conversation, now);
        if (!registry.now().archives().isEmpty()) {
            Contact contact = tx.contacts().find(conversation.contact()).orElseThrow();
            DeskNotice notice = notice(DeskNotice.Type.MESSAGE_SENT, now, conversation, contact, message, null, null);
            copy(tx, event, "copy:" + message.id(), notice, now);
        }
    }

    private void copy(Tx tx, String event, String cause, DeskNotice notice, long now) {
        for (String archive : registry.now().archives()) {
            notice(tx, archive, event, cause, notice, now);
        }
    }

    /** Notifies a desk, which need not have the conversation now. */
    void notice(Tx tx, String desk, String event, String cause, DeskNotice notice, long now) {
        Conversation conversation = notice.data().conversation();
        Message message = notice.data().message();
        String key = cause + ":" + notice.type().word();
        boolean waits = message != null
                && message.parts().stream().anyMatch(part -> !part.attachments().isEmpty())
                && (notice.type() == DeskNotice.Type.MESSAGE_RECEIVED || notice.type() == DeskNotice.Type.MESSAGE_SENT)
                && tx.media().pending(message.id());
        String id = ids.get();
        insert(
                tx,
                id,
                Kind.NOTICE,
                new Destination("out/" + desk + "/" + conversation.id(), desk, conversation.channel()),
                new Cause(key, event, message == null ? null : message.id(), conversation.id()),
                notices.payload(id, new Outbound.ToDesk(key, notice)),
                false,
                waits ? afterMedia(now) : now,
                now);
    }

    private DeskNotice toPresentDesk(Tx tx, DeskNotice notice) {
        Conversation conversation = notice.data().conversation();
        String gone = conversation.desk();
        String desk = registry.now().deskFor(gone);
        if (gone == null || desk == null || desk.equals(gone)) {
            return notice;
        }
        LOG.warn("conversation {}: {}", conversation.id(), fall(gone, desk));
        tx.conversations().handOver(conversation.id(), desk);
        return notice.at(
                desk, tx.conversationDesks().reference(conversation.id(), desk).orElse(null));
    }

    /** What is said of a conversation whose desk is gone. */
    static String fall(String gone, String desk) {
        return "desk " + gone + " is not configured any more: " + desk + " has the conversation now";
    }

    private long afterMedia(long now) {
        return now + registry.now().policy().mediaWait().toMillis();
    }

    private static void insert(
            Tx tx,
            String id,
            Kind kind,
            Destination to,
            Cause cause,
            String payload,
            boolean automatic,
            long notBefore,
            long now) {
        tx.deliveries().insert(new Deliveries.Fresh(id, kind, to, cause, payload, automatic, notBefore), now);
    }

    /** What goes to the customer's channel, in a queue of its own for each purpose. */
    private static Destination toChannel(String purpose, Conversation conversation) {
        String channel = conversation.channel();
        return new Destination(purpose + "/" + channel + "/" + conversation.id(), channel, channel);
    }

    /** News without notes. */
    static DeskNotice notice(
            DeskNotice.Type type,
            long at,
            Conversation conversation,
            Contact contact,
            @Nullable Message message,
            @Nullable String reaction,
            @Nullable String detail) {
        return new DeskNotice(
                type,
                Instant.ofEpochMilli(at),
                new DeskNotice.Data(conversation, contact, message, reaction, detail, List.of()));
    }

    /** Sends a message of ours to the customer. */
    void message(Tx tx, String event, Message message, Conversation conversation, long now) {
        message(tx, event, message, conversation, toChannel("out", conversation), now);
    }

    /** The same beside what waits for the customer to write. */
    void aside(Tx tx, String event, Message message, Conversation conversation, long now) {
        message(tx, event, message, conversation, toChannel("aside", conversation), now);
    }

    /** Sends it by another channel than the conversation's, where it answers nothing. */
    void elsewhere(Tx tx, String event, Message message, Conversation conversation, Elsewhere elsewhere, long now) {
        Outbound.ToCustomer outbound = Outbound.ToCustomer.of(
                message, conversation.change().address(elsewhere.address()).build(), null, List.of());
        insert(
                tx,
                ids.get(),
                Kind.MESSAGE,
                new Destination(
                        "out/" + elsewhere.channel() + "/" + conversation.id(),
                        elsewhere.channel(),
                        conversation.channel()),
                new Cause(outbound.key(), event, message.id(), conversation.id()),
                Json.write(outbound),
                outbound.automatic(),
                Math.max(elsewhere.notBefore(), tx.media().pending(message.id()) ? afterMedia(now) : now),
                now);
        copySent(tx, event, message, conversation, now);
    }

    private void message(Tx tx, String event, Message message, Conversation conversation, Destination to, long now) {
        String answered = message.replyTo() == null
                ? null
                : tx.messages().externalId(message.replyTo()).orElse(null);
        List<String> references =
                conversation.subject() == null ? List.of() : tx.messages().externalIds(conversation.id(), 20);
        Outbound.ToCustomer outbound = Outbound.ToCustomer.of(message, conversation, answered, references);
        insert(
                tx,
                ids.get(),
                Kind.MESSAGE,
                to,
                new Cause(outbound.key(), event, message.id(), conversation.id()),
                Json.write(outbound),
                outbound.automatic(),
                tx.media().pending(message.id()) ? afterMedia(now) : now,
                now);
        copySent(tx, event, message, conversation, now);
    }

    /** Lets the customer's channel show that the message was seen. */
    void seen(Tx tx, String event, String externalId, Message message, Conversation conversation, long now) {
        String key = "seen:" + message.id();
        insert(
                tx,
                ids.get(),
                Kind.SEEN,
                toChannel("seen", conversation),
                new Cause(key, event, message.id(), conversation.id()),
                Json.write(new Outbound.ReadReceipt(key, conversation.address(), externalId)),
                true,
                now,
                now);
    }

    /** Starts the timer by whose end an answer must be read, or is mailed. Nothing that waits for media hurries it. */
    void unread(Tx tx, String event, Message message, Conversation conversation, long due, long now) {
        insert(
                tx,
                ids.get(),
                Kind.UNREAD,
                toChannel("unread", conversation),
                new Cause("unread:" + message.id(), event, null, conversation.id()),
                Json.write(message.id()),
                false,
                due,
                now);
    }

    /** Starts the timer by whose end the bot that has the conversation must have answered; it waits for no desk. */
    void bot(Tx tx, String event, Message message, Conversation conversation, long due, long now) {
        insert(
                tx,
                ids.get(),
                Kind.BOT,
                toChannel("bot", conversation),
                new Cause(botKey(message, String.valueOf(conversation.desk())), event, null, conversation.id()),
                Json.write(message.id()),
                false,
                due,
                now);
    }

    /** One timer for each bot that is asked. */
    static String botKey(Message message, String bot) {
        return "bot:" + message.id() + ":" + bot;
    }

    /**
     * Notes the media of a message that is about to be stored, to be fetched after it is.
     *
     * @return the parts with our ids for media
     */
    List<Part> mediaIds(List<Part> parts) {
        return parts.stream()
                .map(part -> part.withAttachments(media -> media.stored(ids.get())))
                .toList();
    }

    /** Fetches the media of a stored message, each apart from the others and from the text. */
    void fetch(
            Tx tx,
            String event,
            @Nullable String raw,
            List<Part> arrived,
            Message message,
            Conversation conversation,
            long now) {
        Iterator<Part.Media> stored = message.parts().stream()
                .flatMap(part -> part.attachments().stream())
                .iterator();
        arrived.stream()
                .flatMap(part -> part.attachments().stream())
                .forEach(media -> fetch(
                        tx,
                        event,
                        raw,
                        media,
                        Objects.requireNonNull(stored.next().id()),
                        message,
                        conversation,
                        now));
    }

    private void fetch(
            Tx tx,
            String event,
            @Nullable String raw,
            Part.Media media,
            String id,
            Message message,
            Conversation conversation,
            long now) {
        tx.media().insert(id, message.id(), raw, media);
        insert(
                tx,
                ids.get(),
                Kind.FETCH,
                new Destination("media/" + id, conversation.channel(), conversation.channel()),
                new Cause("fetch:" + id, event, message.id(), conversation.id()),
                "\"" + id + "\"",
                true,
                now,
                now);
    }
}
