// SPDX-License-Identifier: Apache-2.0
package io.dragoman.app.pause;

import io.dragoman.store.Store;
import java.time.Clock;
import java.util.function.Predicate;

/** Stops what goes out to a channel or desk, or one lane, and lets it go on. What comes in is still taken. Blocks. */
public final class PauseService {
    private final Store store;
    private final Predicate<String> known;
    private final Clock clock;

    /** @param known whether there is a channel or desk of this id */
    public PauseService(Store store, Predicate<String> known, Clock clock) {
        this.store = store;
        this.known = known;
        this.clock = clock;
    }

    /** Pauses a channel, a desk, or else a lane; false when there is nothing of this name. */
    public boolean pause(String id, String reason) {
        long now = clock.millis();
        return store.writeAndWait(tx -> {
            if (known.test(id)) {
                tx.pauses().pause(id, reason, now);
                return true;
            }
            return tx.lanes().pause(id, reason);
        });
    }

    /** Resumes; false when nothing of this name is paused. */
    public boolean resume(String id) {
        return store.writeAndWait(tx -> tx.pauses().resume(id) || tx.lanes().resume(id));
    }
}
