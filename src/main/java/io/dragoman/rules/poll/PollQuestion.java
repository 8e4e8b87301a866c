// SPDX-License-Identifier: Apache-2.0
package io.dragoman.rules.poll;

import io.dragoman.rules.survey.Survey;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One question of a poll.
 *
 * @param name within the poll; that of the poll where it has but one
 * @param wording text and choices by language: of a choice it is asked and understood as a survey of one's own is
 * @param right the number of the right choice, from 1 on; null where none is
 * @param ifRight what is said to a right answer, by language; empty says nothing, as with {@code ifWrong}
 * @param min the least number; null for any
 * @param max the greatest number; null for any
 * @param attribute of the conversation that keeps the answer; null for none
 * @param contactAttribute the same of the contact
 */
public record PollQuestion(
        String name,
        Kind kind,
        Survey wording,
        @Nullable Integer right,
        Map<String, String> ifRight,
        Map<String, String> ifWrong,
        @Nullable BigDecimal min,
        @Nullable BigDecimal max,
        @Nullable String attribute,
        @Nullable String contactAttribute) {

    /** What is answered. */
    public enum Kind {
        /** One of some. */
        CHOICE,
        /** Whole, or with decimals. */
        NUMBER,
        /** Whatever the customer writes. */
        TEXT,
        /** An address for mail. */
        EMAIL
    }

    /** What a choice is called in results and attributes, whatever language it was picked in. */
    public String title(int choice) {
        return titles().get(choice - 1);
    }

    /** The same of all, in order; of the first language. */
    public List<String> titles() {
        return wording.choices().values().stream().findFirst().orElse(List.of());
    }

    /** What is said to an answer. */
    public Optional<String> verdict(@Nullable Integer choice, String language) {
        if (right == null || choice == null) {
            return Optional.empty();
        }
        return Survey.in(right.equals(choice) ? ifRight : ifWrong, language);
    }
}
