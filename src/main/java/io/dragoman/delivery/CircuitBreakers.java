// SPDX-License-Identifier: Apache-2.0
package io.dragoman.delivery;

import io.dragoman.connector.Outcome;
import io.dragoman.model.Reason;
import io.dragoman.work.CallLimits;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A circuit breaker for each target. After a few failures in a row that are the target's and not the message's, nothing
 * goes there but a single probe at intervals, which closes the circuit when it succeeds: the backlog waits in order,
 * and no worker waits for a target that hangs. While the circuit is closed, how much goes there at once is found by
 * trying. Thread-safe.
 */
public final class CircuitBreakers {
    private static final int OPEN_AFTER = 5;
    private static final Duration FIRST_WAIT = Duration.ofSeconds(2);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);
    private static final Duration JUST_BACK = Duration.ofMinutes(1);
    private static final Duration SOON = Duration.ofSeconds(5);
    /** The longest wait that a target is believed to need. */
    static final Duration LONGEST_ASKED = Duration.ofHours(1);

    private static final Set<Reason> ITS_OWN = EnumSet.of(
            Reason.THROTTLED,
            Reason.PROVIDER_DOWN,
            Reason.TIMEOUT,
            Reason.AUTHENTICATION_FAILED,
            Reason.ACCOUNT_BLOCKED,
            Reason.BUDGET_EXHAUSTED);

    private final int atOnce;
    private final Clock clock;
    private final Map<String, FailureStreak> streaks = new ConcurrentHashMap<>();
    private final Map<String, ConcurrencyLimit> limits = new ConcurrentHashMap<>();
    private final Map<String, Instant> back = new ConcurrentHashMap<>();
    private final CallLimits calls;
    private volatile Set<String> paused = Set.of();

    /**
     * All circuits are closed at first.
     *
     * @param atOnce how many deliveries to one target may be under way at most
     */
    public CircuitBreakers(int atOnce, Clock clock) {
        this.atOnce = atOnce;
        this.clock = clock;
        this.calls = new CallLimits(clock);
    }

    /** How often desks may be called. */
    public CallLimits calls() {
        return calls;
    }

    /**
     * Failures in a row.
     *
     * @param since when the first of them was
     * @param until when the next attempt may go there; null while the circuit is closed
     */
    public record FailureStreak(
            int failures, Instant since, @Nullable Instant until, Reason reason, String detail) {}

    /** How many more deliveries may go to a target now. */
    int room(String target, int underWay) {
        if (paused.contains(target)) {
            return 0;
        }
        FailureStreak streak = streaks.get(target);
        Instant until = streak == null ? null : streak.until();
        if (until == null) {
            return Math.min(limit(target).room(underWay), calls.room(target, underWay));
        }
        return clock.instant().isBefore(until) ? 0 : Math.max(0, 1 - underWay);
    }

    /** Whether a target is neither paused nor failing, so that more than a probe goes there. */
    public boolean isClosed(String target) {
        FailureStreak streak = streaks.get(target);
        return !paused.contains(target) && (streak == null || streak.until() == null);
    }

    private ConcurrencyLimit limit(String target) {
        return limits.computeIfAbsent(target, id -> new ConcurrencyLimit(atOnce));
    }

    /** The channels and desks to which nothing goes out for now; one that is resumed begins without a wait. */
    public void paused(Set<String> targets) {
        Set<String> before = paused;
        paused = Set.copyOf(targets);
        before.stream().filter(target -> !targets.contains(target)).forEach(this::forget);
    }

    /** Whether a failure says something of the target rather than of the message. */
    static boolean itsOwn(Reason reason) {
        return ITS_OWN.contains(reason);
    }

    /**
     * Records the outcome of an attempt.
     *
     * @return whether the circuit was open and is closed now
     */
    boolean ended(String target, Outcome outcome) {
        if (outcome instanceof Outcome.Retry retry && itsOwn(retry.reason())) {
            failed(target, retry.reason(), retry.detail(), retry.after());
        } else if (outcome instanceof Outcome.Refused refused && itsOwn(refused.reason())) {
            failed(target, refused.reason(), refused.detail(), null);
        } else if (outcome instanceof Outcome.Uncertain uncertain) {
            failed(target, uncertain.reason(), uncertain.detail(), null);
        } else if (!(outcome instanceof Outcome.Retry)) {
            limit(target).succeeded();
            FailureStreak before = streaks.remove(target);
            boolean wasOpen = before != null && before.until() != null;
            if (wasOpen) {
                limits.remove(target); // it was away, not too slow
                back.put(target, clock.instant());
            }
            return wasOpen;
        }
        return false;
    }

    /** Closes a target's circuit: its configuration changed. */
    public void forget(String target) {
        streaks.remove(target);
        limits.remove(target);
    }

    /** The wait for one more try there: short while the target has only just come back, for the failure may be older. */
    Duration wait(String target, Duration scheduled) {
        Instant since = back.get(target);
        boolean justBack = since != null && clock.instant().isBefore(since.plus(JUST_BACK));
        return justBack && scheduled.compareTo(SOON) > 0 ? SOON : scheduled;
    }

    private void failed(String target, Reason reason, String detail, @Nullable Duration asked) {
        Instant now = clock.instant();
        limit(target).failed(now.toEpochMilli());
        streaks.compute(target, (id, before) -> {
            int failures = before == null ? 1 : before.failures() + 1;
            Instant since = before == null ? now : before.since();
            return new FailureStreak(failures, since, until(failures, asked, now), reason, detail);
        });
    }

    private static @Nullable Instant until(int failures, @Nullable Duration asked, Instant now) {
        if (failures < OPEN_AFTER) {
            return null;
        }
        Duration wait = FIRST_WAIT.multipliedBy(1L << Math.min(failures - OPEN_AFTER, 10));
        wait = wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait;
        if (asked != null && asked.compareTo(wait) > 0) {
            wait = asked.compareTo(LONGEST_ASKED) > 0 ? LONGEST_ASKED : asked;
        }
        return now.plus(wait);
    }

    /** A target's failures in a row; empty when the last attempt succeeded. */
    public Optional<FailureStreak> failures(String target) {
        return Optional.ofNullable(streaks.get(target));
    }
}
