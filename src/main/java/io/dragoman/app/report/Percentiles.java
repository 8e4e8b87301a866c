// SPDX-License-Identifier: Apache-2.0
package io.dragoman.app.report;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * How long something took, in seconds: exact, by nearest rank, so each is a time that really was.
 *
 * @param count of how many
 * @param median half of them took no longer; null for none
 * @param p90 nine of ten took no longer; null for none
 */
public record Percentiles(
        int count, @Nullable Double median, @Nullable Double p90) {
    /**
     * Of these times.
     *
     * @param millis in any order; a time below zero, which a clock that was set back leaves, counts as zero
     */
    public static Percentiles of(long[] millis) {
        long[] sorted = Arrays.stream(millis).map(m -> Math.max(0, m)).sorted().toArray();
        return new Percentiles(sorted.length, rank(sorted, 50), rank(sorted, 90));
    }

    private static @Nullable Double rank(long[] sorted, int percent) {
        if (sorted.length == 0) {
            return null;
        }
        int rank = Math.toIntExact(((long) sorted.length * percent + 99) / 100);
        return sorted[rank - 1] / 1000.0;
    }
}
