// SPDX-License-Identifier: Apache-2.0
package io.dragoman.demo;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** Declares effects, waits for each, and keeps what was seen. For one thread. */
final class Expectations {
    /** After a missing effect: what follows is likely missing too. */
    private static final Duration SHORT = Duration.ofSeconds(1);

    private static final long POLL_NANOS = 5_000_000;

    private final List<Observation> observations = new ArrayList<>();
    private Duration timeout;

    Expectations(Duration timeout) {
        this.timeout = timeout;
    }

    /** Waits until what is observed is what is expected, or the time is over. */
    void expect(String what, Object expected, Supplier<?> observed) {
        String text = String.valueOf(expected);
        long deadline = System.nanoTime() + timeout.toNanos();
        String found = String.valueOf(observed.get());
        while (!found.equals(text) && System.nanoTime() < deadline) {
            LockSupport.parkNanos(POLL_NANOS);
            found = String.valueOf(observed.get());
        }
        observations.add(new Observation(what, text, found, found.equals(text)));
        if (!found.equals(text) && timeout.compareTo(SHORT) > 0) {
            timeout = SHORT;
        }
    }

    List<Observation> all() {
        return List.copyOf(observations);
    }
}
