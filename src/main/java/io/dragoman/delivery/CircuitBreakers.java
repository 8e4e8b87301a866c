// SPDX-License-Identifier: Apache-2.0
package io.dragoman.delivery;

import io.dragoman.connector.Outcome;
import io.dragoman.model.Reason;
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
 * What each target can take now. After a few failures in a row that are the target's and not the message's, nothing
 * goes there but a single delivery now and then, which tells when it is back: the backlog waits untried, in order,
 * and no worker waits for a target that hangs. Thread-safe.
 */
public final class CircuitBreakers {
    private static final int TROUBLED_AFTER = 5;
    private static final Duration FIRST_REST = Duration.ofSeconds(2);
    private static final Duration LONGEST_REST = Duration.ofSeconds(30);
    private static final Duration JUST_BACK = Duration.ofMinutes(1);
    private static final Duration SOON = Duration.ofSeconds(5);
    private static final Duration LONGEST_ASKED = Duration.ofHours(1);
    private static final Set<Reason> ITS_OWN = EnumSet.of(
            Reason.THROTTLED,
            Reason.PROVIDER_DOWN,
            Reason.TIMEOUT,
            Reason.AUTHENTICATION_FAILED,
            Reason.ACCOUNT_BLOCKED);

    private final int atOnce;
    private final Clock clock;
    private final Map<String, Trouble> troubles = new ConcurrentHashMap<>();
    private final Map<String, Instant> back = new ConcurrentHashMap<>();
    private volatile Set<String> paused = Set.of();

    /**
     * Begins with every target well.
     *
     * @param atOnce how many deliveries to one target may be under way
     */
    public CircuitBreakers(int atOnce, Clock clock) {
        this.atOnce = atOnce;
        this.clock = clock;
    }

    /**
     * Failures in a row.
     *
     * @param since when the first of them was
     * @param until before when nothing goes there; null while there are too few to hold back
     */
    public record Trouble(
            int failures, Instant since, @Nullable Instant until, Reason reason, String detail) {}

    /** How many more deliveries may go to a target now. */
    int room(String target, int underWay) {
        if (paused.contains(target)) {
            return 0;
        }
        Trouble trouble = troubles.get(target);
        Instant until = trouble == null ? null : trouble.until();
        if (until == null) {
            return Math.max(0, atOnce - underWay);
        }
        return clock.instant().isBefore(until) ? 0 : Math.max(0, 1 - underWay);
    }

    void paused(Set<String> targets) {
        paused = Set.copyOf(targets);
    }

    /** Whether a failure says something of the target rather than of the message. */
    static boolean itsOwn(Reason reason) {
        return ITS_OWN.contains(reason);
    }

    /**
     * Learns how an attempt ended.
     *
     * @return whether the target was held back and is well again
     */
    boolean ended(String target, Outcome outcome) {
        if (outcome instanceof Outcome.Retry retry && itsOwn(retry.reason())) {
            failed(target, retry.reason(), retry.detail(), retry.after());
        } else if (outcome instanceof Outcome.Refused refused && itsOwn(refused.reason())) {
            failed(target, refused.reason(), refused.detail(), null);
        } else if (outcome instanceof Outcome.Uncertain uncertain) {
            failed(target, uncertain.reason(), uncertain.detail(), null);
        } else if (!(outcome instanceof Outcome.Retry)) {
            Trouble before = troubles.remove(target);
            boolean wasHeldBack = before != null && before.until() != null;
            if (wasHeldBack) {
                back.put(target, clock.instant());
            }
            return wasHeldBack;
        }
        return false;
    }

    /** Takes a target for well again: it is configured otherwise now. */
    public void forget(String target) {
        troubles.remove(target);
    }

    /** The wait for one more try there: short while the target has only just come back, for the failure may be older. */
    Duration wait(String target, Duration scheduled) {
        Instant since = back.get(target);
        boolean justBack = since != null && clock.instant().isBefore(since.plus(JUST_BACK));
        return justBack && scheduled.compareTo(SOON) > 0 ? SOON : scheduled;
    }

    private void failed(String target, Reason reason, String detail, @Nullable Duration asked) {
        Instant now = clock.instant();
        troubles.compute(target, (id, before) -> {
            int failures = before == null ? 1 : before.failures() + 1;
            Instant since = before == null ? now : before.since();
            return new Trouble(failures, since, until(failures, asked, now), reason, detail);
        });
    }

    private static @Nullable Instant until(int failures, @Nullable Duration asked, Instant now) {
        if (failures < TROUBLED_AFTER) {
            return null;
        }
        Duration rest = FIRST_REST.multipliedBy(1L << Math.min(failures - TROUBLED_AFTER, 10));
        rest = rest.compareTo(LONGEST_REST) > 0 ? LONGEST_REST : rest;
        if (asked != null && asked.compareTo(rest) > 0) {
            rest = asked.compareTo(LONGEST_ASKED) > 0 ? LONGEST_ASKED : asked;
        }
        return now.plus(rest);
    }

    /** What is wrong with a target; empty when nothing is. */
    public Optional<Trouble> trouble(String target) {
        return Optional.ofNullable(troubles.get(target));
    }
}
