// SPDX-License-Identifier: Apache-2.0
package io.dragoman.journey;

import io.dragoman.journey.Commit.Ended;
import io.dragoman.model.Contact;
import io.dragoman.model.Conversation;
import io.dragoman.model.DeskNotice;
import io.dragoman.model.Message;
import io.dragoman.model.Message.Author;
import io.dragoman.model.Part;
import io.dragoman.model.Timer;
import io.dragoman.store.Approvals.Approval;
import io.dragoman.store.Approvals.State;
import io.dragoman.store.Conversations.Versioned;
import io.dragoman.store.Events;
import io.dragoman.store.Tx;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Answers that wait until somebody approves them. A decision sets a timer that is due at once, in its own transaction: so
 * what was approved once is sent once, in the conversation's lane.
 */
public final class HeldAnswers {
    /** The kind of the timers. */
    static final String KIND = "approval";

    private static final String EXPIRES = "expires";

    private final Outgoing outgoing;
    private final Supplier<String> ids;

    /** @param ids makes ids in rising order */
    HeldAnswers(Outgoing outgoing, Supplier<String> ids) {
        this.outgoing = outgoing;
        this.ids = ids;
    }

    /**
     * Lets an answer wait.
     *
     * @param id of the message that it becomes
     * @param answered the message that it answers; null for none
     * @param expires how long it waits at most
     */
    void hold(
            Tx tx,
            String id,
            String event,
            Author author,
            List<Part> parts,
            @Nullable String answered,
            Conversation conversation,
            Duration expires,
            long now) {
        Instant at = Instant.ofEpochMilli(now);
        Instant until = at.plus(expires);
        tx.approvals()
                .ask(new Approval(
                        id, conversation.id(), author, answered, parts, event, at, until, State.WAITING, null, null));
        tx.timers().set(timer(ids.get(), EXPIRES, id, conversation.id(), event, until, at));
    }

    private static Timer timer(
            String id, String what, String approval, String conversation, String event, Instant due, Instant now) {
        String key = KIND + ":" + approval + ":" + what;
        return new Timer(id, KIND, key, due, conversation, null, "\"" + approval + "\"", event, now);
    }

    /**
     * Approves or refuses an answer that waits; gives whether it did.
     *
     * @param timer the id of the timer that lets it be sent
     */
    public static boolean decide(Tx tx, Approval asked, State state, String by, String timer, Instant now) {
        if (!tx.approvals().decide(asked.id(), state, by, now.toEpochMilli())) {
            return false;
        }
        tx.timers().cancel(KIND + ":" + asked.id() + ":" + EXPIRES);
        tx.timers().set(timer(timer, "decided", asked.id(), asked.conversation(), asked.event(), now, now));
        return true;
    }

    /** Sends what was approved, and tells the desk of an agent's answer that is not sent. */
    Ended fired(Tx tx, String event, Timer timer, long now) {
        String id = timer.payload().replace("\"", "");
        if (timer.key().endsWith(EXPIRES)) {
            tx.approvals().decide(id, State.EXPIRED, null, now);
        }
        Optional<Approval> found = tx.approvals().find(id);
        Optional<Conversation> conversation =
                tx.conversations().find(timer.conversation()).map(Versioned::conversation);
        if (found.isEmpty() || conversation.isEmpty()) {
            return Ended.ignored("unknown-chat", "the conversation is gone");
        }
        Approval asked = found.get();
        if (asked.state() == State.APPROVED) {
            return send(tx, event, asked, conversation.get(), now);
        }
        String why = asked.state() == State.EXPIRED ? "nobody approved it in time" : "it was not approved";
        if (asked.author().kind() == Author.Kind.AGENT) {
            tell(tx, event, conversation.get(), why, now);
        }
        return Ended.ignored("not-approved", "the answer " + id + " is not sent: " + why);
    }

    private Ended send(Tx tx, String event, Approval asked, Conversation conversation, long now) {
        if (tx.messages().find(asked.id()).isPresent()) {
            return Ended.ignored("sent-before", "the answer was sent before");
        }
        Message message = Message.queued(
                asked.id(),
                tx.conversations().nextPlace(conversation.id(), asked.replyTo()),
                asked.author(),
                asked.askedAt(),
                Instant.ofEpochMilli(now),
                outgoing.mediaIds(asked.parts()));
        tx.messages().insert(message);
        if (asked.author().kind() == Author.Kind.AGENT) {
            Triggers.answered(tx, conversation.id());
            String raw = tx.events().find(asked.event()).map(Events.Stored::raw).orElse(null);
            outgoing.fetch(tx, event, raw, asked.parts(), message, conversation, now);
        }
        outgoing.message(tx, event, message, conversation, now);
        return Ended.DONE;
    }

    private void tell(Tx tx, String event, Conversation conversation, String why, long now) {
        Contact contact = tx.contacts().find(conversation.contact()).orElseThrow();
        outgoing.notice(
                tx,
                event,
                event,
                Outgoing.notice(
                        DeskNotice.Type.CONVERSATION_UPDATED,
                        now,
                        conversation,
                        contact,
                        null,
                        null,
                        "An answer in public is not sent: " + why + "."),
                now);
    }
}
