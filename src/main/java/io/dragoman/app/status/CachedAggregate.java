// SPDX-License-Identifier: Apache-2.0
package io.dragoman.app.status;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What is counted over the whole store, and so takes the longer the more there is: counted beside the requests that
 * want it, at most every five seconds and for at most a twentieth of the time. Thread-safe.
 */
public final class CachedAggregate<T> {
    private static final Duration FRESH = Duration.ofSeconds(5);
    private static final int SELDOM = 20;
    private static final Duration TIMEOUT = Duration.ofSeconds(2);

    private final Supplier<T> counting;
    private final Executor beside;
    private final Clock clock;
    private final Duration timeout;
    private @Nullable CompletableFuture<T> latest;
    private @Nullable T known;
    private Instant begun = Instant.MIN;
    private Instant due = Instant.MIN;

    public CachedAggregate(Supplier<T> counting, Executor beside, Clock clock) {
        this(counting, beside, clock, TIMEOUT);
    }

    CachedAggregate(Supplier<T> counting, Executor beside, Clock clock, Duration timeout) {
        this.counting = counting;
        this.beside = beside;
        this.clock = clock;
        this.timeout = timeout;
    }

    /** What was counted last, or is within two seconds; empty while the first count takes longer. */
    public Optional<T> get() {
        try {
            return Optional.of(latest().get(timeout.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException e) {
            return known();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return known();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException failure ? failure : new IllegalStateException(e.getCause());
        }
    }

    private synchronized Optional<T> known() {
        return Optional.ofNullable(known);
    }

    private synchronized CompletableFuture<T> latest() {
        Instant now = clock.instant();
        boolean clockWentBack = now.isBefore(begun);
        boolean old = latest == null || latest.isCompletedExceptionally() || clockWentBack || !now.isBefore(due);
        if (latest == null || (latest.isDone() && old)) {
            begun = now;
            latest = CompletableFuture.supplyAsync(this::counted, beside);
        }
        return latest;
    }

    private T counted() {
        T counted = counting.get();
        Instant end = clock.instant();
        synchronized (this) {
            known = counted;
            Duration seldom = Duration.between(begun, end).multipliedBy(SELDOM);
            due = end.plus(seldom.compareTo(FRESH) > 0 ? seldom : FRESH);
        }
        return counted;
    }
}
