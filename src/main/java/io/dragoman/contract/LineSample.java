// SPDX-License-Identifier: Apache-2.0
package io.dragoman.contract;

import io.dragoman.connector.Account;
import io.dragoman.connector.Outbound.ToCustomer;
import io.dragoman.connector.Outcome;
import io.dragoman.connector.TransportFailure;
import io.dragoman.simulator.Answering;

/**
 * What the checks need to know of a connector that sends by a protocol of its own, to somebody who can be told how to
 * answer.
 */
public interface LineSample extends ConnectorSample {
    /** Who takes what is sent. */
    Answering provider();

    /** The account under an id that none had, so that nothing is held of it. */
    Account fresh();

    /** Likewise, of somebody who waits for no answer long. */
    Account impatient();

    /** Likewise, whose provider is not there. */
    Account unreachable();

    /** An address to which is sent; of a customer who has written, where that is needed. */
    String address();

    /**
     * Logs in, and stays so until it is closed.
     *
     * @throws TransportFailure when that fails
     */
    Line open(Account account) throws TransportFailure;

    /** Exactly one attempt, whether or not a line is open. */
    Outcome send(Account account, ToCustomer message);

    /** What is held while messages are sent. */
    interface Line extends AutoCloseable {
        @Override
        void close();
    }
}
