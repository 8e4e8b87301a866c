// SPDX-License-Identifier: Apache-2.0
package io.dragoman.simulator.matrix;

/** How many messages a second a homeserver takes. Thread-safe. */
final class MessageRate {
    private long second;
    private int taken;
    private int most;

    /** @param messages 0 for any number */
    synchronized void most(int messages) {
        most = messages;
    }

    synchronized void take() throws MatrixError {
        long now = System.currentTimeMillis() / 1000;
        taken = now == second ? taken + 1 : 1;
        second = now;
        if (most > 0 && taken > most) {
            throw new MatrixError(429, "M_LIMIT_EXCEEDED", "Too Many Requests");
        }
    }
}
