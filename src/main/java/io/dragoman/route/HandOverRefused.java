// SPDX-License-Identifier: Apache-2.0
package io.dragoman.route;

/** A channel takes nothing of what a route hands over to {@code intake:}, and nothing of it is stored. */
public final class HandOverRefused extends Exception {
    private static final long serialVersionUID = 1L;

    HandOverRefused(String channel, String why) {
        super("the channel " + channel + " takes nothing: " + why);
    }
}
