// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector;

import java.time.Instant;

/**
 * How a program gets an access token in its own name from one provider, and how that provider says that one is no good.
 * Two that are equal share a token in {@link AccessTokens}. Immutable; shows no secret.
 */
public interface TokenGrant {
    /** What a server that was asked for a token said. */
    sealed interface Answer permits Granted, Denied {}

    /**
     * A token.
     *
     * @param seconds how long it lives from now; 0 or less where that is not said
     */
    record Granted(Secret token, long seconds) implements Answer {}

    /** No token, and what that means for what was to be done with it: surely it was not done. */
    record Denied(Outcome outcome) implements Answer {}

    /**
     * The request for a token.
     *
     * @param now what is signed for it, where something is, begins to hold
     */
    HttpCall call(Instant now);

    /** What an answer to {@link #call} means. */
    Answer read(Response answer);

    /** Whether the answer to a request that carried a token says that the token is no good: then nothing was done. */
    default boolean refuses(Response answer) {
        return answer.status() == 401;
    }
}
