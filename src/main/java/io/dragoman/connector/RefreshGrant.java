// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector;

import java.net.URI;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a program gets an access token in the name of a person who allowed it once: by the refresh token that this login
 * left behind (RFC 6749 §6). That changes, and {@link AccessTokens} adds it.
 *
 * @param account the channel whose refresh token it is, as {@link RefreshTokens} knows it
 * @param tokenUrl the token endpoint; the operator vouches for it
 * @param clientSecret null for a public client, which has none
 * @param scope what the token is for; empty leaves it to the server
 * @param login the refresh token of this moment; null as it is configured
 */
public record RefreshGrant(
        String account,
        URI tokenUrl,
        String clientId,
        @Nullable Secret clientSecret,
        String scope,
        @Nullable Secret login)
        implements TokenGrant {

    /** As configured. */
    public RefreshGrant(String account, URI tokenUrl, String clientId, @Nullable Secret clientSecret, String scope) {
        this(account, tokenUrl, clientId, clientSecret, scope, null);
    }

    RefreshGrant with(RefreshToken token) {
        return new RefreshGrant(account, tokenUrl, clientId, clientSecret, scope, token.value());
    }

    @Override
    public HttpCall call(Instant now) {
        Map<String, String> form = form("refresh_token");
        form.put("refresh_token", login == null ? "" : login.value());
        form.put("scope", scope);
        return TokenAnswer.call(tokenUrl, form);
    }

    /** What every request for a token begins with. A public client sends no secret: Microsoft refuses one. */
    Map<String, String> form(String grantType) {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("grant_type", grantType);
        form.put("client_id", clientId);
        form.put("client_secret", clientSecret == null ? "" : clientSecret.value());
        return form;
    }

    @Override
    public Answer read(Response answer) {
        return TokenAnswer.read(
                tokenUrl,
                answer,
                error -> error.equals("invalid_grant") || error.equals("interaction_required")
                        ? "the login cannot be renewed; run ./dragoman login " + account
                        : "it renews no login for this oauth.clientId; correct it, oauth.clientSecret and oauth.scope");
    }

    @Override
    public String toString() {
        return "RefreshGrant[" + account + ", " + tokenUrl.getHost() + "]";
    }
}
