// SPDX-License-Identifier: Apache-2.0
package io.dragoman.app.measure;

import io.dragoman.store.MeasureFigures.Asked;
import org.jspecify.annotations.Nullable;

/** The answers to surveys of one kind. */
final class ScoreTally {
    /** So many answers there must be for a score. */
    static final int FEWEST = 10;

    /** Of a normal distribution, 95 % lie within so many standard deviations. */
    private static final double DEVIATIONS = 1.959964;

    private final int good;
    private final int bad;
    private long delivered;
    private long answers;
    private long goodAnswers;
    private long badAnswers;

    /**
     * @param good from which score on an answer is a good one
     * @param bad up to which one it is a bad one
     */
    private ScoreTally(int good, int bad) {
        this.good = good;
        this.bad = bad;
    }

    /** 4 and 5 of 1 to 5 are content. */
    static ScoreTally csat() {
        return new ScoreTally(4, 3);
    }

    /** Promoters answer 9 or 10, detractors 0 to 6. */
    static ScoreTally nps() {
        return new ScoreTally(9, 6);
    }

    /** 5 to 7 of 1 to 7 found it easy. */
    static ScoreTally ces() {
        return new ScoreTally(5, 4);
    }

    void add(Asked survey) {
        Long score = survey.score();
        delivered += survey.delivered() ? 1 : 0;
        if (score != null) {
            answers++;
            goodAnswers += score >= good ? 1 : 0;
            badAnswers += score <= bad ? 1 : 0;
        }
    }

    /** The part of good answers, with Wilson's interval; null where no survey reached anybody. */
    @Nullable
    SurveyScore part() {
        if (answers < FEWEST) {
            return unknown();
        }
        double n = answers;
        double part = goodAnswers / n;
        double squared = DEVIATIONS * DEVIATIONS;
        double middle = (part + squared / (2 * n)) / (1 + squared / n);
        double half = DEVIATIONS / (1 + squared / n) * Math.sqrt(part * (1 - part) / n + squared / (4 * n * n));
        return new SurveyScore(Share.of(answers, delivered), part, middle - half, middle + half);
    }

    /** The part of good answers less that of bad ones, in hundredths; null where no survey reached anybody. */
    @Nullable
    SurveyScore difference() {
        if (answers < FEWEST) {
            return unknown();
        }
        double n = answers;
        double difference = (goodAnswers - badAnswers) / n;
        double half = DEVIATIONS * Math.sqrt(((goodAnswers + badAnswers) / n - difference * difference) / n);
        return new SurveyScore(
                Share.of(answers, delivered),
                100 * difference,
                Math.max(-100, 100 * (difference - half)),
                Math.min(100, 100 * (difference + half)));
    }

    private @Nullable SurveyScore unknown() {
        return delivered == 0 ? null : new SurveyScore(Share.of(answers, delivered), null, null, null);
    }
}
