// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector;

import java.util.Set;

/** A connector to which somebody posts. */
public interface Webhook {

    /** Whether this account gets webhooks. */
    default boolean receivesWebhooks(Account account) {
        return true;
    }

    /** Whether it takes what is posted one level below the account's path too, where a secret may stand. */
    default boolean takesBelow() {
        return false;
    }

    /** The request headers that {@code verify} and {@code read} need; beside {@code content-type} no other survives. */
    Set<String> headers();

    /**
     * Checks that what was posted is authentic, over its raw bytes and in constant time. Every way to a {@link Verified}
     * leads through {@link Signature}.
     *
     * @throws AuthenticationFailed when it is not
     */
    Verified verify(Account account, Request request) throws AuthenticationFailed;

    /** The answer for the sender, given after everything it sent is durable. */
    default Acknowledgement acknowledge(Account account, Request request) {
        return Acknowledgement.OK;
    }
}
