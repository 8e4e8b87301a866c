// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector;

import io.dragoman.model.Reason;

/** A connection that could not be made or broke. The message names host and cause, never content or secret. */
public final class TransportFailure extends Exception {
    private static final long serialVersionUID = 1L;

    private final Reason reason;
    private final boolean maybeSent;
    private final boolean permanent;
    private final boolean login;

    private TransportFailure(Reason reason, boolean maybeSent, boolean permanent, boolean login, String message) {
        super(message);
        this.reason = reason;
        this.maybeSent = maybeSent;
        this.permanent = permanent;
        this.login = login;
    }

    /** Nothing reached the other side: no such host, refused, TLS failed. */
    public static TransportFailure notSent(Reason reason, String message) {
        return new TransportFailure(reason, false, false, false, message);
    }

    /** The request was on its way when the connection broke or went silent. */
    public static TransportFailure maybeSent(Reason reason, String message) {
        return new TransportFailure(reason, true, false, false, message);
    }

    /** We do not ask this address, now or later: its text or what its name resolves to forbids it. */
    public static TransportFailure forbidden(String message) {
        return impossible(Reason.CONTENT_REFUSED, message);
    }

    /** Nothing reached the other side, and another try would end the same. */
    public static TransportFailure impossible(Reason reason, String message) {
        return new TransportFailure(reason, false, true, false, message);
    }

    /** A mail server refused user and password: trying again soon would lock the address out ({@link LoginWaits}). */
    public static TransportFailure loginRefused(String message) {
        return new TransportFailure(Reason.AUTHENTICATION_FAILED, false, false, true, message);
    }

    /** Whether a login was refused that the server counts. */
    public boolean isLoginRefused() {
        return login;
    }

    public Reason reason() {
        return reason;
    }

    /** The message, which is always there. */
    public String detail() {
        return String.valueOf(getMessage());
    }

    /** The same, of a request that changes nothing where it arrives. */
    public TransportFailure notSent() {
        return new TransportFailure(reason, false, permanent, login, detail());
    }

    /** Whether another try would end the same. */
    public boolean isPermanent() {
        return permanent;
    }

    public boolean maybeSent() {
        return maybeSent;
    }
}
