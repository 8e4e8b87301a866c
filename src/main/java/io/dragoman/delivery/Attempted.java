// SPDX-License-Identifier: Apache-2.0
package io.dragoman.delivery;

import io.dragoman.connector.Outcome;
import io.dragoman.store.LeasedWork;
import java.util.List;
import java.util.stream.Stream;

/**
 * A delivery after an attempt.
 *
 * @param steps how many steps the message is sent in
 * @param losses what the channel cannot show of it, as sentences
 * @param mayRepeat whether another attempt after an uncertain one is right
 * @param doubt whether it may be out already by an attempt before this one
 * @param tried whether the target was asked to take it: only then does the outcome tell anything of the target
 */
record Attempted(
        LeasedWork.Delivery claimed,
        Outcome outcome,
        int steps,
        List<String> losses,
        boolean mayRepeat,
        boolean doubt,
        boolean tried) {

    /** All that the customer, or others, did not get of it, as sentences for the desk; they may name addresses. */
    List<String> allLosses() {
        return outcome instanceof Outcome.Sent sent
                ? Stream.concat(losses.stream(), sent.losses().stream()).toList()
                : losses;
    }

    /** What was decided without the target. */
    static Attempted untried(LeasedWork.Delivery claimed, Outcome outcome, boolean mayRepeat) {
        return new Attempted(claimed, outcome, 1, List.of(), mayRepeat, claimed.unsure(), false);
    }

    /** What is sent in one step and loses nothing. */
    static Attempted whole(LeasedWork.Delivery claimed, Outcome outcome, boolean mayRepeat) {
        return new Attempted(claimed, outcome, 1, List.of(), mayRepeat, claimed.unsure(), true);
    }
}
