// SPDX-License-Identifier: Apache-2.0
package io.dragoman.journey;

import io.dragoman.journey.Commit.Ended;
import io.dragoman.model.TimerFired;

/** Does what a timer was set for. */
final class CommitTimer {
    private CommitTimer() {}

    static Ended apply(TimerFired event) {
        return Ended.ignored(
                "unknown-timer",
                "nothing in this version sets timers of the kind "
                        + event.timer().kind());
    }
}
