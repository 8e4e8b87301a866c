// SPDX-License-Identifier: Apache-2.0
package io.dragoman.app.overview;

import java.time.Duration;
import java.time.Instant;

/** A time up to now, in portions. */
public enum OverviewPeriod {
    HOUR(Duration.ofMinutes(1), 60),
    DAY(Duration.ofMinutes(30), 48),
    WEEK(Duration.ofHours(2), 84);

    private final Duration step;
    private final int slots;

    OverviewPeriod(Duration step, int slots) {
        this.step = step;
        this.slots = slots;
    }

    Duration step() {
        return step;
    }

    int slots() {
        return slots;
    }

    /** The beginning of the first portion, so that now is in the last. */
    Instant start(Instant now) {
        long millis = step.toMillis();
        return Instant.ofEpochMilli((now.toEpochMilli() / millis - slots + 1) * millis);
    }
}
