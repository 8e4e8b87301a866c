// SPDX-License-Identifier: Apache-2.0
package io.dragoman.app.measure;

import io.dragoman.store.MeasureFigures.Measured;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;

/**
 * Whether customers came back after their conversation was closed: it was opened again, or they began another, on whatever
 * channel, within so many days. Conversations are told in the order in which they began.
 */
final class ComingBack {
    private final Duration within;
    private final Instant now;
    private final Map<String, PriorityQueue<Settling>> settling = new HashMap<>();

    ComingBack(Duration within, Instant now) {
        this.within = within;
        this.now = now;
    }

    private record Settling(Instant closed, List<MeasureTally> tallies) {
        void settle(boolean atOnce) {
            tallies.forEach(tally -> tally.settled(atOnce));
        }
    }

    /** The customer came at this time: what was closed shortly before did not settle it. */
    void comes(Measured one) {
        PriorityQueue<Settling> closed = settling.get(one.contact());
        while (closed != null && !closed.isEmpty() && closed.peek().closed().isBefore(one.createdAt())) {
            Settling earlier = closed.remove();
            earlier.settle(earlier.closed().plus(within).isBefore(one.createdAt()));
        }
    }

    /** This one is counted, in these groups. */
    void count(Measured one, List<MeasureTally> tallies) {
        Instant closed = one.turns().closed();
        if (closed == null) {
            return;
        }
        Instant settled = closed.plus(within);
        Instant reopened = one.turns().reopened();
        if (settled.isAfter(now)) {
            tallies.forEach(MeasureTally::pending);
        } else if (reopened != null && !reopened.isAfter(settled)) {
            tallies.forEach(tally -> tally.settled(false));
        } else {
            settling.computeIfAbsent(
                            one.contact(), contact -> new PriorityQueue<>(Comparator.comparing(Settling::closed)))
                    .add(new Settling(closed, tallies));
        }
    }

    /** Nobody else comes. */
    void end() {
        settling.values().forEach(all -> all.forEach(one -> one.settle(true)));
        settling.clear();
    }
}
