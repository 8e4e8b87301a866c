// SPDX-License-Identifier: Apache-2.0
package io.dragoman.journey;

import io.dragoman.connector.BotPolicy;
import io.dragoman.connector.ConnectorRegistry;
import io.dragoman.model.Contact;
import io.dragoman.model.Conversation;
import io.dragoman.model.Conversation.State;
import io.dragoman.model.DeskNotice;
import io.dragoman.model.Message;
import io.dragoman.store.BotHandOvers.BotHandOver;
import io.dragoman.store.Conversations.Versioned;
import io.dragoman.store.Deliveries;
import io.dragoman.store.Tx;
import io.dragoman.work.BotWatch;
import io.dragoman.work.History;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The conversations that bots have, and how they go on to people. Each customer's message has a timer in the outbox,
 * which is written with it and survives a restart; when it is due and the bot has not answered, the conversation is
 * handed over in the transaction that ends the timer.
 */
public final class Bots implements BotWatch {
    private final ConnectorRegistry registry;
    private final Outgoing outgoing;
    private final HandOver former;

    public Bots(ConnectorRegistry registry, Outgoing outgoing) {
        this.registry = registry;
        this.outgoing = outgoing;
        this.former = new HandOver(registry, outgoing);
    }

    /** How a desk is a bot; empty for one that is none. */
    Optional<BotPolicy> bot(@Nullable String desk) {
        return registry.now().bot(desk);
    }

    /**
     * The desk of a conversation whose customer writes: once it was handed over, no bot's until it is closed, and then
     * the bot's again.
     *
     * @param ruled which a rule names; null for none
     * @param otherwise which it is without a rule
     */
    @Nullable
    String desk(Tx tx, Conversation before, @Nullable String ruled, @Nullable String otherwise) {
        String desk = ruled == null ? otherwise : ruled;
        if (before.status() != State.CLOSED && bot(desk).isEmpty()) {
            return desk; // whether it was handed over changes nothing
        }
        Optional<BotHandOver> handedOver = tx.botHandOvers().find(before.id());
        if (handedOver.isEmpty()) {
            return desk;
        }
        if (before.status() == State.CLOSED) {
            String first = handedOver.get().bot();
            return ruled == null && bot(first).isPresent() ? first : desk;
        }
        return before.desk();
    }

    /** A customer wrote: where a bot has the conversation, its time to answer begins. */
    void received(Tx tx, String event, Conversation before, Message message, Conversation conversation, long now) {
        if (before.status() == State.CLOSED) {
            tx.botHandOvers().forget(conversation.id());
        }
        await(tx, event, message, conversation, now);
    }

    private void await(Tx tx, String event, Message message, Conversation conversation, long now) {
        if (conversation.status() == State.OPEN) {
            bot(conversation.desk())
                    .ifPresent(bot -> outgoing.bot(
                            tx,
                            event,
                            message,
                            conversation,
                            now + bot.timeout().toMillis(),
                            now));
        }
    }

    /** Whether a bot has answered as often in a row as it may: then the conversation is handed over. */
    boolean exceeds(Tx tx, String event, BotPolicy bot, Conversation conversation, long now) {
        if (tx.botHandOvers().answersInARow(conversation.id()) < bot.limit()) {
            return false;
        }
        String why = "it has answered " + bot.limit() + " times without a message of the customer's between (botLimit)";
        handOver(tx, event, event, conversation, people(conversation), why, now);
        return true;
    }

    /** A bot hands a conversation of its over; false where the desk is none. */
    boolean handedOver(Tx tx, String event, Conversation conversation, @Nullable String reason, long now) {
        Optional<BotPolicy> bot = bot(conversation.desk());
        String why = reason == null ? "it gave no reason" : reason;
        bot.ifPresent(policy -> handOver(tx, event, event, conversation, policy.next(), why, now));
        return bot.isPresent();
    }

    /**
     * The FAQ could not answer, or the customer asked for a person: a bot's conversation goes on with people as the bot
     * hands it over; one that people have gets no more answers and no bot.
     */
    void answersEnded(Tx tx, String event, Conversation conversation, String why, long now) {
        if (conversation.status() == State.OPEN && bot(conversation.desk()).isPresent()) {
            handOver(tx, event, event, conversation, people(conversation), why, now);
        } else {
            tx.botHandOvers()
                    .put(
                            conversation.id(),
                            new BotHandOver(
                                    BotHandOver.ANSWERS,
                                    String.valueOf(conversation.desk()),
                                    why,
                                    Instant.ofEpochMilli(now)));
        }
    }

