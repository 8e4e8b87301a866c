// SPDX-License-Identifier: Apache-2.0
package io.dragoman.work;

import io.dragoman.model.CustomerEvent;
import io.dragoman.model.Message;
import io.dragoman.model.Reason;
import io.dragoman.model.Status;
import io.dragoman.store.Tx;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Applies the end of a delivery to its message, within a transaction: implemented by the journey. */
public interface MessageNews {

    /** Applies receipts and news that came before the message had this id: call it when the id is stored. */
    void known(Tx tx, String channel, String externalId, long now);

    /**
     * Applies a receipt: to the status of the message, or as a notice where it is about a copy.
     *
     * @param cause what the notice is keyed by
     * @return false when it changes nothing
     */
    boolean receipt(Tx tx, String event, String cause, Message message, CustomerEvent.Receipt receipt, long now);

    /**
     * Updates the status of a message of ours by what came of sending it, and notifies the desk. A failure always counts:
     * the pieces before it may have been delivered, the whole was not.
     *
     * @param cause what the notice is keyed by
     * @param notes what agents have to know of it, as sentences
     * @return false when it was as far or further, and agents have to know nothing
     */
    boolean activity(
            Tx tx,
            String event,
            String cause,
            Message message,
            Status news,
            @Nullable Reason reason,
            @Nullable String detail,
            List<String> notes,
            long now);

    /**
     * Notifies the desk, where it has to know, that nobody can say whether a message of ours arrived.
     *
     * @param cause what the notice is keyed by
     */
    void uncertain(Tx tx, String cause, Message message, @Nullable String detail, long now);
}
