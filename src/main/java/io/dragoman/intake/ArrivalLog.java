// SPDX-License-Identifier: Apache-2.0
package io.dragoman.intake;

import io.dragoman.store.Events.Arrived;
import io.dragoman.work.TopicState;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Where what is posted is durable before it is in the store, which is filled from it. Of what one sender wrote, in the order
 * in which it was appended. Thread-safe.
 */
public interface ArrivalLog {
    /** Completes when all of it is durable; fails with {@link Unavailable} when some of it may not be. Never blocks. */
    CompletableFuture<Void> append(List<Arrived> arrived);

    /**
     * Makes it ready to be appended to; waits for that a while, and goes on trying beside.
     *
     * @throws io.dragoman.store.StoreException.Unusable when it can be reached and not be used, with what to do
     */
    void open();

    /** Begins to fill the store from it. */
    void drain();

    /** Ends that; others who share the store go on with it. Returns when nothing more of it is written. */
    void stopDraining();

    /** Ends all of it. */
    void close();

    /** How it is. */
    TopicState state();

    /** It cannot tell that it has it: whoever sent it is to send it again. */
    final class Unavailable extends RuntimeException {
        private static final long serialVersionUID = 1L;

        public Unavailable(String message) {
            super(message, null, false, false);
        }
    }
}
