// SPDX-License-Identifier: Apache-2.0
package io.dragoman.work;

import io.dragoman.model.Message;
import io.dragoman.model.Reason;
import io.dragoman.model.Status;
import io.dragoman.store.Tx;
import org.jspecify.annotations.Nullable;

/** What the end of a delivery means for its message: the journey knows, the delivery tells. Within a transaction. */
public interface MessageNews {

    /** Applies receipts and news that came before the message had this id: call it when the id is stored. */
    void known(Tx tx, String channel, String externalId, long now);

    /**
     * Moves a message of ours forward and tells the desk.
     *
     * @param cause what the notice is keyed by
     * @return false when it was as far or further
     */
    boolean activity(
            Tx tx,
            String event,
            String cause,
            Message message,
            Status news,
            @Nullable Reason reason,
            @Nullable String detail,
            long now);
}
