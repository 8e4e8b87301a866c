// SPDX-License-Identifier: Apache-2.0
package io.dragoman.simulator;

import java.time.Clock;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Numbers that no other start of a simulator gave out, so that a gateway that remembers the last run takes nothing for a
 * repetition: they rise from the millisecond of the start, which a restart has passed as long as fewer than a thousand
 * are given out a second. Thread-safe.
 */
public final class SimulatorIds {
    private final long first;
    private final AtomicLong last;

    /** @param clock tells when the simulator started */
    public SimulatorIds(Clock clock) {
        first = clock.millis();
        last = new AtomicLong(first);
    }

    /** Below all of them: what counts on its own may begin here. */
    public long first() {
        return first;
    }

    /** The next one. */
    public long next() {
        return last.incrementAndGet();
    }
}
