// SPDX-License-Identifier: Apache-2.0
package io.dragoman.route;

/** A channel refuses what a route hands over to {@code intake:}; nothing of it is stored. */
public final class HandOverRefused extends Exception {
    private static final long serialVersionUID = 1L;

    HandOverRefused(String channel, String why) {
        super("the channel " + channel + " refuses it: " + why);
    }
}
