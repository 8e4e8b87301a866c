// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jose.util.X509CertUtils;
import com.nimbusds.jwt.JWTClaimsSet;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/**
 * The client credentials grant of a program that has a certificate instead of a secret: it signs who it is (RFC 7523
 * §2.2; "Microsoft identity platform application authentication certificate credentials", learn.microsoft.com).
 *
 * @param tokenUrl the token endpoint; the operator vouches for it
 * @param key with its certificate, which is registered there
 * @param scope what the token is for
 */
public record CertificateCredentials(URI tokenUrl, String clientId, KeyFile key, String scope) implements TokenGrant {
    private static final Duration LIFE = Duration.ofMinutes(10);
    /** Clocks differ: it holds since then. */
    private static final Duration EARLIER = Duration.ofMinutes(5);

    public CertificateCredentials {
        Objects.requireNonNull(key.certificate(), "the file holds the certificate too");
    }

    @Override
    public HttpCall call(Instant now) {
        JWSHeader header = new JWSHeader.Builder(JWSAlgorithm.PS256)
                .type(JOSEObjectType.JWT)
                .x509CertSHA256Thumbprint(thumbprint())
                .build();
        JWTClaimsSet claims = new JWTClaimsSet.Builder()
                .audience(tokenUrl.toString())
                .issuer(clientId)
                .subject(clientId)
                .jwtID(id(now))
                .issueTime(Date.from(now))
                .notBeforeTime(Date.from(now.minus(EARLIER)))
                .expirationTime(Date.from(now.plus(LIFE)))
                .build();
        Map<String, String> form = new LinkedHashMap<>();
        form.put("grant_type", "client_credentials");
        form.put("client_id", clientId);
        form.put("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer");
        form.put("client_assertion", SignedAssertion.of(key.key(), header, claims));
        form.put("scope", scope);
        return TokenAnswer.call(tokenUrl, form);
    }

    /** Another for each moment and each thing that a token is for. */
    private String id(Instant now) {
        String unique = clientId + "|" + scope + "|" + now;
        return UUID.nameUUIDFromBytes(unique.getBytes(StandardCharsets.UTF_8)).toString();
    }

    /** By which the server knows which of the registered certificates it is. */
    private Base64URL thumbprint() {
        return X509CertUtils.computeSHA256Thumbprint(Objects.requireNonNull(key.certificate()));
    }

    @Override
    public Answer read(Response answer) {
        return TokenAnswer.read(
                tokenUrl,
                answer,
                error -> "it gives no access token for this client id and certificate; register the certificate of"
                        + " oauth.keyFile there");
    }

    @Override
    public String toString() {
        return "CertificateCredentials[" + tokenUrl.getHost() + "]";
    }
}
