// SPDX-License-Identifier: Apache-2.0
package io.dragoman.rules.poll;

import io.dragoman.rules.survey.Survey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One poll of {@code polls.yaml}: a question, or a form of a few that are asked one after the other.
 *
 * @param closes when it takes no more answers; null for never
 * @param expires how long answers of a contact are understood after they were asked
 * @param every for how long a contact is asked it once at most; null asks each contact once
 * @param thanks what is said at the end, by language; empty says nothing
 * @param again what is said before a question of a form that was not answered as asked, by language; empty says nothing
 */
public record Poll(
        String name,
        List<PollQuestion> questions,
        @Nullable Instant closes,
        Duration expires,
        @Nullable Duration every,
        Map<String, String> thanks,
        Map<String, String> again) {
    public Poll {
        questions = List.copyOf(questions);
    }

    /** Whether it has several questions. */
    public boolean isForm() {
        return questions.size() > 1;
    }

    public Optional<PollQuestion> question(String wanted) {
        return questions.stream().filter(one -> one.name().equals(wanted)).findFirst();
    }

    /** The question that follows; empty at the end. */
    public Optional<PollQuestion> after(PollQuestion question) {
        int next = questions.indexOf(question) + 1;
        return next < questions.size() ? Optional.of(questions.get(next)) : Optional.empty();
    }

    /** The language in which a customer who reads these is asked. */
    public String language(List<String> wanted) {
        return questions.get(0).wording().language(wanted);
    }

    /** Whether it takes an answer now of somebody who was asked then. */
    public boolean isOpen(Instant asked, Instant now) {
        return now.isBefore(asked.plus(expires)) && (closes == null || now.isBefore(closes));
    }

    /** Why a contact is not asked; null asks. */
    public @Nullable String refuses(@Nullable Instant askedBefore, Instant now) {
        if (closes != null && !now.isBefore(closes)) {
            return "the poll closed at " + closes;
        } else if (askedBefore == null) {
            return null;
        } else if (every == null) {
            return "the contact was asked it already";
        }
        return now.isBefore(askedBefore.plus(every)) ? "the contact was asked it within " + every + " (every)" : null;
    }

    public Optional<String> thanks(String language) {
        return Survey.in(thanks, language);
    }

    public Optional<String> again(String language) {
        return Survey.in(again, language);
    }
}
