// SPDX-License-Identifier: Apache-2.0
package io.dragoman.work;

/** Claimed work was not begun, for no fault of its own: nothing was done, and nothing is counted. */
public final class NotBegun extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** With the reason, for the story of the work. */
    public NotBegun(String why) {
        super(why);
    }

    public NotBegun(String why, Throwable cause) {
        super(why, cause);
    }
}