    /**
     * A person answered: an open conversation that a bot has goes on with people.
     *
     * @param who wrote it: a desk, the API or the channel; the desk that gets the conversation knows its own answer
     * @return whether it was a bot's
     */
    boolean answered(Tx tx, String event, String who, Conversation conversation, long now) {
        if (conversation.status() == State.CLOSED || bot(conversation.desk()).isEmpty()) {
            return false;
        }
        String next = people(conversation);
        Message known = next.equals(who) ? null : last(tx, conversation).orElse(null);
        handOver(tx, event, event, conversation, next, "a person answered", known, now);
        return true;
    }

    /** The first desk after the bot that has a conversation which is none. */
    private String people(Conversation conversation) {
        Set<String> passed = new HashSet<>();
        String next = String.valueOf(conversation.desk());
        for (Optional<BotPolicy> bot = bot(next); bot.isPresent() && passed.add(next); bot = bot(next)) {
            next = bot.get().next();
        }
        return next;
    }

    @Override
    public boolean due(Tx tx, Deliveries.Stored timer, long now) {
        Conversation conversation =
                tx.conversations().find(timer.conversation()).orElseThrow().conversation();
        Message asked = tx.messages().find(timer.timedMessage()).orElseThrow();
        Optional<BotPolicy> bot = bot(conversation.desk());
        boolean moved =
                bot.isEmpty() || !timer.key().equals(Outgoing.botKey(asked, String.valueOf(conversation.desk())));
        if (moved
                || conversation.status() == State.CLOSED
                || tx.botHandOvers().answeredAfter(conversation.id(), asked.sequence())) {
            return false;
        }
        String why = "it did not answer within " + words(bot.get().timeout()) + " (holdTimeout)";
        handOver(tx, timer.event(), timer.id(), conversation, bot.get().next(), why, now);
        return true;
    }

    @Override
    public void dead(Tx tx, Deliveries.Stored notice, long now) {
        Optional<Conversation> conversation =
                tx.conversations().find(notice.conversation()).map(Versioned::conversation);
        boolean asked = notice.key().endsWith(":" + DeskNotice.Type.MESSAGE_RECEIVED.word());
        boolean has = conversation
                .filter(one -> one.status() == State.OPEN && Objects.equals(one.desk(), notice.target()))
                .isPresent();
        Optional<BotPolicy> bot = bot(notice.target());
        if (asked && has && bot.isPresent()) {
            String why = "it could not be told what the customer wrote (delivery " + notice.id() + ")";
            handOver(
                    tx,
                    notice.event(),
                    notice.id(),
                    conversation.get(),
                    bot.get().next(),
                    why,
                    now);
        }
    }

    private void handOver(Tx tx, String event, String cause, Conversation before, String to, String why, long now) {
        handOver(tx, event, cause, before, to, why, last(tx, before).orElse(null), now);
    }

    /** The desk that gets it is shown the last message, with those before it, and the reason as a note. */
    private void handOver(
            Tx tx,
            String event,
            String cause,
            Conversation before,
            String to,
            String why,
            @Nullable Message shown,
            long now) {
        String bot = String.valueOf(before.desk());
        tx.conversations().handOver(before.id(), to);
        tx.botHandOvers().put(before.id(), new BotHandOver(bot, to, why, Instant.ofEpochMilli(now)));
        Conversation after = tx.conversations().find(before.id()).orElseThrow().conversation();
        Contact contact = tx.contacts().find(after.contact()).orElseThrow();
        former.tell(tx, event, before, after, contact, now);
        String note = "The bot " + bot + " handed the conversation over: " + why + (why.endsWith(".") ? "" : ".");
        outgoing.notice(tx, to, event, cause + ":handed-over", notice(tx, after, contact, shown, note, now), now);
        if (shown != null) {
            await(tx, event, shown, after, now);
        }
    }

    private static DeskNotice notice(
            Tx tx, Conversation after, Contact contact, @Nullable Message shown, String note, long now) {
        if (shown == null) {
            return Outgoing.notice(DeskNotice.Type.CONVERSATION_UPDATED, now, after, contact, null, null, note);
        }
        DeskNotice.Type type = shown.direction() == Message.Direction.IN
                ? DeskNotice.Type.MESSAGE_RECEIVED
                : DeskNotice.Type.MESSAGE_SENT;
        DeskNotice.Data data = new DeskNotice.Data(after, contact, shown, null, null, List.of(note));
        return new DeskNotice(type, Instant.ofEpochMilli(now), data.after(History.before(tx, shown)));
    }

    /** As it is written in a file. */
    private static String words(Duration time) {
        return time.toString().substring(2).toLowerCase(Locale.ROOT);
    }

    private static Optional<Message> last(Tx tx, Conversation conversation) {
        return tx.messages().headings(conversation.id(), 1).stream().findFirst().flatMap(heading -> tx.messages()
                .find(heading.id()));
    }
}
