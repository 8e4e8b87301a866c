// SPDX-License-Identifier: Apache-2.0
package io.dragoman.contract;

import io.dragoman.connector.Outcome;
import io.dragoman.simulator.Simulator.Delivered;
import java.util.List;

/** What the checks need to know of a connector whose simulator says whom a message reached. */
public interface AnsweredSample extends ConnectorSample {
    /**
     * A customer writes, then another one; the first is answered where their message said.
     *
     * @param customer the name of the first, in the simulator's words
     */
    Answered answered(String customer, String another, String text) throws Exception;

    /**
     * What became of an answer.
     *
     * @param delivered what has reached customers since, of whatever message
     */
    record Answered(Outcome outcome, List<Delivered> delivered) {
        public Answered {
            delivered = List.copyOf(delivered);
        }
    }
}
