// SPDX-License-Identifier: Apache-2.0
package io.dragoman.store;

import org.jspecify.annotations.Nullable;

/** Work that we hold: a lane and its head. */
public sealed interface LeasedWork {
    Lanes.Claim claim();

    /** Whether it must be the only work of its kind under way: the process ended with it before, and may again. */
    boolean alone();

    /**
     * An event of the inbox.
     *
     * @param remembered what is stored, where this process took it in just now and need not read it
     */
    record Event(Lanes.Claim claim, Events.Stored stored, io.dragoman.model.@Nullable Event remembered, boolean alone)
            implements LeasedWork {
        /** What happened. */
        public io.dragoman.model.Event event() {
            return remembered == null ? stored.event() : remembered;
        }
    }

    /**
     * A delivery of the outbox, its attempt begun on disk.
     *
     * @param attempt the attempt's number
     * @param interrupted whether the attempt before began and its outcome is unknown
     */
    record Delivery(Lanes.Claim claim, Deliveries.Stored stored, int attempt, boolean interrupted, boolean alone)
            implements LeasedWork {
        /** Whether an attempt before this one may have sent it. */
        public boolean unsure() {
            return interrupted || stored.unsure();
        }

        /** The attempt's number since the step, or the replay, began. */
        public int tries() {
            return attempt - stored.base();
        }
    }
}
