// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector;

import org.jspecify.annotations.Nullable;

/**
 * Closes what a connector holds open between the polls of one account when its polling stops: between two polls at once,
 * during one when that has ended. One thread polls, any thread stops. Thread-safe.
 */
public final class PollHold {
    private final Runnable close;
    private final Runnable wake;
    private @Nullable PollContext known;
    private boolean polling;

    /**
     * Of something that is open.
     *
     * @param close closes it; more than once does no harm
     * @param wake has a poll that waits look whether it is to stop
     */
    public PollHold(Runnable close, Runnable wake) {
        this.close = close;
        this.wake = wake;
    }

    /** A poll begins; {@link #end} is called after it, however it ends. */
    public synchronized void begin(PollContext context) {
        polling = true;
        if (known != context) {
            known = context;
            context.onStop(this::stopped);
        }
    }

    /** The poll has ended. */
    public void end(PollContext context) {
        synchronized (this) {
            polling = false;
        }
        if (context.stopping()) {
            close.run();
        }
    }

    private void stopped() {
        boolean between;
        synchronized (this) {
            between = !polling;
        }
        (between ? close : wake).run();
    }

    @Override
    public String toString() {
        return "PollHold[…]";
    }
}
