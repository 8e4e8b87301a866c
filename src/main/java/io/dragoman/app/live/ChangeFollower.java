// SPDX-License-Identifier: Apache-2.0
package io.dragoman.app.live;

import io.dragoman.store.Changes.Change;
import io.dragoman.store.Tx;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;

/**
 * Follows which conversations change. Where several gateways write, a number can be missing that becomes visible later: it
 * is asked for until no transaction can still be writing it. Not thread-safe.
 */
public final class ChangeFollower {
    /** The database ends a transaction that does nothing for so long; another that takes longer there is not. */
    private static final Duration SETTLED = Duration.ofSeconds(60);

    private static final int MOST_MISSING = 1_000;

    private final TreeMap<Long, Instant> missing = new TreeMap<>();
    private long highest;
    private boolean behind;

    /** @param after the number that is known already */
    public ChangeFollower(long after) {
        highest = after;
    }

    /** Everything up to this number was given; who goes on from here misses nothing, and may get something twice. */
    public long settled() {
        return missing.isEmpty() ? highest : missing.firstKey() - 1;
    }

    /** The greatest number that was given. */
    public long highest() {
        return highest;
    }

    /** Whether there was more than was given the last time. */
    public boolean behind() {
        return behind;
    }

    /** The conversations that changed since, each once; at most so many, and the others the next time. */
    public Set<String> next(Tx tx, int most, Instant now) {
        List<Change> found = new ArrayList<>();
        missing.values().removeIf(since -> since.plus(SETTLED).isBefore(now));
        if (!missing.isEmpty()) {
            found.addAll(tx.changes().these(List.copyOf(missing.keySet())));
            found.forEach(change -> missing.remove(change.seq()));
        }
        List<Change> page = tx.changes().after(highest, most);
        behind = page.size() >= most;
        for (Change change : page) {
            for (long seq = highest + 1; seq < change.seq() && missing.size() < MOST_MISSING; seq++) {
                missing.put(seq, now);
            }
            highest = change.seq();
            found.add(change);
        }
        Set<String> conversations = new LinkedHashSet<>();
        found.forEach(change -> conversations.add(change.conversation()));
        return conversations;
    }
}
