// SPDX-License-Identifier: Apache-2.0
package io.dragoman.delivery;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** When to try again: soon at first, then over days, each wait moved by up to a fifth so that many do not meet. */
public final class RetrySchedule {
    private static final int[] SECONDS = {
        2, 5, 15, 30, 60, 300, 900, 1800, 3600, 7200, 18_000, 36_000, 50_400, 72_000, 86_400
    };

    private final RandomGenerator random;

    public RetrySchedule(RandomGenerator random) {
        this.random = random;
    }

    /**
     * The wait after an attempt; the last one of the schedule repeats.
     *
     * @param tries from 1
     */
    public Duration after(int tries) {
        int seconds = SECONDS[Math.min(Math.max(tries, 1), SECONDS.length) - 1];
        double factor = 0.8 + 0.4 * random.nextDouble();
        return Duration.ofMillis((long) (seconds * 1000.0 * factor));
    }
}
