// SPDX-License-Identifier: Apache-2.0
package io.dragoman.timer;

import io.dragoman.store.Events;
import io.dragoman.store.Store;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

/** Puts messages into the inbox whose missing pieces are not waited for any more. */
final class OverduePieces {
    private static final int BATCH = 100;

    private final Store store;
    private final Supplier<String> ids;
    private final Clock clock;

    /** @param ids makes ids in rising order */
    OverduePieces(Store store, Supplier<String> ids, Clock clock) {
        this.store = store;
        this.ids = ids;
        this.clock = clock;
    }

    /** Takes in a batch of what is overdue now; gives how many messages. */
    int fire() {
        long now = clock.millis();
        if (!store.read(tx -> tx.waitingPieces().due(now))) {
            return 0;
        }
        try {
            return store.takeIn(tx -> {
                        List<Events.Arrived> overdue = tx.waitingPieces().takeOverdue(now, BATCH);
                        overdue.forEach(message -> tx.events().take(message, ids, now));
                        return overdue.size();
                    })
                    .join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }
}
