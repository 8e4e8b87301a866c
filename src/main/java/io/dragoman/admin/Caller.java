// SPDX-License-Identifier: Apache-2.0
package io.dragoman.admin;

import io.dragoman.admin.access.Principal;
import io.dragoman.admin.access.Session;
import org.jspecify.annotations.Nullable;

/**
 * Where a request comes from.
 *
 * @param address of the client, past the proxies that are trusted
 * @param https whether the client came by https, as a trusted proxy says
 * @param identity null where the route is open and nothing was shown
 * @param session null for a bearer token, and where nothing was shown
 */
record Caller(
        String address,
        boolean https,
        @Nullable Principal identity,
        @Nullable Session session) {
    /** Somebody who shows nothing. */
    static Caller unknown(String address) {
        return new Caller(address, false, null, null);
    }
}
