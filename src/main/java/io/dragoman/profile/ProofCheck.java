// SPDX-License-Identifier: Apache-2.0
package io.dragoman.profile;

import io.dragoman.connector.Account;
import io.dragoman.connector.AuthenticationFailed;
import io.dragoman.connector.Jwks;
import io.dragoman.connector.JwksSource;
import io.dragoman.connector.Request;
import io.dragoman.connector.Verified;
import java.util.Optional;
import java.util.Set;

/** One way to know that a request is authentic. Immutable. */
interface ProofCheck {
    /** The request's headers that it looks at. */
    Set<String> headers();

    /** Accepts the request; without its secret only where the account is {@code insecure}. */
    Verified verify(Account account, Request request) throws AuthenticationFailed;

    /** Accepts the request likewise, by one of the keys that {@link #source} has. */
    default Verified verify(Account account, Request request, Jwks keys) throws AuthenticationFailed {
        return verify(account, request);
    }

    /** Where the keys are published that prove a request; empty where none has to be fetched. */
    default Optional<JwksSource> source(Account account) {
        return Optional.empty();
    }

    /** In a few words, for the tables. */
    String description();

    /** Whether it signs our own address, so that the account must know it. */
    default boolean signsAddress() {
        return false;
    }

    /** What the proof itself says, where the payload stands in it. */
    default Optional<Object> claims(Request request) {
        return Optional.empty();
    }

    /** Whether the secret is the last step of the path. */
    default boolean inPath() {
        return false;
    }

    /** What stands behind the path in the address that the provider is given; empty for nothing. */
    default Optional<String> segment(Account account) {
        return Optional.empty();
    }

    /** What stands behind {@code ?} in the address that the provider is given; empty for nothing. */
    default Optional<String> query(Account account) {
        return Optional.empty();
    }
}
