// SPDX-License-Identifier: Apache-2.0
package io.dragoman.app.pause;

import io.dragoman.delivery.Outbox;
import io.dragoman.store.Lanes;
import io.dragoman.store.Pauses;
import io.dragoman.store.ReadAccess;
import java.util.List;
import java.util.function.Predicate;

/** What is paused. Blocks. */
public final class PauseQueries {
    private static final int MOST_LANES = 500;

    private final ReadAccess store;
    private final Predicate<String> configured;

    /** @param configured whether there is a channel or desk of this id */
    public PauseQueries(ReadAccess store, Predicate<String> configured) {
        this.store = store;
        this.configured = configured;
    }

    /**
     * Channels and desks that are paused, and lanes: at most 500 of these.
     *
     * @param unconfigured the channels and desks for which something waits although they are not configured
     */
    public record PauseList(List<Pauses.Pause> targets, List<Lanes.Paused> lanes, List<String> unconfigured) {}

    public PauseList list() {
        return store.read(tx -> new PauseList(
                tx.pauses().all(), tx.lanes().paused(MOST_LANES), List.copyOf(Outbox.unconfigured(tx, configured))));
    }
}
