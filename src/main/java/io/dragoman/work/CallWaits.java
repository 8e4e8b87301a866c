// SPDX-License-Identifier: Apache-2.0
package io.dragoman.work;

import io.dragoman.connector.TransportFailure;
import io.dragoman.model.Reason;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Waits for a call that a desk may be called. */
final class CallWaits {
    /** How often it is looked whether there is one: the time may be another's. */
    private static final Duration LOOK = Duration.ofMillis(50);

    private CallWaits() {}

    /**
     * Takes a call as soon as there is one.
     *
     * @param take takes one, or says how long until there is one
     * @param longest how long to wait at most; null for as long as it takes
     */
    static void await(Supplier<Optional<Duration>> take, @Nullable Duration longest, BooleanSupplier stopping)
            throws TransportFailure {
        long began = System.nanoTime();
        Optional<Duration> wait = take.get();
        while (wait.isPresent()) {
            boolean over = longest != null && System.nanoTime() - began > longest.toNanos();
            if (over || stopping.getAsBoolean() || Thread.currentThread().isInterrupted()) {
                throw none();
            }
            LockSupport.parkNanos(Math.min(wait.get().toNanos(), LOOK.toNanos()));
            wait = take.get();
        }
    }

    /** Nothing was sent, since it was a call too many. */
    static TransportFailure none() {
        return TransportFailure.notSent(Reason.THROTTLED, "all calls of callsPerMinute are used");
    }
}
