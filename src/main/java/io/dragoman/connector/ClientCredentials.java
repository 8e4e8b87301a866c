// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How a program gets an access token in its own name: the OAuth 2.0 client credentials grant (RFC 6749 §4.4).
 *
 * @param tokenUrl the token endpoint; the operator vouches for it
 * @param scope what the token is for; empty where there is but one
 * @param audience the API that the token is for, where the server asks for it ({@code audience}, not in the RFC); else
 *     empty
 * @param basic whether id and secret go in the {@code Authorization} header (RFC 6749 §2.3.1), else in the form
 */
public record ClientCredentials(
        URI tokenUrl, String clientId, Secret clientSecret, String scope, String audience, boolean basic)
        implements TokenGrant {
    /** With id and secret in the form. */
    public ClientCredentials(URI tokenUrl, String clientId, Secret clientSecret, String scope) {
        this(tokenUrl, clientId, clientSecret, scope, "", false);
    }

    /** With id and secret in the header, for all that the program may do. */
    public static ClientCredentials basic(URI tokenUrl, String clientId, Secret clientSecret) {
        return new ClientCredentials(tokenUrl, clientId, clientSecret, "", "", true);
    }

    @Override
    public HttpCall call(Instant now) {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("grant_type", "client_credentials");
        form.put("client_id", basic ? "" : clientId);
        form.put("client_secret", basic ? "" : clientSecret.value());
        form.put("scope", scope);
        form.put("audience", audience);
        HttpCall call = TokenAnswer.call(tokenUrl, form);
        return basic ? authorized(call, clientId, clientSecret) : call;
    }

    /** With a client's id and secret in the header. */
    static HttpCall authorized(HttpCall call, String clientId, Secret clientSecret) {
        return call.basic(encoded(clientId), new Secret(encoded(clientSecret.value())));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    @Override
    public Answer read(Response answer) {
        return TokenAnswer.read(tokenUrl, answer, error -> "it gives no access token for this client id and secret");
    }

    @Override
    public String toString() {
        return "ClientCredentials[" + tokenUrl.getHost() + "]";
    }
}
