// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector;

import java.net.URI;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a program gets an access token by the name and password of a user: the OAuth 2.0 password grant (RFC 6749 §4.3),
 * which some providers have instead of a client's own.
 *
 * @param tokenUrl the token endpoint; the operator vouches for it
 * @param clientId empty where the program is none that the server knows
 * @param clientSecret null for none
 * @param scope what the token is for; empty where there is but one
 * @param basic whether id and secret go in the {@code Authorization} header, else in the form
 */
public record PasswordCredentials(
        URI tokenUrl,
        String username,
        Secret password,
        String clientId,
        @Nullable Secret clientSecret,
        String scope,
        boolean basic)
        implements TokenGrant {
    @Override
    public HttpCall call(Instant now) {
        boolean header = basic && clientSecret != null;
        Map<String, String> form = new LinkedHashMap<>();
        form.put("grant_type", "password");
        form.put("username", username);
        form.put("password", password.value());
        form.put("client_id", header ? "" : clientId);
        form.put("client_secret", header || clientSecret == null ? "" : clientSecret.value());
        form.put("scope", scope);
        HttpCall call = TokenAnswer.call(tokenUrl, form);
        return basic && clientSecret != null ? ClientCredentials.authorized(call, clientId, clientSecret) : call;
    }

    @Override
    public Answer read(Response answer) {
        return TokenAnswer.read(tokenUrl, answer, error -> "it gives no access token for this user name and password");
    }

    @Override
    public String toString() {
        return "PasswordCredentials[" + tokenUrl.getHost() + "]";
    }
}
