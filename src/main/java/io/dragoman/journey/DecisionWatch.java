// SPDX-License-Identifier: Apache-2.0
package io.dragoman.journey;

import io.dragoman.rules.Decision;
import io.dragoman.rules.facts.Situation;

/** Learns what the rules decided; it must neither wait nor fail. */
@FunctionalInterface
public interface DecisionWatch {
    /** Nobody wants to know. */
    DecisionWatch NONE = (message, situation, decision) -> {};

    /**
     * A message was decided on; not yet committed.
     *
     * @param message its id
     */
    void decided(String message, Situation situation, Decision decision);
}
