// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector;

/** A request that is not authentic. The message is ours and constant; it never repeats what was sent. */
public final class Unverified extends Exception {
    private static final long serialVersionUID = 1L;

    private final int status;

    /** A missing or wrong signature: 401. */
    public Unverified(String message) {
        this(401, message);
    }

    /**
     * A refusal.
     *
     * @param status 401 or 403
     */
    public Unverified(int status, String message) {
        super(message, null, false, false);
        this.status = status;
    }

    public int status() {
        return status;
    }
}
