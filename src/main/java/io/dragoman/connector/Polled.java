// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector;

/** A connector that asks for what is new: as its only way in, or to find what no webhook brought. */
public interface Polled {

    /** Whether this account is polled. */
    default boolean polls(Account account) {
        return true;
    }

    /**
     * What it logs in with at this moment: after a refused login a change of it is tried at once. Asks nobody.
     *
     * @param transport knows the logins of persons
     */
    default Object login(Account account, Transport transport) {
        return account;
    }

    /**
     * Waits for and takes what is new.
     *
     * @param position what the last committed batch returned; empty at first
     * @throws TransportFailure when the target cannot be reached; the poll is tried again later
     */
    Batch poll(Account account, String position, Transport transport, PollContext context) throws TransportFailure;
}
