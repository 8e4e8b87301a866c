// SPDX-License-Identifier: Apache-2.0
package io.dragoman.contract;

import io.dragoman.connector.Jwks;
import io.dragoman.connector.Request;
import java.util.List;

/** What the checks need to know of a connector that somebody posts to. */
public interface WebhookSample extends ReadSample {
    /** The keys that prove {@link #signed}, where the sender publishes them. */
    default Jwks jwks() {
        return Jwks.NONE;
    }

    /** The headers that prove a request, in lower case: any of them changed must refuse it. Empty: the query does. */
    List<String> proof();

    /** The parameters of the query that prove a request, likewise. Empty where no parameter but a secret does. */
    default List<String> proofParameters() {
        return List.of();
    }

    /** Whether the proof covers the body: a bare secret token does not. */
    default boolean provesBody() {
        return true;
    }

    /** Whether the proof covers the very same thing in other letters, such as {@code %2b} for {@code %2B} in a form. */
    default boolean meansTheSame(Request request) {
        return false;
    }
}
