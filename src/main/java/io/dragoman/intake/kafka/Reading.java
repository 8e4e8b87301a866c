// SPDX-License-Identifier: Apache-2.0
package io.dragoman.intake.kafka;

import io.dragoman.store.InboxOffsets.Partition;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A partition that this gateway reads. Confined to the reader's thread, but for what {@code volatile} says. */
final class Reading {
    private static final int MOST_FAILURES = 3;

    final Partition partition;
    /** What the store says is the first record not taken in; null while the store must be asked. */
    volatile @Nullable Long next;
    /** How many records wait, as of the last look. */
    volatile long waiting;
    /** Why it is not read on, in a sentence; null while it is. */
    volatile @Nullable String problem;

    private final Map<Long, Integer> failures = new HashMap<>();
    private long notBefore;

    Reading(Partition partition) {
        this.partition = partition;
    }

    /** The store is to be asked before anything is read on, so many milliseconds from now at the earliest. */
    void askAgain(long millis) {
        next = null;
        notBefore = System.nanoTime() + millis * 1_000_000;
    }

    boolean mayAsk() {
        return next == null && System.nanoTime() - notBefore >= 0;
    }

    /** The store has taken in everything before this. */
    void isAt(long offset) {
        next = offset;
        problem = null;
        failures.keySet().removeIf(failed -> failed < offset);
    }

    /** Counts a failure of one record; says whether it has failed often enough to be given up. */
    boolean failedOften(long offset) {
        return failures.merge(offset, 1, Integer::sum) >= MOST_FAILURES;
    }
}
