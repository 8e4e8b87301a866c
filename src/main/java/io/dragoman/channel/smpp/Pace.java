// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.smpp;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** How fast an account may send: one after the other, at even distances. Thread-safe. */
final class Pace {
    /** Who would have to wait longer is sent back to the queue. */
    private static final Duration LONGEST = Duration.ofSeconds(5);

    private final Duration distance;
    private Instant next = Instant.MIN;

    Pace(int perSecond) {
        distance = Duration.ofNanos(1_000_000_000L / perSecond);
    }

    /** How long whoever asks now has to wait for their turn; empty when that is too long, and they get none. */
    synchronized Optional<Duration> turn(Instant now) {
        Instant turn = next.isAfter(now) ? next : now;
        Duration wait = Duration.between(now, turn);
        if (wait.compareTo(LONGEST) > 0) {
            return Optional.empty();
        }
        next = turn.plus(distance);
        return Optional.of(wait);
    }

    /** Nobody's turn comes before this. */
    synchronized void pause(Instant until) {
        next = next.isAfter(until) ? next : until;
    }
}
