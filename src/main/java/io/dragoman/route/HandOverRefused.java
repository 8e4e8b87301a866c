// SPDX-License-Identifier: Apache-2.0
package io.dragoman.route;

/** What a route handed over to {@code intake:} did not prove itself: nothing of it is kept. */
public final class HandOverRefused extends Exception {
    private static final long serialVersionUID = 1L;

    HandOverRefused() {
        super("the channel refused what the route handed over; the log and dragoman_refused_total say which channel."
                + " A route hands over to a channel of kind route");
    }
}
