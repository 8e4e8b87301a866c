// SPDX-License-Identifier: Apache-2.0
package io.dragoman.delivery;

import io.dragoman.model.Words;
import io.dragoman.store.Deliveries.State;
import java.time.Instant;

/**
 * What became of a delivery by an attempt, as the log says it: how the attempt itself ended does not tell, since a
 * refusal may be final or tried again. Immutable.
 *
 * @param needsPerson whether nothing more happens by itself and it did not certainly arrive
 */
record Settled(String words, boolean needsPerson) {
    /** Its conversation waits until somebody resumes it. */
    static final Settled PAUSED = new Settled("paused", true);

    /**
     * One step is through.
     *
     * @param part which, from 1
     */
    static Settled sent(int part, int parts) {
        return new Settled(parts > 1 ? "sent, part " + part + " of " + parts : "sent", false);
    }

    /**
     * It is tried again.
     *
     * @param at when, in milliseconds since 1970
     */
    static Settled again(long at) {
        return new Settled("failed, tried again at " + Instant.ofEpochMilli(at), false);
    }

    /** It ended without success. */
    static Settled ended(State state) {
        return new Settled(Words.of(state), state == State.DEAD || state == State.UNCERTAIN);
    }
}
