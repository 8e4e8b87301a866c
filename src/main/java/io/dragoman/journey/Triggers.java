// SPDX-License-Identifier: Apache-2.0
package io.dragoman.journey;

import io.dragoman.model.Contact;
import io.dragoman.model.Conversation;
import io.dragoman.model.Conversation.State;
import io.dragoman.model.Json;
import io.dragoman.model.Message;
import io.dragoman.model.Timer;
import io.dragoman.model.Words;
import io.dragoman.rules.Rules;
import io.dragoman.rules.facts.Trigger;
import io.dragoman.rules.facts.Trigger.On;
import io.dragoman.rules.survey.Survey;
import io.dragoman.store.Tx;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Sets timers for what rules wait for beside messages, and cancels those that have become pointless, in the transaction
 * of what they follow. What happens at once is a timer too, due now: all of it takes one way.
 */
public final class Triggers {
    private static final String SILENCE = Words.of(On.SILENCE);
    private static final String CLOSED = Words.of(On.CLOSED);

    private final Supplier<Rules> rules;
    private final Supplier<String> ids;

    /**
     * @param rules the active ones
     * @param ids makes ids in rising order
     */
    public Triggers(Supplier<Rules> rules, Supplier<String> ids) {
        this.rules = rules;
        this.ids = ids;
    }

    /**
     * What a timer's payload says.
     *
     * @param sequence the place of the first message that nobody answered; 0 where it is not about one
     */
    private record Awaited(On on, long seconds, long sequence) {}

    /** A customer wrote: unless they wait already, their wait for an answer begins. */
    void written(Tx tx, String event, Message message, Conversation conversation, long now) {
        if (conversation.status() == State.OPEN) {
            for (Trigger trigger : rules.get().triggers()) {
                if (trigger.on() == On.SILENCE) {
                    tx.timers().setIfAbsent(timer(trigger, event, conversation, message.sequence(), now));
                }
            }
        }
    }

    /** Somebody answered who is no rule: nobody waits any more, and what was still to be sent for that is not. */
    static void answered(Tx tx, String conversation) {
        tx.timers().cancel(conversation, SILENCE);
        tx.timers().cancel(conversation, AutoReplies.KIND);
        tx.timers().cancel(conversation, CommitPoll.KIND);
    }

    /** A conversation may have been closed, or opened again. */
    void changed(Tx tx, String event, Conversation before, Conversation after, long now) {
        if (before.status() == State.OPEN && after.status() == State.CLOSED) {
            answered(tx, after.id());
            raise(tx, On.CLOSED, event, after, now);
            for (Survey survey : rules.get().surveys()) {
                tx.timers().set(survey(survey, event, after, now));
            }
        } else if (before.status() == State.CLOSED && after.status() == State.OPEN) {
            tx.timers().cancel(after.id(), CLOSED);
            tx.timers().cancel(after.id(), CommitSurvey.KIND);
            tx.timers().cancel(after.id(), AutoReplies.KIND);
            tx.timers().cancel(after.id(), CommitPoll.KIND);
        }
    }

    /** What is known of a contact may have changed. */
    void changed(Tx tx, String event, Contact before, Contact after, Conversation conversation, long now) {
        if (!before.equals(after)) {
            raise(tx, On.CONTACT, event, conversation, now);
        }
    }

    /** What is known of a contact changed outside of a conversation: rules are asked in the one that changed last. */
    public void known(Tx tx, Contact contact, long now) {
        if (rules.get().triggers().stream().anyMatch(trigger -> trigger.on() == On.CONTACT)) {
            tx.contactList().lastChanged(contact.id(), 1).stream()
                    .findFirst()
                    .ifPresent(conversation -> raise(tx, On.CONTACT, contact.id(), conversation, now));
        }
    }

    /** Something happened in a conversation. */
    void raise(Tx tx, On on, String event, Conversation conversation, long now) {
        for (Trigger trigger : rules.get().triggers()) {
            if (trigger.on() == on) {
                tx.timers().set(timer(trigger, event, conversation, 0, now));
            }
        }
    }

    private Timer survey(Survey survey, String event, Conversation conversation, long now) {
        Instant at = Instant.ofEpochMilli(now);
        return CommitSurvey.timer(ids.get(), survey.name(), conversation.id(), event, at.plus(survey.after()), at);
    }

    private Timer timer(Trigger trigger, String event, Conversation conversation, long sequence, long now) {
        String word = Words.of(trigger.on());
        Instant at = Instant.ofEpochMilli(now);
        long seconds = trigger.after().toSeconds();
        return new Timer(
                ids.get(),
                word,
                word + ":" + conversation.id() + ":" + seconds,
                at.plus(trigger.after()),
                conversation.id(),
                null,
                Json.write(new Awaited(trigger.on(), seconds, sequence)),
                event,
                at);
    }

    /** What a timer that fired was set for; empty where it is none of these. */
    static Optional<Trigger> of(Timer timer) {
        return Words.find(On.class, timer.kind()).map(on -> {
            Awaited waiting = Json.read(timer.payload(), Awaited.class);
            return new Trigger(waiting.on(), Duration.ofSeconds(waiting.seconds()));
        });
    }

    /** Why a timer that fired has become pointless since; null when it has not. */
    static @Nullable String over(Tx tx, Timer timer, Conversation conversation) {
        boolean open = conversation.status() == State.OPEN;
        if (timer.kind().equals(CLOSED) && open) {
            return "the conversation was opened again";
        }
        if (!timer.kind().equals(SILENCE)) {
            return null;
        }
        long sequence = Json.read(timer.payload(), Awaited.class).sequence();
        if (tx.botHandOvers().answeredAfter(conversation.id(), sequence)) {
            return "the customer has been answered";
        }
        return open ? null : "the conversation was closed";
    }
}
