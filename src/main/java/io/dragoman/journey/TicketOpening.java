// SPDX-License-Identifier: Apache-2.0
package io.dragoman.journey;

/**
 * An event names a ticket that nobody knows while one is being opened there, and may have overtaken the answer that names
 * it: nothing was done, and it is tried again a little later.
 */
final class TicketOpening extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TicketOpening() {
        super("a ticket is being opened at this desk whose id is not known yet", null, false, false);
    }
}
