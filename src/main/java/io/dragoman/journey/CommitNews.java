// SPDX-License-Identifier: Apache-2.0
package io.dragoman.journey;

import io.dragoman.journey.Commit.Ended;
import io.dragoman.model.Contact;
import io.dragoman.model.Conversation;
import io.dragoman.model.CustomerEvent;
import io.dragoman.model.DeskNotice;
import io.dragoman.model.Event;
import io.dragoman.model.Message;
import io.dragoman.model.Reason;
import io.dragoman.model.Status;
import io.dragoman.model.Words;
import io.dragoman.store.Deliveries;
import io.dragoman.store.Tx;
import io.dragoman.work.MessageNews;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Writes news of a message that we know: edited, deleted, reacted to, delivered. */
public final class CommitNews implements MessageNews {
    private final Outgoing outgoing;

    public CommitNews(Outgoing outgoing) {
        this.outgoing = outgoing;
    }

    Ended apply(Tx tx, JourneyContext context, long now) {
        String channel = context.stored().source();
        if (context.event() instanceof CustomerEvent.Receipt receipt) {
            return receipt(tx, context.stored().id(), channel, receipt, now);
        } else if (context.event() instanceof CustomerEvent.ReceivedUntil until) {
            return new CommitUntil(this).apply(tx, context.stored().id(), channel, until, now);
        }
        String externalId = externalId(context.event());
        tx.messages().lock(channel, externalId);
        Optional<Message> known = tx.messages().byExternalId(channel, externalId);
        if (known.isEmpty()) {
            if (tx.erasures().knows(channel, externalId)) {
                return Ended.ignored("erased-message", "its message was erased");
            }
            tx.messages().parkNews(context.stored().id(), channel, externalId);
            return Ended.ignored("unknown-message", "its message is unknown; it is stored in case the message arrives");
        }
        return change(tx, context.stored().id(), context.event(), known.get(), now)
                ? Ended.DONE
                : Ended.ignored("later-edit", "a later edit is already applied");
    }

    @Override
    public void known(Tx tx, String channel, String externalId, long now) {
        arrived(tx, channel, externalId, now);
        new CommitUntil(this).known(tx, channel, externalId, now);
    }

    /** The same for a message that we did not send, which nothing can be said of but itself. */
    void arrived(Tx tx, String channel, String externalId, long now) {
        for (String event : tx.messages().takeNews(channel, externalId)) {
            Event news = tx.events().find(event).orElseThrow().event();
            tx.messages().byExternalId(channel, externalId).ifPresent(message -> change(tx, event, news, message, now));
        }
    }

    private boolean change(Tx tx, String id, Event event, Message message, long now) {
        if (event instanceof CustomerEvent.MessageEdited edited) {
            if (message.editedAt() != null && edited.at().isBefore(message.editedAt())) {
                return false; // edits come in any order
            }
            tx.messages().edit(message.id(), outgoing.mediaIds(edited.parts()), edited.at());
            tell(tx, id, DeskNotice.Type.MESSAGE_EDITED, message.id(), null, null, now);
        } else if (event instanceof CustomerEvent.MessageDeleted deleted) {
            tx.messages().delete(message.id(), deleted.at());
            tell(tx, id, DeskNotice.Type.MESSAGE_DELETED, message.id(), null, null, now);
        } else if (event instanceof CustomerEvent.Reaction reaction) {
            tx.threadView().react(message, reaction.emoji(), reaction.at());
            tell(tx, id, DeskNotice.Type.MESSAGE_REACTION, message.id(), reaction.emoji(), null, now);
        }
        return true;
    }

    private static String externalId(Event event) {
        if (event instanceof CustomerEvent.MessageEdited edited) {
            return edited.externalId();
        } else if (event instanceof CustomerEvent.MessageDeleted deleted) {
            return deleted.externalId();
        } else if (event instanceof CustomerEvent.Reaction reaction) {
            return reaction.externalId();
        }
        throw new IllegalStateException("no news: " + event.getClass().getSimpleName());
    }

    private Ended receipt(Tx tx, String event, String channel, CustomerEvent.Receipt receipt, long now) {
        tx.messages().lock(channel, receipt.externalId());
        Optional<Message> known = tx.messages().byExternalId(channel, receipt.externalId());
        if (known.isEmpty()) {
            if (tx.erasures().knows(channel, receipt.externalId())) {
                return Ended.ignored("erased-message", "its message was erased");
            }
            tx.messages().parkReceipt(event, channel, receipt);
            return Ended.DONE;
        }
        if (receipt(tx, event, event, known.get(), receipt, now)) {
            return Ended.DONE;
        }
        return isCopy(tx, known.get(), receipt)
                ? Ended.ignored("copy", "it is about a copy for somebody beside the customer")
                : Ended.ignored("later-status", "the message already has a later status");
    }

