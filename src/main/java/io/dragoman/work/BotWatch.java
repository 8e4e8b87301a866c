// SPDX-License-Identifier: Apache-2.0
package io.dragoman.work;

import io.dragoman.store.Deliveries;
import io.dragoman.store.Tx;

/** Passes over a bot that does not answer, within the transaction that ends a delivery: implemented by the journey. */
public interface BotWatch {

    /** The time of a bot's answer is over; false when it has answered, or no longer has the conversation. */
    boolean due(Tx tx, Deliveries.Stored timer, long now);

    /** A notice to a desk is dead: where the desk is a bot, it never learns what the customer wrote. */
    void dead(Tx tx, Deliveries.Stored notice, long now);
}
