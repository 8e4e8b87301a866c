// SPDX-License-Identifier: Apache-2.0
package io.dragoman.journey;

import io.dragoman.journey.Commit.Ended;
import io.dragoman.model.MessagePiece;
import io.dragoman.store.Events;
import io.dragoman.store.Tx;
import io.dragoman.store.WaitingPieces;
import java.util.function.Supplier;

/** Keeps a piece of a message until the others are there; then the message stands behind it in its lane. */
public final class CommitPiece {
    private final Supplier<String> ids;

    /** @param ids makes ids in rising order */
    public CommitPiece(Supplier<String> ids) {
        this.ids = ids;
    }

    Ended apply(Tx tx, Events.Stored stored, MessagePiece piece, long now) {
        tx.waitingPieces().add(stored.source(), piece, now).forEach(message -> tx.events()
                .take(WaitingPieces.arrived(stored.source(), message, now), ids, now));
        return Ended.DONE;
    }
}
