// SPDX-License-Identifier: Apache-2.0
package io.dragoman.rules.answer;

import io.dragoman.rules.answer.Retrieval.Ranked;
import io.dragoman.rules.answer.RetrievalSet.Asked;
import java.util.ArrayList;
import java.util.List;

/** What a way of retrieval did with some questions. */
record Measured(List<Result> results) {
    /** A wrong answer is worse than none. */
    private static final int PRICE = 5;

    /** One question with what was found for it. */
    record Result(Asked asked, List<Ranked> found) {
        boolean right(int within) {
            return found.stream().limit(within).anyMatch(ranked -> ranked.subject()
                    .equals(asked.subject()));
        }

        boolean answered(Threshold threshold) {
            return !found.isEmpty()
                    && found.get(0).score() >= threshold.least()
                    && found.get(0).score() - (found.size() > 1 ? found.get(1).score() : 0) >= threshold.ahead();
        }
    }

    /** From which score on a question is answered, and how far the next subject must be behind. */
    record Threshold(double least, double ahead) {}

    static Measured of(Retrieval retrieval, List<Asked> asked) throws Exception {
        List<Result> results = new ArrayList<>();
        for (Asked one : asked) {
            results.add(new Result(one, retrieval.find(one)));
        }
        return new Measured(results);
    }

    Measured in(String language) {
        return new Measured(results.stream()
                .filter(result -> result.asked().language().equals(language))
                .toList());
    }

    long answerable() {
        return results.stream().filter(result -> result.asked().answerable()).count();
    }

    long unanswerable() {
        return results.size() - answerable();
    }

    long recalled(int within) {
        return results.stream().filter(result -> result.right(within)).count();
    }

    long rightAnswers(Threshold threshold) {
        return results.stream()
                .filter(result -> result.answered(threshold) && result.right(1))
                .count();
    }

    /** Questions that have an answer, and got another. */
    long wrongAnswers(Threshold threshold) {
        return results.stream()
                .filter(result -> result.asked().answerable() && result.answered(threshold) && !result.right(1))
                .count();
    }

    /** Questions that have no answer, and got one. */
    long falseAnswers(Threshold threshold) {
        return results.stream()
                .filter(result -> !result.asked().answerable() && result.answered(threshold))
                .count();
    }

    /** The threshold that does best on these questions. */
    Threshold choose(double step, double most) {
        Threshold best = new Threshold(most, 0);
        for (double least = step; least < most; least += step) {
            for (double ahead = 0; ahead < most / 4; ahead += step) {
                Threshold one = new Threshold(least, ahead);
                best = worth(one) >= worth(best) ? one : best;
            }
        }
        return best;
    }

    private long worth(Threshold threshold) {
        return rightAnswers(threshold) - PRICE * (wrongAnswers(threshold) + falseAnswers(threshold));
    }
}
