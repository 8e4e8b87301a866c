// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A connector whose accounts may log in with tokens of an authorization server (OAuth 2.0). */
public interface OAuthLogin {
    /** How an account gets its tokens; empty for one that logs in some other way. */
    Optional<Client> oauth(Account account);

    /**
     * The program at the authorization server.
     *
     * @param grants one for each thing that a token is needed for; all by the same login or secret
     * @param deviceUrl where a login by code on another device begins (RFC 8628 §3.1); null where that is not offered
     * @param authorizeUrl the page where a person allows it (RFC 6749 §3.1), for logins without a device code
     * @param loginScope what the person is asked to allow
     * @param unused how long the server keeps a refresh token that is not used; null for unknown
     * @param expiresAt when the client's secret or the login ends, as the operator says; null for unknown
     */
    record Client(
            List<TokenGrant> grants,
            @Nullable URI deviceUrl,
            @Nullable URI authorizeUrl,
            String loginScope,
            @Nullable Duration unused,
            @Nullable Instant expiresAt) {
        public Client {
            grants = List.copyOf(grants);
        }

        /** The grant that a person's login serves; empty for a program that acts in its own name. */
        public Optional<RefreshGrant> refresh() {
            return grants.stream()
                    .filter(RefreshGrant.class::isInstance)
                    .map(RefreshGrant.class::cast)
                    .findFirst();
        }
    }
}
