// SPDX-License-Identifier: Apache-2.0
package io.dragoman.app.report;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What time a report is about.
 *
 * @param since inclusive
 * @param until exclusive
 */
public record Period(Instant since, Instant until) {
    private static final Duration USUAL = Duration.ofDays(7);

    /**
     * The time that was asked for, within the one that there was. Null is until now, and since 7 days before the end.
     *
     * @throws IllegalArgumentException when it ends before it begins; the message is a sentence
     */
    public static Period of(@Nullable Instant since, @Nullable Instant until, Instant now) {
        Instant end = until == null || until.isAfter(now) ? now : until;
        Instant begin = since == null ? end.minus(USUAL) : since;
        if (begin.isBefore(Instant.EPOCH)) {
            begin = Instant.EPOCH;
        }
        if (!begin.isBefore(end)) {
            throw new IllegalArgumentException("since must be before until, and not in the future.");
        }
        return new Period(begin, end);
    }
}
