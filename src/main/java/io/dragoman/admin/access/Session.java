// SPDX-License-Identifier: Apache-2.0
package io.dragoman.admin.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;

/**
 * Somebody who is logged in to the console. Immutable.
 *
 * @param key the hash of its cookie
 * @param csrf what a request that changes something must carry besides the cookie
 * @param ends when it ends at the latest
 * @param idleEnds when it ends unless it is used before
 */
public record Session(String key, Principal identity, String csrf, Instant ends, Instant idleEnds) {
    /** When it ends if nothing more is asked. */
    public Instant expiresAt() {
        return idleEnds.isBefore(ends) ? idleEnds : ends;
    }

    /** Whether this is its CSRF token. Takes the same time for all of one length. */
    public boolean hasCsrf(String shown) {
        return MessageDigest.isEqual(csrf.getBytes(StandardCharsets.UTF_8), shown.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String toString() {
        return "Session[" + identity + "]";
    }
}
