// SPDX-License-Identifier: Apache-2.0
package io.dragoman.app.measure;

import io.dragoman.connector.OpeningHours;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** How long a business was open between two moments: its openings of a whole time, found once. Immutable. */
final class OpenTime {
    private final long[] opens;
    private final long[] closes;
    /** How long it was open in all before each opening. */
    private final long[] before;

    private OpenTime(List<long[]> openings) {
        opens = openings.stream().mapToLong(one -> one[0]).toArray();
        closes = openings.stream().mapToLong(one -> one[1]).toArray();
        before = new long[opens.length];
        for (int i = 1; i < opens.length; i++) {
            before[i] = before[i - 1] + closes[i - 1] - opens[i - 1];
        }
    }

    /** The openings of a time; empty where there are no hours of that name. */
    static Optional<OpenTime> of(OpeningHours hours, String name, Instant from, Instant to) {
        List<long[]> openings = new ArrayList<>();
        Instant at = from;
        while (at.isBefore(to)) {
            Optional<OpeningHours.State> state = hours.at(name, at);
            if (state.isEmpty()) {
                return Optional.empty();
            }
            Instant changes = state.get().changes();
            Instant next = changes == null || changes.isAfter(to) ? to : changes;
            if (state.get().open()) {
                openings.add(new long[] {at.toEpochMilli(), next.toEpochMilli()});
            }
            at = next;
        }
        return Optional.of(new OpenTime(openings));
    }

    /** So many milliseconds of opening lie between the two; 0 where the second is not later. */
    long between(Instant from, Instant to) {
        return Math.max(0, until(to.toEpochMilli()) - until(from.toEpochMilli()));
    }

    private long until(long at) {
        int found = Arrays.binarySearch(opens, at);
        int last = found >= 0 ? found : -found - 2;
        return last < 0 ? 0 : before[last] + Math.min(at, closes[last]) - opens[last];
    }
}
