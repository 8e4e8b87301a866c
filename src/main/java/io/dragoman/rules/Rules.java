// SPDX-License-Identifier: Apache-2.0
package io.dragoman.rules;

import io.dragoman.model.Purpose;
import io.dragoman.rules.answer.Faq;
import io.dragoman.rules.facts.Situation;
import io.dragoman.rules.facts.Trigger;
import io.dragoman.rules.listen.PublicAnswers;
import io.dragoman.rules.poll.Poll;
import io.dragoman.rules.survey.Survey;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What the journey asks: what to do in a situation, and which situations beside messages are of interest. */
@FunctionalInterface
public interface Rules extends Function<Situation, Decision> {
    /** What rules wait for beside messages; nothing of it is looked at when it is not here. */
    default Set<Trigger> triggers() {
        return Set.of();
    }

    /** The surveys that closed conversations may get. */
    default List<Survey> surveys() {
        return List.of();
    }

    /** The polls that customers may be asked. */
    default List<Poll> polls() {
        return List.of();
    }

    /** What customers ask often. */
    default Faq faq() {
        return Faq.EMPTY;
    }

    /** The same with another FAQ. */
    default Rules with(Faq faq) {
        return this;
    }

    /** Which consent each purpose needs. */
    default ConsentPolicy consent() {
        return ConsentPolicy.DEFAULT;
    }

    /** Why a reply of this name may not be sent to who said so; null when it may. */
    default @Nullable String unwanted(String reply, Map<Purpose, Boolean> said) {
        return consent().refuses(said, Purpose.SERVICE);
    }

    /** Why nothing automatic may be said to the customer in a situation; null when it may. */
    default @Nullable String refuses(Situation situation) {
        return consent().refuses(situation.tally().consents(), Purpose.SERVICE);
    }

    /** Whose answers in public wait until somebody approves them. */
    default PublicAnswers publicAnswers() {
        return PublicAnswers.DEFAULT;
    }

    /**
     * What is to become of one of the surveys in a conversation that was closed; empty where there is no such survey.
     *
     * @param guessed the language that the customer's words were surely of, for where the channel tells none; null for none
     */
    default Optional<SurveyPlan> survey(String name, Situation situation, @Nullable String guessed) {
        return Optional.empty();
    }
}
