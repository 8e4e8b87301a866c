// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.AsymmetricJWK;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyUse;
import java.security.PublicKey;
import java.security.interfaces.RSAPublicKey;
import java.text.ParseException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The public keys of an issuer of tokens, from its JSON Web Key Set (RFC 7517). A key without an id, for another use than
 * signatures, of a kind without a public part or an RSA key below 2048 bits (RFC 7518 §3.3) is none of them. Immutable.
 */
public final class Jwks {
    /** Of an issuer whose keys nobody fetched. */
    public static final Jwks NONE = new Jwks(Map.of());

    private static final int MOST = 200;
    private static final int LEAST_BITS = 2048;

    private final Map<String, Key> keys;

    private Jwks(Map<String, Key> keys) {
        this.keys = Map.copyOf(keys);
    }

    /**
     * A key.
     *
     * @param published as the issuer has it, with members of its own. Do not change it
     */
    public record Key(PublicKey key, JsonNode published) {}

    /** The keys of a document; empty when it is no key set. */
    public static Optional<Jwks> of(JsonNode document) {
        JsonNode list = document.path("keys");
        if (!list.isArray() || list.size() > MOST) {
            return Optional.empty();
        }
        Map<String, Key> keys = new HashMap<>();
        for (JsonNode one : list) {
            String id = one.path("kid").asText("");
            PublicKey key = key(one);
            if (key != null && !id.isBlank()) {
                keys.put(id, new Key(key, one));
            }
        }
        return Optional.of(new Jwks(keys));
    }

    private static @Nullable PublicKey key(JsonNode published) {
        try {
            JWK jwk = JWK.parse(published.toString());
            boolean signs = jwk.getKeyUse() == null || KeyUse.SIGNATURE.equals(jwk.getKeyUse());
            if (!signs || !(jwk instanceof AsymmetricJWK pair)) {
                return null;
            }
            PublicKey key = pair.toPublicKey();
            return key instanceof RSAPublicKey rsa && rsa.getModulus().bitLength() < LEAST_BITS ? null : key;
        } catch (ParseException | JOSEException | RuntimeException e) {
            return null; // a kind of key that this version does not know, beside others that it does
        }
    }

    /** The key of an id. */
    public Optional<Key> find(String id) {
        return Optional.ofNullable(keys.get(id));
    }

    public int size() {
        return keys.size();
    }

    @Override
    public String toString() {
        return "Jwks[" + keys.size() + "]";
    }
}
