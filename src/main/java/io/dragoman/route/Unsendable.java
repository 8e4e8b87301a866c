// SPDX-License-Identifier: Apache-2.0
package io.dragoman.route;

import io.dragoman.model.Reason;

/** A step of a route knows that a message cannot go out, now or later, and that nothing of it did. */
public final class Unsendable extends Exception {
    private static final long serialVersionUID = 1L;

    private final Reason reason;

    /** @param why a sentence for the agent, without the message's text or address */
    public Unsendable(Reason reason, String why) {
        super(why);
        this.reason = reason;
    }

    Reason reason() {
        return reason;
    }

    String why() {
        return String.valueOf(getMessage());
    }
}
