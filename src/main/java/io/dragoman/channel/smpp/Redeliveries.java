// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.smpp;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Tells a message that an SMS centre brings again, because our answer to it was lost, from one that a customer writes
 * again: SMPP gives both a new number and nothing else. Only what the centre may not know to be taken can come again, so
 * only that is remembered, in the position: what was stored last before a session or the process ended. For one thread.
 */
final class Redeliveries {
    /** A session that lives on for so long after our answer has carried it. */
    private static final Duration SETTLED = Duration.ofSeconds(10);
    /** The same after an answer that came late. */
    private static final Duration LATE = Duration.ofMinutes(10);
    /** For so long after a new session began, what was in doubt before may come again. */
    private static final Duration LONGEST = Duration.ofHours(1);

    private static final int MOST = 5_000;

    private final Map<String, Arrival> brought = new HashMap<>();
    private final Map<String, Instant> since = new HashMap<>();

    /** What of the stored fingerprints is still in doubt. */
    Set<String> open(List<String> stored, Instant now) {
        Set<String> open = new LinkedHashSet<>();
        for (String fingerprint : stored) {
            Arrival arrival = brought.get(fingerprint);
            boolean settled = arrival != null && arrival.isSettled(now, SETTLED, LATE);
            boolean lost = arrival == null || !arrival.isOpen();
            Instant begun = lost ? since.computeIfAbsent(fingerprint, unknown -> now) : now;
            if (!settled && now.isBefore(begun.plus(LONGEST))) {
                open.add(fingerprint);
            }
        }
        brought.keySet().retainAll(open);
        since.keySet().retainAll(open);
        return open;
    }

    /** Whether it is one of those in doubt; from now on it is, either way. */
    boolean isAgain(Arrival arrival, Set<String> open) {
        String fingerprint = arrival.message.fingerprint();
        Arrival before = brought.put(fingerprint, arrival);
        boolean again = !open.add(fingerprint) && (before == null || before.mayComeAgain());
        since.remove(fingerprint);
        return again;
    }

    /** The fingerprints to store, the latest of them where there are too many. */
    static List<String> stored(Set<String> open) {
        List<String> all = new ArrayList<>(open);
        return all.subList(Math.max(0, all.size() - MOST), all.size());
    }
}
