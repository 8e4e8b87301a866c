// SPDX-License-Identifier: Apache-2.0
package io.dragoman.app.trial;

import io.dragoman.journey.FiredTrigger;
import io.dragoman.model.Contact;
import io.dragoman.model.Conversation;
import io.dragoman.model.Message;
import io.dragoman.rules.Decision;
import io.dragoman.rules.Rules;
import io.dragoman.rules.facts.Situation;
import io.dragoman.rules.facts.Trigger;
import io.dragoman.rules.facts.Trigger.On;
import io.dragoman.store.Conversations.Versioned;
import io.dragoman.store.Polls.Asked;
import io.dragoman.store.Tx;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What happened after stored messages that is no message itself, as far as it can still be told: how long nobody answered,
 * that the conversation is closed, that it was rated, that a poll was answered. How contacts changed is not kept.
 *
 * @param triggers what rules wait for
 * @param now the active rules, for the surveys that they would send
 * @param other those that are compared with them
 * @param until what would happen later has not
 */
public record TriggerReplay(Set<Trigger> triggers, Rules now, Rules other, Instant until) {
    /** Messages alone. */
    public static final TriggerReplay NONE =
            new TriggerReplay(Set.of(), situation -> Decision.NOTHING, situation -> Decision.NOTHING, Instant.EPOCH);

    /** Of a conversation so many messages after one are looked at. */
    private static final int MOST = 200;

    private static final String RATED = "csat";

    public TriggerReplay {
        triggers = Set.copyOf(triggers);
    }

    /** What any of the rules waits for. */
    public static TriggerReplay of(Rules now, Rules other, Instant until) {
        return new TriggerReplay(
                Stream.concat(now.triggers().stream(), other.triggers().stream())
                        .collect(Collectors.toUnmodifiableSet()),
                now,
                other,
                until);
    }

    /** The surveys that were to be sent since a time. */
    SurveyReplay surveys(Instant from) {
        return new SurveyReplay(now, other, from, until);
    }

    /** What rules would have been asked after a message, in the order of its times. */
    List<Situation> after(Tx tx, String message) {
        Optional<Message> written =
                triggers.isEmpty() ? Optional.empty() : tx.messages().find(message);
        return written.flatMap(one -> tx.conversations().find(one.conversation()))
                .map(Versioned::conversation)
                .map(conversation -> after(tx, written.get(), conversation))
                .orElse(List.of());
    }

    private List<Situation> after(Tx tx, Message written, Conversation conversation) {
        List<Message> later = tx.messages().of(conversation.id(), written.sequence(), MOST);
        Contact contact = tx.contacts().find(conversation.contact()).orElseThrow();
        boolean last = later.stream().noneMatch(one -> one.direction() == Message.Direction.IN);
        List<Situation> situations = new ArrayList<>();
        for (Trigger trigger : triggers) {
            Optional<Instant> at = trigger.on() == On.SILENCE
                    ? silent(tx, written, conversation, later, trigger)
                    : last ? ended(tx, conversation, trigger) : Optional.empty();
            at.filter(time -> !time.isAfter(until))
                    .map(time -> new Situation(
                            FiredTrigger.lastMessage(tx, conversation, contact),
                            conversation,
                            contact,
                            false,
                            Situation.Tally.NONE,
                            time,
                            trigger,
                            null))
                    .ifPresent(situations::add);
        }
        situations.sort(Comparator.comparing(Situation::now));
        return situations;
    }

    /** When the customer had waited so long since this message, where it is the first that was not answered. */
    private static Optional<Instant> silent(
            Tx tx, Message written, Conversation conversation, List<Message> later, Trigger trigger) {
        Instant at = written.receivedAt().plus(trigger.after());
        boolean waitsAlready = tx.messages().of(conversation.id(), 0, MOST).stream()
                .filter(one -> one.sequence() < written.sequence())
                .filter(one -> one.author().kind() != Message.Author.Kind.RULE)
                .reduce((first, second) -> second)
                .filter(one -> one.direction() == Message.Direction.IN)
                .isPresent();
        boolean answered = later.stream()
                .filter(one -> one.direction() == Message.Direction.OUT)
                .filter(one -> one.author().kind() != Message.Author.Kind.RULE)
                .anyMatch(one -> !one.receivedAt().isAfter(at));
        boolean closed = conversation.status() == Conversation.State.CLOSED
                && !conversation.updatedAt().isAfter(at);
        return waitsAlready || answered || closed ? Optional.empty() : Optional.of(at);
    }

    private static Optional<Instant> ended(Tx tx, Conversation conversation, Trigger trigger) {
        if (trigger.on() == On.POLL) {
            return tx.polls().of(conversation.id()).stream()
                    .map(Asked::doneAt)
                    .filter(Objects::nonNull)
                    .reduce((first, second) -> second);
        }
        boolean happened = trigger.on() == On.CLOSED
                ? conversation.status() == Conversation.State.CLOSED
                : trigger.on() == On.SURVEY && conversation.attributes().containsKey(RATED);
        return happened ? Optional.of(conversation.updatedAt().plus(trigger.after())) : Optional.empty();
    }
}
