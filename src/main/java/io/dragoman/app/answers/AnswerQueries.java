// SPDX-License-Identifier: Apache-2.0
package io.dragoman.app.answers;

import io.dragoman.journey.FaqOutcomes;
import io.dragoman.model.Message;
import io.dragoman.model.UnicodeText;
import io.dragoman.rules.answer.AnswerOutcome;
import io.dragoman.rules.answer.AnswerOutcome.Near;
import io.dragoman.rules.answer.QuestionGroups;
import io.dragoman.rules.facts.Facts;
import io.dragoman.store.KeptDecisions.Kept;
import io.dragoman.store.ReadAccess;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** For whoever writes the FAQ: what it could not answer, from the decisions that are kept with the messages. Blocks. */
public final class AnswerQueries {
    /** How far back a list goes that does not say. */
    public static final Duration USUAL = Duration.ofDays(30);

    private static final int MOST_DECISIONS = 20_000;
    private static final int MOST_QUESTIONS = 1_000;
    private static final int PAGE = 500;
    private static final int LONGEST = 300;

    private final ReadAccess store;

    public AnswerQueries(ReadAccess store) {
        this.store = store;
    }

    /**
     * What was not answered.
     *
     * @param answered how many messages were answered in the same time
     * @param questions how many were not
     * @param groups those that are alike together, the most frequent first
     * @param complete whether all of the time was looked at; else its latest part
     */
    public record UnansweredReport(
            Instant since, int answered, int questions, List<QuestionGroup> groups, boolean complete) {
        public UnansweredReport {
            groups = List.copyOf(groups);
        }
    }

    /**
     * Questions that are alike.
     *
     * @param language that was searched in; null for one that is not known
     * @param texts of the latest of them, as customers wrote them
     * @param nearest the entry that came nearest to the latest; null for none
     * @param score of it
     * @param example the id of the latest message, to be explained
     */
    public record QuestionGroup(
            @Nullable String language,
            int count,
            List<String> texts,
            @Nullable String nearest,
            @Nullable Double score,
            Instant lastAt,
            String example) {
        public QuestionGroup {
            texts = List.copyOf(texts);
        }

        @Override
        public String toString() {
            return "QuestionGroup[" + count + "]";
        }
    }

    private record Question(String message, Instant at, String text, AnswerOutcome outcome) {
        @Override
        public String toString() {
            return "Question[" + message + "]";
        }
    }

    /** The questions since a time. */
    public UnansweredReport unanswered(Instant since) {
        List<Question> questions = new ArrayList<>();
        int answered = 0;
        int decisions = 0;
        String before = "";
        List<Kept> page = page(since, before);
        while (!page.isEmpty() && decisions < MOST_DECISIONS && questions.size() < MOST_QUESTIONS) {
            for (Kept kept : page) {
                Optional<AnswerOutcome> outcome = FaqOutcomes.of(kept);
                answered += outcome.filter(one -> one.kind() == AnswerOutcome.Kind.ANSWERED && one.speaks())
                                .isPresent()
                        ? 1
                        : 0;
                outcome.filter(AnswerOutcome::unanswered)
                        .flatMap(one -> question(kept, one))
                        .ifPresent(questions::add);
                before = kept.message();
            }
            decisions += page.size();
            page = page(since, before);
        }
        return new UnansweredReport(since, answered, questions.size(), groups(questions), page.isEmpty());
    }

    private List<Kept> page(Instant since, String before) {
        return store.read(tx -> tx.decisions().latest(since, before, PAGE));
    }

    /** Its words are those of the message alone: where that was erased, nothing is left. */
    private Optional<Question> question(Kept kept, AnswerOutcome outcome) {
        return store.read(tx -> tx.messages().find(kept.message()))
                .map(AnswerQueries::text)
                .filter(text -> !text.isBlank())
                .map(text -> new Question(kept.message(), kept.at(), text, outcome));
    }

    private static String text(Message message) {
        String text = message.parts().stream().map(Facts::text).collect(Collectors.joining(" "));
        return UnicodeText.cut(text, LONGEST);
    }

    private static List<QuestionGroup> groups(List<Question> questions) {
        QuestionGroups groups = new QuestionGroups();
        for (int i = 0; i < questions.size(); i++) {
            Question question = questions.get(i);
            groups.add(
                    i,
                    question.text(),
                    Objects.requireNonNullElse(question.outcome().language(), ""));
        }
        return groups.groups().stream()
                .map(members -> group(members.stream().map(questions::get).toList()))
                .toList();
    }

    private static QuestionGroup group(List<Question> members) {
        Question latest = members.get(0);
        Optional<Near> nearest = latest.outcome().near().stream().findFirst();
        return new QuestionGroup(
                latest.outcome().language(),
                members.size(),
                members.stream().map(Question::text).distinct().limit(5).toList(),
                nearest.map(Near::question).orElse(null),
                nearest.map(Near::score).orElse(null),
                latest.at(),
                latest.message());
    }
}
