// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector;

/** A request that is not authentic. The message is ours and constant; it never repeats what was sent. */
public final class AuthenticationFailed extends Exception {
    private static final long serialVersionUID = 1L;

    private final int status;

    /** A missing or wrong signature: 401. */
    public AuthenticationFailed(String message) {
        this(401, message);
    }

    /**
     * @param status 401 or 403
     */
    public AuthenticationFailed(int status, String message) {
        super(message, null, false, false);
        this.status = status;
    }

    public int status() {
        return status;
    }
}
