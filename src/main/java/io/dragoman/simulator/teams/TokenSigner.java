// SPDX-License-Identifier: Apache-2.0
package io.dragoman.simulator.teams;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.util.Base64;
import java.util.UUID;

/**
 * Signs tokens as the Bot Connector does, and publishes its key. The key is the same at each start, so that a gateway
 * that remembers it believes the next run: it is no secret. Thread-safe.
 */
final class TokenSigner {
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    private final ObjectMapper json = new ObjectMapper();
    private volatile Signed last = new Signed("", "");

    /** What was signed last, and the token: one token goes with many requests. */
    private record Signed(String claims, String token) {
        @Override
        public String toString() {
            return "Signed";
        }
    }

    /** Made when it is first asked for: it takes a second or two. */
    private static final class Key {
        private static final KeyPair PAIR = make();

        private static KeyPair make() {
            try {
                SecureRandom known = SecureRandom.getInstance("SHA1PRNG");
                known.setSeed("the key of the simulated Bot Connector".getBytes(StandardCharsets.UTF_8));
                KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
                generator.initialize(2048, known);
                return generator.generateKeyPair();
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private static String kid() {
        return UUID.nameUUIDFromBytes(Key.PAIR.getPublic().getEncoded()).toString();
    }

    /** A key set with the one key. */
    ObjectNode published() {
        RSAPublicKey rsa = (RSAPublicKey) Key.PAIR.getPublic();
        ObjectNode set = json.createObjectNode();
        ObjectNode key = set.putArray("keys").addObject();
        key.put("kty", "RSA").put("use", "sig").put("kid", kid()).put("x5t", kid());
        key.put("n", number(rsa.getModulus())).put("e", number(rsa.getPublicExponent()));
        key.putArray("endorsements").add("msteams").add("webchat");
        return set;
    }

    private static String number(BigInteger number) {
        byte[] bytes = number.toByteArray();
        int zeros = bytes[0] == 0 ? 1 : 0;
        return BASE64.encodeToString(java.util.Arrays.copyOfRange(bytes, zeros, bytes.length));
    }

    /** A token with these claims. */
    String token(ObjectNode claims) {
        String asked = claims.toString();
        Signed before = last;
        if (!before.claims().equals(asked)) {
            before = new Signed(asked, sign(claims));
            last = before;
        }
        return before.token();
    }

    private String sign(ObjectNode claims) {
        ObjectNode head = json.createObjectNode()
                .put("alg", "RS256")
                .put("kid", kid())
                .put("x5t", kid())
                .put("typ", "JWT");
        String signed = part(head) + "." + part(claims);
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(Key.PAIR.getPrivate());
            signature.update(signed.getBytes(StandardCharsets.US_ASCII));
            return signed + "." + BASE64.encodeToString(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String part(ObjectNode object) {
        return BASE64.encodeToString(object.toString().getBytes(StandardCharsets.UTF_8));
    }
}
