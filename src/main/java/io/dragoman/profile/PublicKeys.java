// SPDX-License-Identifier: Apache-2.0
package io.dragoman.profile;

import com.fasterxml.jackson.databind.JsonNode;
import io.dragoman.connector.AuthenticationFailed;
import io.dragoman.model.Json;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;

/** Public keys as providers publish them. */
final class PublicKeys {
    /** What stands before the 32 bytes of an Ed25519 key in X.509 (RFC 8410). */
    private static final byte[] ED25519 = HexFormat.of().parseHex("302a300506032b6570032100");

    private static final int RAW = 32;

    private PublicKeys() {}

    /** A key in Base64: 32 bytes, or the whole of X.509. */
    static PublicKey ed25519(String base64) throws AuthenticationFailed {
        try {
            byte[] bytes = Base64.getDecoder().decode(base64.strip());
            byte[] encoded = bytes;
            if (bytes.length == RAW) {
                encoded = new byte[ED25519.length + RAW];
                System.arraycopy(ED25519, 0, encoded, 0, ED25519.length);
                System.arraycopy(bytes, 0, encoded, ED25519.length, RAW);
            }
            return KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new AuthenticationFailed("the public key in the configuration is no Ed25519 key in Base64");
        }
    }

    /**
     * A key of a JSON Web Key Set (RFC 7517), for RSA or the curve P-256.
     *
     * @param id empty takes the first of its kind
     */
    static PublicKey ofSet(String set, String type, String id) throws AuthenticationFailed {
        try {
            for (JsonNode key : Json.tree(set.getBytes(StandardCharsets.UTF_8)).path("keys")) {
                boolean named = id.isEmpty() || key.path("kid").asText(id).equals(id);
                if (named && key.path("kty").asText().equals(type)) {
                    return type.equals("RSA") ? rsa(key) : curve(key);
                }
            }
        } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
            throw new AuthenticationFailed("the key set in the configuration cannot be read");
        }
        throw new AuthenticationFailed("the key set in the configuration does not have the key that is named");
    }

    private static PublicKey rsa(JsonNode key) throws GeneralSecurityException {
        return KeyFactory.getInstance("RSA").generatePublic(new RSAPublicKeySpec(number(key, "n"), number(key, "e")));
    }

    private static PublicKey curve(JsonNode key) throws GeneralSecurityException {
        AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
        parameters.init(new ECGenParameterSpec("secp256r1"));
        return KeyFactory.getInstance("EC")
                .generatePublic(new ECPublicKeySpec(
                        new ECPoint(number(key, "x"), number(key, "y")),
                        parameters.getParameterSpec(ECParameterSpec.class)));
    }

    private static BigInteger number(JsonNode key, String name) {
        return new BigInteger(1, Base64.getUrlDecoder().decode(key.path(name).asText()));
    }
}
