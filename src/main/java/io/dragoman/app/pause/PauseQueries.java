// SPDX-License-Identifier: Apache-2.0
package io.dragoman.app.pause;

import io.dragoman.store.Lanes;
import io.dragoman.store.Pauses;
import io.dragoman.store.ReadAccess;
import java.util.List;

/** What stands still. Blocks. */
public final class PauseQueries {
    private static final int MOST_LANES = 500;

    private final ReadAccess store;

    public PauseQueries(ReadAccess store) {
        this.store = store;
    }

    /** Channels and desks that are paused, and lanes: at most 500 of these. */
    public record PauseList(List<Pauses.Pause> targets, List<Lanes.Paused> lanes) {}

    public PauseList list() {
        return store.read(tx -> new PauseList(tx.pauses().all(), tx.lanes().paused(MOST_LANES)));
    }
}
