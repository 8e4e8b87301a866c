// SPDX-License-Identifier: Apache-2.0
package io.dragoman.contract;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/** One that is moved on where a gateway would wait. For one thread. */
final class MovedClock extends Clock {
    private final Clock clock;
    private Duration moved = Duration.ZERO;

    MovedClock(Clock clock) {
        this.clock = clock;
    }

    void move(@Nullable Duration by) {
        moved = by == null ? moved : moved.plus(by);
    }

    @Override
    public Instant instant() {
        return clock.instant().plus(moved);
    }

    @Override
    public ZoneId getZone() {
        return clock.getZone();
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return clock.withZone(zone);
    }
}
