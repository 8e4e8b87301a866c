// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.smpp;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A message that a session brought and that is to be answered once; for one thread. */
final class Arrival {
    /** After so long without an answer of ours, a centre may have given up waiting for it. */
    private static final Duration LATE = Duration.ofSeconds(5);

    final ShortMessage message;
    final Instant at;
    private final Bind bind;
    private final Answer answer;
    private @Nullable Instant taken;
    private boolean late;

    /** Sends a command_status back. */
    interface Answer {
        /** False when the session is gone: then the message comes again anyway. */
        boolean send(int status);
    }

    Arrival(Bind bind, ShortMessage message, Answer answer, Instant at) {
        this.bind = bind;
        this.message = message;
        this.answer = answer;
        this.at = at;
    }

    /** Whether it can still be answered. */
    boolean isOpen() {
        return bind.isOpen();
    }

    void take(Instant now) {
        if (answer.send(0)) {
            taken = now;
            late = at.plus(LATE).isBefore(now);
        }
    }

    void refuse() {
        answer.send(ErrorTable.BRING_AGAIN);
    }

    /** Whether the centre has our answer for certain: it went out in time and the session lived on, or ended in order. */
    boolean isSettled(Instant now, Duration soon, Duration latest) {
        return taken != null
                && (bind.isUnbound()
                        || (bind.isOpen() && taken.plus(late ? latest : soon).isBefore(now)));
    }

    /** Whether the centre may bring it again: it has no answer, got it late, or lost the session soon after. */
    boolean mayComeAgain() {
        return taken == null || late || (!bind.isOpen() && !bind.isUnbound());
    }
}
