// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.teams;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.dragoman.TestKeys;
import io.dragoman.connector.Jwks;
import io.dragoman.model.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.Date;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

/** Tokens as the Bot Connector signs them, made by the library's own signer. */
final class TeamsTokens {
    static final String APP = "11111111-2222-3333-4444-555555555555";
    static final String ISSUER = "https://api.botframework.com";
    static final RSAKey KEY = key("key-1");

    private static final Map<String, String> MADE = new ConcurrentHashMap<>();

    private TeamsTokens() {}

    static RSAKey key(String id) {
        KeyPair pair = id.equals("key-1") ? TestKeys.FIRST : TestKeys.SECOND;
        return new RSAKey.Builder((RSAPublicKey) pair.getPublic())
                .privateKey(pair.getPrivate())
                .keyID(id)
                .keyUse(KeyUse.SIGNATURE)
                .build();
    }

    /** The key set that has a key, with the channels that the key is for; null for no word of them. */
    static Jwks published(RSAKey key, String... endorsements) {
        try {
            ObjectNode set = Json.mapper().createObjectNode();
            ObjectNode one =
                    (ObjectNode) Json.tree(key.toPublicJWK().toJSONString().getBytes(StandardCharsets.UTF_8));
            set.putArray("keys").add(one);
            if (endorsements != null) {
                for (String channel : endorsements) {
                    one.withArray("endorsements").add(channel);
                }
            }
            return Jwks.of(set).orElseThrow();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Right in everything; the same for the same connector. */
    static String right(String serviceUrl, Instant now) {
        return MADE.computeIfAbsent(serviceUrl + now, none -> token(serviceUrl, now, claims -> claims));
    }

    static String token(String serviceUrl, Instant now, UnaryOperator<JWTClaimsSet.Builder> change) {
        try {
            JWSHeader head =
                    new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("key-1").build();
            return signed(head, claims(serviceUrl, now, change), new RSASSASigner(KEY));
        } catch (JOSEException e) {
            throw new AssertionError(e);
        }
    }

    static JWTClaimsSet claims(String serviceUrl, Instant now, UnaryOperator<JWTClaimsSet.Builder> change) {
        return change.apply(new JWTClaimsSet.Builder()
                        .issuer(ISSUER)
                        .audience(APP)
                        .claim("serviceurl", serviceUrl)
                        .notBeforeTime(Date.from(now.minusSeconds(5)))
                        .expirationTime(Date.from(now.plusSeconds(3600))))
                .build();
    }

    static String signed(JWSHeader head, JWTClaimsSet claims, JWSSigner signer) {
        try {
            SignedJWT token = new SignedJWT(head, claims);
            token.sign(signer);
            return token.serialize();
        } catch (JOSEException e) {
            throw new AssertionError(e);
        }
    }
}
