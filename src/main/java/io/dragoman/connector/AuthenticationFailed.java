// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector;

/** A request that is not authentic. The message is ours and constant; it never repeats what was sent. */
public final class AuthenticationFailed extends Exception {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final boolean unknownKey;

    /** A missing or wrong signature: 401. */
    public AuthenticationFailed(String message) {
        this(401, message);
    }

    /**
     * @param status 401 or 403
     */
    public AuthenticationFailed(int status, String message) {
        this(status, false, message);
    }

    private AuthenticationFailed(int status, boolean unknownKey, String message) {
        super(message, null, false, false);
        this.status = status;
        this.unknownKey = unknownKey;
    }

    /** Signed with a key that is not among those that were fetched: the signer may have a new one. */
    public static AuthenticationFailed unknownKey(String message) {
        return new AuthenticationFailed(401, true, message);
    }

    /** Whether newer keys could prove what was refused. */
    public boolean isUnknownKey() {
        return unknownKey;
    }

    public int status() {
        return status;
    }
}
