// SPDX-License-Identifier: Apache-2.0
package io.dragoman.app.poll;

import io.dragoman.store.Polls.Answered;
import io.dragoman.store.Polls.Count;
import io.dragoman.store.Polls.Turnout;
import io.dragoman.store.ReadAccess;
import io.dragoman.store.Tx;
import java.math.BigDecimal;
import java.math.RoundingMode;
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
     * @param counts of choices, the most frequent first; empty for what is no choice
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

    /** Of one poll; empty where nobody was ever asked it. */
    public Optional<PollResults> results(String name) {
        return store.read(tx -> tx.polls().turnouts().stream()
                .filter(one -> one.name().equals(name))
                .findFirst()
                .map(one -> new PollResults(
                        name,
                        one.asked(),
                        one.done(),
                        tx.polls().questions(name).stream()
                                .map(question -> question(tx, name, question))
                                .toList())));
    }

    private static QuestionResult question(Tx tx, String name, Answered answered) {
        String question = answered.question();
        if (answered.kind().equals("choice")) {
            List<Count> counts = tx.polls().counts(name, question, MOST_COUNTS);
            boolean quiz = counts.stream().anyMatch(one -> one.correct() != null);
            long right = counts.stream()
                    .filter(one -> Boolean.TRUE.equals(one.correct()))
                    .mapToLong(Count::contacts)
                    .sum();
            return new QuestionResult(
                    question, answered.kind(), answered.contacts(), counts, quiz ? right : null, null, null, null);
        }
        List<BigDecimal> numbers =
                answered.kind().equals("number") ? tx.polls().numbers(name, question, MOST_NUMBERS) : List.of();
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

    private static @Nullable BigDecimal mean(List<BigDecimal> numbers) {
        if (numbers.isEmpty()) {
            return null;
        }
        BigDecimal sum = numbers.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
        return sum.divide(BigDecimal.valueOf(numbers.size()), 2, RoundingMode.HALF_UP);
    }
}
