// SPDX-License-Identifier: Apache-2.0
package io.dragoman.contract;

import io.dragoman.connector.Account;
import io.dragoman.connector.Outcome;
import io.dragoman.connector.Request;
import java.util.List;

/** What the checks need to know of a connector whose provider tells what became of a message. */
public interface ReceiptSample extends ReadSample {
    /** Sends a text to a provider that takes it, and brings everything that it tells of that message. */
    Told told() throws Exception;

    /** The account that sent it. */
    default Account sender() {
        return account();
    }

    /**
     * What became of a message.
     *
     * @param outcome of the attempt
     * @param requests with which the provider told of it, in its order
     */
    record Told(Outcome outcome, List<Request> requests) {
        public Told {
            requests = List.copyOf(requests);
        }
    }
}
