// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector;

/** A channel that can show the customer that their message was seen. */
public interface ReadMarker {

    /** Whether this account does. */
    default boolean marksRead(Account account) {
        return true;
    }

    /** Shows it: exactly one attempt. */
    Outcome markRead(Account account, Outbound.ReadReceipt receipt, Transport transport);
}
