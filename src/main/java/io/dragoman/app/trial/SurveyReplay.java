// SPDX-License-Identifier: Apache-2.0
package io.dragoman.app.trial;

import io.dragoman.journey.FaqOutcomes;
import io.dragoman.journey.FiredTrigger;
import io.dragoman.model.Contact;
import io.dragoman.model.Conversation;
import io.dragoman.model.Conversation.State;
import io.dragoman.model.Message;
import io.dragoman.rules.Rules;
import io.dragoman.rules.SurveyPlan;
import io.dragoman.rules.facts.Situation;
import io.dragoman.rules.facts.Situation.Tally;
import io.dragoman.rules.facts.Trigger;
import io.dragoman.rules.facts.Trigger.On;
import io.dragoman.rules.survey.Survey;
import io.dragoman.store.Conversations.Versioned;
import io.dragoman.store.Tx;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Which surveys conversations would have got that are closed now, as far as it can still be told: of several closings the
 * last, the consents as they are now, and no budget of the loop guard. For one comparison, the oldest messages first.
 */
final class SurveyReplay {
    private static final String NONE = "-";
    /** So many surveys of a contact are looked at. */
    private static final int MOST = 100;

    private final Rules now;
    private final Rules other;
    private final Instant from;
    private final Instant until;
    /** When who was asked what here, by which rules. */
    private final Map<String, Instant> asked = new HashMap<>();

    /**
     * @param from what was sent since then is left out: it is what is tried here
     * @param until what would be sent later is not sent
     */
    SurveyReplay(Rules now, Rules other, Instant from, Instant until) {
        this.now = now;
        this.other = other;
        this.from = from;
        this.until = until;
    }

    /** What would be different in the conversation that a message was the customer's last one in. */
    List<String> changes(Tx tx, String message) {
        Optional<Message> written = tx.messages().find(message);
        return written.flatMap(one -> tx.conversations().find(one.conversation()))
                .map(Versioned::conversation)
                .filter(conversation -> hasEnded(tx, conversation, written.get()))
                .map(conversation -> changes(tx, conversation))
                .orElse(List.of());
    }

    private static boolean hasEnded(Tx tx, Conversation conversation, Message written) {
        return conversation.status() == State.CLOSED
                && !conversation.isPublic()
                && tx.messages().latestReceived(conversation.id()).stream()
                        .flatMap(id -> tx.messages().byExternalId(conversation.channel(), id).stream())
                        .anyMatch(last -> last.id().equals(written.id()))
                && tx.botHandOvers().personAnswered(conversation.id());
    }

    private List<String> changes(Tx tx, Conversation conversation) {
        Set<String> names = new LinkedHashSet<>();
        Stream.of(now, other).flatMap(rules -> rules.surveys().stream()).forEach(one -> names.add(one.name()));
        List<String> changes = new ArrayList<>();
        for (String name : names) {
            String before = sent(tx, now, "now", name, conversation);
            String after = sent(tx, other, "other", name, conversation);
            if (!before.equals(after)) {
                changes.add("survey " + name + " " + before + " -> " + after);
            }
        }
        return changes;
    }

    /** The language in which it is sent. */
    private String sent(Tx tx, Rules rules, String whose, String name, Conversation conversation) {
        Optional<Survey> found =
                rules.surveys().stream().filter(one -> one.name().equals(name)).findFirst();
        if (found.isEmpty()) {
            return NONE;
        }
        Survey survey = found.get();
        Instant at = conversation.updatedAt().plus(survey.after());
        String who = whose + " " + name + " " + conversation.contact();
        boolean again = last(tx, who, name, conversation)
                .filter(before -> at.isBefore(before.plus(survey.every())))
                .isPresent();
        if (at.isAfter(until) || again || wasRated(tx, survey, conversation)) {
            return NONE;
        }
        Contact contact = tx.contacts().find(conversation.contact()).orElseThrow();
        Situation situation = new Situation(
                FiredTrigger.lastMessage(tx, conversation, contact),
                conversation,
                contact,
                false,
                Tally.NONE.with(tx.consents().of(conversation.channel(), contact.id())),
                at,
                Trigger.of(On.CLOSED),
                null);
        Optional<SurveyPlan> plan = rules.survey(
                        name,
                        situation,
                        FaqOutcomes.language(tx, conversation.id()).orElse(null))
                .filter(one -> one.skipped() == null);
        plan.ifPresent(one -> asked.put(who, at));
        return plan.map(SurveyPlan::language).orElse(NONE);
    }

    /** When they got it last: here, else really, before the time that is looked at. */
    private Optional<Instant> last(Tx tx, String who, String name, Conversation conversation) {
        return Optional.ofNullable(asked.get(who))
                .or(() -> tx.surveys().ofContact(conversation.contact(), from.toEpochMilli(), MOST).stream()
                        .filter(one -> one.name().equals(name))
                        .map(one -> one.sentAt())
                        .findFirst());
    }

    /** Whether the customer rated it elsewhere than in a survey of this name, as in the web chat. */
    private static boolean wasRated(Tx tx, Survey survey, Conversation conversation) {
        return conversation.attributes().containsKey(survey.attribute())
                && tx.surveys().of(conversation.id()).stream()
                        .noneMatch(one -> one.name().equals(survey.name()) && Objects.nonNull(one.score()));
    }
}
