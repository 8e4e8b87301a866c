// SPDX-License-Identifier: Apache-2.0
package io.dragoman.journey;

import io.dragoman.journey.Commit.Ended;
import io.dragoman.model.Conversation;
import io.dragoman.model.Json;
import io.dragoman.model.Message;
import io.dragoman.model.Part;
import io.dragoman.model.Timer;
import io.dragoman.model.TimerFired;
import io.dragoman.rules.Decision;
import io.dragoman.rules.Rules;
import io.dragoman.rules.action.SendReply;
import io.dragoman.store.Conversations.Versioned;
import io.dragoman.store.Tx;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Writes what rules tell customers: at once, or by a timer when the customer's quiet hours are over. */
final class AutoReplies {
    /** The kind of the timers. */
    static final String KIND = "reply";

    private final Outgoing outgoing;
    private final Supplier<String> ids;
    private final HeldAnswers held;

    /** @param ids makes ids in rising order */
    AutoReplies(Outgoing outgoing, Supplier<String> ids) {
        this.outgoing = outgoing;
        this.ids = ids;
        this.held = new HeldAnswers(outgoing, ids);
    }

    /** What a timer's payload says; of one that was set by an earlier version no reply is named. */
    private record Waiting(
            String rule, String text, @Nullable String reply) {
        @Override
        public String toString() {
            return "Waiting[" + rule + "]";
        }
    }

    /**
     * Sends what a decision says that is not suppressed.
     *
     * @param answered the message that it answers; null for none
     */
    void send(Tx tx, String event, Decision decision, @Nullable Message answered, Conversation conversation, long now) {
        for (SendReply reply : decision.replies()) {
            Instant until = reply.waitsUntil();
            if (reply.suppressed() != null) {
                continue;
            }
            if (until == null || decision.approval(reply.rule()).isPresent()) {
                List<Part> parts = List.of(new Part.Text(reply.text()));
                answer(tx, event, decision, reply.rule(), parts, answered, conversation, now);
            } else {
                tx.timers()
                        .set(new Timer(
                                ids.get(),
                                KIND,
                                KIND + ":" + event + ":" + reply.reply(),
                                until,
                                conversation.id(),
                                null,
                                Json.write(new Waiting(reply.rule(), reply.text(), reply.reply())),
                                event,
                                Instant.ofEpochMilli(now)));
            }
        }
    }

    /** Sends what a rule says, or lets it wait for approval. The loop guard counts it at once. */
    void answer(
            Tx tx,
            String event,
            Decision decision,
            String rule,
            List<Part> parts,
            @Nullable Message answered,
            Conversation conversation,
            long now) {
        String to = answered == null ? null : answered.id();
        Optional<Duration> expires = decision.approval(rule);
        if (expires.isEmpty()) {
            write(tx, event, rule, parts, to, conversation, now);
            return;
        }
        String id = ids.get();
        tx.messages().autoReply(id, conversation.contact(), conversation.id(), now);
        held.hold(
                tx,
                id,
                event,
                new Message.Author(Message.Author.Kind.RULE, rule),
                parts,
                to,
                conversation,
                expires.get(),
                now);
    }

    /** Tells a customer something that no rule of theirs asked for. */
    void tell(Tx tx, String event, String author, String text, Conversation conversation, long now) {
        write(tx, event, author, List.of(new Part.Text(text)), null, conversation, now);
    }

    /** Sends what waited, unless the customer withdrew their consent meanwhile. */
    Ended fired(Tx tx, String event, TimerFired fired, Rules rules, long now) {
        Optional<Versioned> found = tx.conversations().find(fired.timer().conversation());
        if (found.isEmpty()) {
            return Ended.ignored("unknown-chat", "the conversation is gone");
        }
        Waiting waiting = Json.read(fired.timer().payload(), Waiting.class);
        Conversation conversation = found.get().conversation();
        String unwanted = rules.unwanted(
                String.valueOf(waiting.reply()), tx.consents().of(conversation.channel(), conversation.contact()));
        if (unwanted != null) {
            return Ended.ignored("reply-unwanted", "the reply that waited is not sent: " + unwanted);
        }
        tell(tx, event, waiting.rule(), waiting.text(), conversation, now);
        return Ended.DONE;
    }

    /** Writes a message of a rule, and sends it. */
    Message write(
            Tx tx,
            String event,
            String author,
            List<Part> parts,
            @Nullable String answered,
            Conversation conversation,
            long now) {
        Message message = Message.queued(
                ids.get(),
                tx.conversations().nextPlace(conversation.id(), answered),
                new Message.Author(Message.Author.Kind.RULE, author),
                Instant.ofEpochMilli(now),
                Instant.ofEpochMilli(now),
                parts);
        tx.messages().insert(message);
        tx.messages().autoReply(message.id(), conversation.contact(), conversation.id(), now);
        outgoing.message(tx, event, message, conversation, now);
        return message;
    }
}
