// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector;

import io.dragoman.model.Reason;

/** A connection that could not be made or broke. The message names host and cause, never content or secret. */
public final class TransportFailure extends Exception {
    private static final long serialVersionUID = 1L;

    private final Reason reason;
    private final boolean maybeSent;

    private TransportFailure(Reason reason, boolean maybeSent, String message) {
        super(message);
        this.reason = reason;
        this.maybeSent = maybeSent;
    }

    /** Nothing reached the other side: no such host, refused, TLS failed. */
    public static TransportFailure notSent(Reason reason, String message) {
        return new TransportFailure(reason, false, message);
    }

    /** The request was on its way when the connection broke or went silent. */
    public static TransportFailure maybeSent(Reason reason, String message) {
        return new TransportFailure(reason, true, message);
    }

    public Reason reason() {
        return reason;
    }

    /** The message, which is always there. */
    public String detail() {
        return String.valueOf(getMessage());
    }

    public boolean maybeSent() {
        return maybeSent;
    }
}
