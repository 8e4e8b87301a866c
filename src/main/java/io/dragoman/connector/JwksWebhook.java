// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector;

import java.util.Optional;

/**
 * A webhook whose requests are proved by keys that the sender publishes and changes. The gateway fetches and keeps them;
 * a connector says where they are, and verifies with what it is given.
 */
public interface JwksWebhook extends Webhook {

    /** Where the keys for this account are published; empty when it needs none. */
    Optional<JwksSource> jwks(Account account);

    /**
     * Checks that what was posted is authentic, as {@link Webhook#verify}. Pure.
     *
     * @param keys the newest that are known
     * @throws AuthenticationFailed when it is not, {@link AuthenticationFailed#isUnknownKey} when another key may prove it
     */
    Verified verify(Account account, Request request, Jwks keys) throws AuthenticationFailed;

    /** The same without any key. */
    @Override
    default Verified verify(Account account, Request request) throws AuthenticationFailed {
        return verify(account, request, Jwks.NONE);
    }
}