    @Override
    public boolean receipt(
            Tx tx, String event, String cause, Message message, CustomerEvent.Receipt receipt, long now) {
        if (!isCopy(tx, message, receipt)) {
            Status before = message.status();
            return before != null
                    && update(
                            tx,
                            event,
                            cause,
                            message,
                            before.after(receipt.status()),
                            receipt.status(),
                            receipt.reason(),
                            receipt.detail(),
                            List.of(),
                            now);
        }
        if (receipt.status() != Status.FAILED) {
            return false;
        }
        String detail = "The copy for " + receipt.recipient() + " failed"
                + (receipt.detail() == null ? "." : ": " + receipt.detail() + ".");
        tell(tx, event, cause + ":copy", DeskNotice.Type.DELIVERY_UPDATED, message.id(), null, detail, now);
        return true;
    }

    /** A report may name an address to which the customer's mail is passed on: that one is theirs. */
    private static boolean isCopy(Tx tx, Message message, CustomerEvent.Receipt receipt) {
        String recipient = receipt.recipient();
        return recipient != null
                && message.participants().include(recipient)
                && tx.conversations()
                        .find(message.conversation())
                        .filter(found -> found.conversation().address().equalsIgnoreCase(recipient))
                        .isEmpty();
    }

    @Override
    public boolean activity(
            Tx tx,
            String event,
            String cause,
            Message message,
            Status news,
            @Nullable Reason reason,
            @Nullable String detail,
            List<String> notes,
            long now) {
        Status before = message.status();
        if (before == null) {
            return false; // the customer wrote it
        }
        // what is surely not sent has failed, though pieces before it were delivered
        Status after = news == Status.FAILED ? news : before.after(news);
        return update(tx, event, cause, message, after, news, reason, detail, notes, now);
    }

    @Override
    public void uncertain(Tx tx, String cause, Message message, @Nullable String detail, long now) {
        unreadMailEnded(tx, cause, message, "may not have arrived", detail, now);
    }

    /** The mail itself is no desk's: whose answer it was to bring tells that desk. */
    private void unreadMailEnded(Tx tx, String cause, Message mail, String how, @Nullable String detail, long now) {
        if (!CommitUnread.isMail(mail)) {
            return;
        }
        tx.deliveries().ofMessage(mail.id()).stream()
                .flatMap(sent -> tx.deliveries().ofEvent(sent.event()).stream())
                .filter(timer -> timer.kind() == Deliveries.Kind.UNREAD)
                .filter(timer -> tx.messages().find(timer.timedMessage()).isPresent())
                .findFirst()
                .ifPresent(timer -> tell(
                        tx,
                        timer.event(),
                        cause + ":unread-mail",
                        DeskNotice.Type.DELIVERY_UPDATED,
                        timer.timedMessage(),
                        null,
                        "The mail with what the customer has not read " + how
                                + (detail == null ? "." : ": " + detail + "."),
                        now));
    }

    private boolean update(
            Tx tx,
            String event,
            String cause,
            Message message,
            Status after,
            Status news,
            @Nullable Reason reason,
            @Nullable String detail,
            List<String> notes,
            long now) {
        Status before = message.status();
        boolean late = before == Status.SENT && news == Status.SENT && detail != null; // a delay: told, changes nothing
        if (after == before && !late && notes.isEmpty()) {
            return false;
        }
        if (after != before) {
            tx.messages().status(message.id(), after, reason);
            CommitSurvey.status(tx, message, after, now);
        }
        String what = notes.isEmpty() ? late ? "late" : Words.of(after) : "in-part";
        tell(
                tx,
                event,
                cause + ":" + what,
                new Told(DeskNotice.Type.DELIVERY_UPDATED, null, detail, notes),
                message.id(),
                now);
        if (after == Status.FAILED) {
            unreadMailEnded(tx, cause, message, "failed", detail, now);
        }
        return true;
    }

    private void tell(
            Tx tx,
            String event,
            DeskNotice.Type type,
            String message,
            @Nullable String reaction,
            @Nullable String detail,
            long now) {
        tell(tx, event, event, type, message, reaction, detail, now);
    }

    private void tell(
            Tx tx,
            String event,
            String cause,
            DeskNotice.Type type,
            String id,
            @Nullable String reaction,
            @Nullable String detail,
            long now) {
        tell(tx, event, cause, new Told(type, reaction, detail, List.of()), id, now);
    }

    /** What is said of a message. */
    private record Told(
            DeskNotice.Type type,
            @Nullable String reaction,
            @Nullable String detail,
            List<String> notes) {}

    private void tell(Tx tx, String event, String cause, Told told, String id, long now) {
        Message message = tx.messages().find(id).orElseThrow();
        Conversation conversation =
                tx.conversations().find(message.conversation()).orElseThrow().conversation();
        Contact contact = tx.contacts().find(conversation.contact()).orElseThrow();
        DeskNotice.Data data =
                new DeskNotice.Data(conversation, contact, message, told.reaction(), told.detail(), told.notes());
        outgoing.notice(tx, event, cause, new DeskNotice(told.type(), Instant.ofEpochMilli(now), data), now);
    }
}
