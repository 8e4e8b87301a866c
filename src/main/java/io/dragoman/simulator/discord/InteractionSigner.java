// SPDX-License-Identifier: Apache-2.0
package io.dragoman.simulator.discord;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;

/** Signs what is posted, with a key that is the same for every simulator. */
final class InteractionSigner {
    static final String PUBLIC_KEY = "f52e22ce615a01e03c19c6adefa3326a235ac925e05022c0b22fe53b27b2ef24";
    /** No secret: whoever trusts its public key trusts a simulator. */
    private static final String PRIVATE_KEY =
            "302e020100300506032b657004220420036e04048a7630238f16cd314853726a0087b2fd3c039d82df1497d4c56bd29e";

    private InteractionSigner() {}

    static Map<String, String> proof(byte[] body, Instant now) {
        try {
            String time = Long.toString(now.getEpochSecond());
            byte[] key = HexFormat.of().parseHex(PRIVATE_KEY);
            Signature signature = Signature.getInstance("Ed25519");
            signature.initSign(KeyFactory.getInstance("Ed25519").generatePrivate(new PKCS8EncodedKeySpec(key)));
            signature.update(time.getBytes(StandardCharsets.UTF_8));
            signature.update(body);
            return Map.of(
                    "X-Signature-Timestamp",
                    time,
                    "X-Signature-Ed25519",
                    HexFormat.of().formatHex(signature.sign()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
