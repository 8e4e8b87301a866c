// SPDX-License-Identifier: Apache-2.0
package io.dragoman.app.poll;

import io.dragoman.app.report.Period;
import io.dragoman.model.Words;
import io.dragoman.rules.poll.Poll;
import io.dragoman.rules.poll.PollQuestion;
import io.dragoman.store.Polls.Answered;
import io.dragoman.store.Polls.Asking;
import io.dragoman.store.Polls.Count;
import io.dragoman.store.Polls.Turnout;
import io.dragoman.store.ReadAccess;
import io.dragoman.store.Tx;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The results of polls: figures alone, never what a single customer wrote. Each contact counts once. Blocks. */
public final class PollQueries {
    private static final int MOST_NUMBERS = 100_000;
    private static final int MOST_COUNTS = 100;

    private final ReadAccess store;

    public PollQueries(ReadAccess store) {
        this.store = store;
    }

    /** The polls that were asked in a time. */
    public record PollsReport(Instant since, Instant until, List<PollResults> polls) {}

    /** All polls that anybody was ever asked. */
    public record PollList(List<Turnout> polls) {}

    /**
     * One poll.
     *
     * @param asked how many contacts were asked
     * @param done how many of them answered it to its end
     */
    public record PollResults(String poll, long asked, long done, List<QuestionResult> questions) {}

    /**
     * One question of it.
     *
     * @param answered by how many contacts
     * @param counts of choices, the most frequent first, with 0 what nobody picked; empty for what is no choice
     * @param correct how many gave the right answer; null where none is right
     * @param mean of numbers, as are least and most; null for what is no number
     */
    public record QuestionResult(
            String question,
            String kind,
            long answered,
            List<Count> counts,
            @Nullable Long correct,
            @Nullable BigDecimal mean,
            @Nullable BigDecimal least,
            @Nullable BigDecimal most) {}

    public PollList all() {
        return new PollList(store.read(tx -> tx.polls().turnouts()));
    }

    /**
     * Of one poll; empty where nobody was ever asked it.
     *
     * @param configured what {@code polls.yaml} says now: what nobody picked is known from there
     */
    public Optional<PollResults> results(String name, List<Poll> configured) {
        return store.read(tx -> tx.polls().turnouts().stream()
                .filter(one -> one.name().equals(name))
                .findFirst()
                .map(one -> results(tx, one, Asking.ever(name), configured)));
    }

    /** Of all polls that were asked in a time, by name; a contact counts with what was asked then. */
    public PollsReport report(Period period, List<Poll> configured) {
        long since = period.since().toEpochMilli();
        long until = period.until().toEpochMilli();
        return store.read(tx -> new PollsReport(
                period.since(),
                period.until(),
                tx.polls().turnouts(since, until).stream()
                        .map(one -> results(tx, one, new Asking(one.name(), since, until), configured))
                        .toList()));
    }

    private static PollResults results(Tx tx, Turnout turnout, Asking asking, List<Poll> configured) {
        List<PollQuestion> declared = configured.stream()
                .filter(one -> one.name().equals(turnout.name()))
                .findFirst()
                .map(Poll::questions)
                .orElse(List.of());
        List<Answered> answered = new ArrayList<>(tx.polls().questions(asking));
        for (PollQuestion question : declared) {
            if (answered.stream().noneMatch(one -> one.question().equals(question.name()))) {
                answered.add(new Answered(question.name(), Words.of(question.kind()), 0));
            }
        }
        return new PollResults(
                turnout.name(),
                turnout.asked(),
                turnout.done(),
                answered.stream()
                        .map(one -> question(tx, asking, one, declared))
                        .toList());
    }

    private static QuestionResult question(Tx tx, Asking asking, Answered answered, List<PollQuestion> declared) {
        String question = answered.question();
        if (answered.kind().equals("choice")) {
            List<Count> counts = counts(tx, asking, question, declared);
            boolean quiz = counts.stream().anyMatch(one -> one.correct() != null);
            long right = counts.stream()
                    .filter(one -> Boolean.TRUE.equals(one.correct()))
                    .mapToLong(Count::contacts)
                    .sum();
            return new QuestionResult(
                    question, answered.kind(), answered.contacts(), counts, quiz ? right : null, null, null, null);
        }
        List<BigDecimal> numbers =
                answered.kind().equals("number") ? tx.polls().numbers(asking, question, MOST_NUMBERS) : List.of();
        return new QuestionResult(
                question,
                answered.kind(),
                answered.contacts(),
                List.of(),
                null,
                mean(numbers),
                numbers.stream().min(BigDecimal::compareTo).orElse(null),
                numbers.stream().max(BigDecimal::compareTo).orElse(null));
    }

    /** What was picked, the most frequent first, and then what nobody picked, in the order of the poll. */
    private static List<Count> counts(Tx tx, Asking asking, String question, List<PollQuestion> declared) {
        List<Count> counts = new ArrayList<>(tx.polls().counts(asking, question, MOST_COUNTS));
        declared.stream().filter(one -> one.name().equals(question)).findFirst().ifPresent(one -> {
            Integer right = one.right();
            for (int choice = 1; choice <= one.titles().size(); choice++) {
                String title = one.title(choice);
                if (counts.stream().noneMatch(count -> count.value().equals(title))) {
                    counts.add(new Count(title, right == null ? null : Boolean.valueOf(right == choice), 0));
                }
            }
        });
        return List.copyOf(counts);
    }

    private static @Nullable BigDecimal mean(List<BigDecimal> numbers) {
        if (numbers.isEmpty()) {
            return null;
        }
        BigDecimal sum = numbers.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
        return sum.divide(BigDecimal.valueOf(numbers.size()), 2, RoundingMode.HALF_UP);
    }
}
