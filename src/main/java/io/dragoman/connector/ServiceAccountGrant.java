// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jwt.JWTClaimsSet;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How a service account of Google's gets an access token: by a token that it signs (RFC 7523 §2.1; "Using OAuth 2.0 for
 * Server to Server Applications", developers.google.com).
 *
 * @param tokenUrl the token endpoint; the operator vouches for it
 * @param key of the service account, with its {@code email}
 * @param subject in whose name, where the domain's administrator delegated that; empty for its own
 * @param scope what the token is for
 */
public record ServiceAccountGrant(URI tokenUrl, KeyFile key, String subject, String scope) implements TokenGrant {
    /** Google takes no longer one. */
    private static final Duration LIFE = Duration.ofHours(1);

    @Override
    public HttpCall call(Instant now) {
        JWSHeader header = new JWSHeader.Builder(JWSAlgorithm.RS256)
                .type(JOSEObjectType.JWT)
                .keyID(key.keyId())
                .build();
        JWTClaimsSet claims = new JWTClaimsSet.Builder()
                .issuer(key.email())
                .subject(subject.isEmpty() ? null : subject)
                .claim("scope", scope)
                .audience(tokenUrl.toString())
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plus(LIFE)))
                .build();
        Map<String, String> form = new LinkedHashMap<>();
        form.put("grant_type", "urn:ietf:params:oauth:grant-type:jwt-bearer");
        form.put("assertion", SignedAssertion.of(key.key(), header, claims));
        return TokenAnswer.call(tokenUrl, form);
    }

    @Override
    public Answer read(Response answer) {
        return TokenAnswer.read(tokenUrl, answer, ServiceAccountGrant::remedy);
    }

    private static String remedy(String error) {
        return switch (error) {
            case "unauthorized_client" ->
                "let an administrator delegate oauth.scope to the service account's client id (Admin console, "
                        + "Security, API controls, Domain-wide delegation), which may take a day";
            case "invalid_grant" ->
                "it knows neither this key nor this user, or the clock is wrong; correct oauth.keyFile and oauth.subject";
            default ->
                "it gives this service account no access token; correct oauth.keyFile, oauth.subject and oauth.scope";
        };
    }

    @Override
    public String toString() {
        return "ServiceAccountGrant[" + tokenUrl.getHost() + "]";
    }
}
