// SPDX-License-Identifier: Apache-2.0
package io.dragoman.journey;

import io.dragoman.store.Events;

/**
 * An event that may have overtaken the answer to a call of ours, and with it the id by which it would be known: nothing
 * was done, and it is tried again a little later.
 */
final class TooEarly extends RuntimeException {
    private static final long serialVersionUID = 1L;
    /** A webhook overtakes an answer by seconds; what is down, or was cut by a crash, takes longer. */
    private static final long MOST_MS = 60_000;

    private TooEarly(String what) {
        super(what, null, false, false);
    }

    /**
     * Lets an event wait until it is a minute old.
     *
     * @param what is under way, as a sentence
     * @throws TooEarly to wait
     */
    static void await(Events.Stored event, long now, String what) {
        if (now - event.receivedAt().toEpochMilli() < MOST_MS) {
            throw new TooEarly(what);
        }
    }
}
