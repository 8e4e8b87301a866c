// SPDX-License-Identifier: Apache-2.0
package io.dragoman;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A clock that the test moves: it stands still, or runs with the machine's. Thread-safe. */
public final class TestClock extends Clock {
    private final Clock base;
    private Duration ahead = Duration.ZERO;

    private TestClock(Clock base) {
        this.base = base;
    }

    /** One that runs. */
    public static TestClock running() {
        return new TestClock(Clock.systemUTC());
    }

    /** One that stands still. */
    public static TestClock at(Instant instant) {
        return new TestClock(Clock.fixed(instant, ZoneOffset.UTC));
    }

    /** Moves it, forth or back. */
    public synchronized void move(Duration by) {
        ahead = ahead.plus(by);
    }

    public synchronized void set(Instant instant) {
        ahead = Duration.between(base.instant(), instant);
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }

    @Override
    public synchronized Instant instant() {
        return base.instant().plus(ahead);
    }
}
