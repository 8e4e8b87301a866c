// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The refresh tokens of an installation, one an account. Thread-safe. */
public interface RefreshTokens {
    /** The token of an account as it is now: another process may have logged in. */
    Optional<RefreshToken> find(String account) throws IOException;

    /** Stores the token of a new login; it is durable when this returns. */
    void login(String account, RefreshToken token) throws IOException;

    /**
     * Stores what a renewal made of a token, durably, unless there was a new login meanwhile: then this one stays.
     *
     * @param used the token that was renewed
     */
    void renew(String account, RefreshToken used, RefreshToken next) throws IOException;

    /** Some that are forgotten with the process. */
    static RefreshTokens inMemory() {
        Map<String, RefreshToken> tokens = new ConcurrentHashMap<>();
        return new RefreshTokens() {
            @Override
            public Optional<RefreshToken> find(String account) {
                return Optional.ofNullable(tokens.get(account));
            }

            @Override
            public void login(String account, RefreshToken token) {
                tokens.put(account, token);
            }

            @Override
            public void renew(String account, RefreshToken used, RefreshToken next) {
                tokens.replace(account, used, next);
            }
        };
    }
}
