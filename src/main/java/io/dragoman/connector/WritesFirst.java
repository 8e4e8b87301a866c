// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector;

import io.dragoman.model.CustomerEvent.Sender;

/** A channel that can write to somebody who has not written to it; on any other the customer begins. */
public interface WritesFirst {

    /**
     * Who is at an address, with the address and the identities that a message from there would have: so their answer
     * joins the conversation. Pure.
     *
     * @param address as a person gives it
     * @throws MalformedPayload when nothing can be sent there; the message goes on after the address's name
     */
    Sender recipient(Account account, String address) throws MalformedPayload;

    /** Whether a message that begins a conversation needs a subject, as a mail does; else it can have none. */
    default boolean hasSubjects() {
        return false;
    }
}
