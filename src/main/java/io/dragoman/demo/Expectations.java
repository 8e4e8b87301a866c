// SPDX-License-Identifier: Apache-2.0
package io.dragoman.demo;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** Declares effects, waits for each, and keeps what was seen. For one thread. */
final class Expectations {
    /** What follows a missing effect is likely missing too, and need not be waited for as long. */
    private static final Duration IMPATIENT = Duration.ofSeconds(1);

    private static final long LOOK_EVERY_NANOS = 5_000_000;

    private final List<Observation> observations = new ArrayList<>();
    private Duration patience;

    Expectations(Duration patience) {
        this.patience = patience;
    }

    /** Waits until what is observed is what is expected, or patience ends. */
    void expect(String what, Object expected, Supplier<?> observed) {
        String wanted = String.valueOf(expected);
        long deadline = System.nanoTime() + patience.toNanos();
        String found = String.valueOf(observed.get());
        while (!found.equals(wanted) && System.nanoTime() < deadline) {
            LockSupport.parkNanos(LOOK_EVERY_NANOS);
            found = String.valueOf(observed.get());
        }
        observations.add(new Observation(what, wanted, found, found.equals(wanted)));
        if (!found.equals(wanted) && patience.compareTo(IMPATIENT) > 0) {
            patience = IMPATIENT;
        }
    }

    List<Observation> all() {
        return List.copyOf(observations);
    }

    List<Observation> missed() {
        return observations.stream().filter(observation -> !observation.met()).toList();
    }
}
