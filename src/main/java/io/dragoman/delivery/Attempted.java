// SPDX-License-Identifier: Apache-2.0
package io.dragoman.delivery;

import io.dragoman.connector.Outcome;
import io.dragoman.model.Reason;
import io.dragoman.model.Words;
import io.dragoman.store.LeasedWork;
import io.dragoman.work.WorkOutcome;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A delivery after an attempt.
 *
 * @param steps how many steps the message is sent in
 * @param losses what the channel cannot show of it, as sentences
 * @param mayRepeat whether another attempt after an uncertain one is right
 * @param doubt whether it may be out already by an attempt before this one
 * @param tried whether the target was asked to take it: only then does the outcome tell anything of the target
 * @param lost the files that do not reach the customer while the rest does, as sentences for agents; they name them
 */
record Attempted(
        LeasedWork.Delivery claimed,
        Outcome outcome,
        int steps,
        List<String> losses,
        boolean mayRepeat,
        boolean doubt,
        boolean tried,
        List<String> lost)
        implements WorkOutcome {
    Attempted {
        losses = List.copyOf(losses);
        lost = List.copyOf(lost);
    }

    /** With no file lost. */
    Attempted(
            LeasedWork.Delivery claimed,
            Outcome outcome,
            int steps,
            List<String> losses,
            boolean mayRepeat,
            boolean doubt,
            boolean tried) {
        this(claimed, outcome, steps, losses, mayRepeat, doubt, tried, List.of());
    }

    /** The same, and these files do not reach the customer. */
    Attempted losing(List<String> files) {
        return new Attempted(claimed, outcome, steps, losses, mayRepeat, doubt, tried, files);
    }

    @Override
    public String endedAs() {
        return Words.of(OutcomeRow.ending(outcome));
    }

    @Override
    public @Nullable Reason endedBecause() {
        return OutcomeRow.reason(outcome);
    }

    @Override
    public boolean isFailure() {
        return !(outcome instanceof Outcome.Sent || outcome instanceof Outcome.Fetched);
    }

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

    /** No call was left for it: it waits for one, as if nothing had been done. */
    Attempted postponed(Duration wait) {
        String detail = "it waits for a call: all of callsPerMinute are used";
        return new Attempted(
                claimed,
                new Outcome.Retry(Reason.THROTTLED, detail, wait),
                1,
                List.of(),
                mayRepeat,
                claimed.unsure(),
                false);
    }

    /** How long it waits where no call was left for it; null otherwise. */
    @Nullable
    Duration postponement() {
        return !tried && outcome instanceof Outcome.Retry retry && retry.reason() == Reason.THROTTLED
                ? retry.after()
                : null;
    }

    /** What is sent in one step and loses nothing. */
    static Attempted whole(LeasedWork.Delivery claimed, Outcome outcome, boolean mayRepeat) {
        return new Attempted(claimed, outcome, 1, List.of(), mayRepeat, claimed.unsure(), true);
    }
}
