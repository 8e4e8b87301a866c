// SPDX-License-Identifier: Apache-2.0
package io.dragoman.simulator;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signatures as providers make them; shares nothing with the code that checks them. */
public final class HmacSigner {
    private HmacSigner() {}

    /**
     * Signs one piece after another, as if they were one text.
     *
     * @param algorithm such as {@code HmacSHA256}
     * @return the signature in Base64
     */
    public static String base64(String algorithm, byte[] key, byte[]... pieces) {
        return Base64.getEncoder().encodeToString(sign(algorithm, key, pieces));
    }

    /** As {@link #base64}, in small hexadecimal digits. */
    public static String hex(String algorithm, byte[] key, byte[]... pieces) {
        return HexFormat.of().formatHex(sign(algorithm, key, pieces));
    }

    /** The bytes of a key or a text that is signed. */
    public static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] sign(String algorithm, byte[] key, byte[]... pieces) {
        try {
            Mac mac = Mac.getInstance(algorithm);
            mac.init(new SecretKeySpec(key, algorithm));
            for (byte[] piece : pieces) {
                mac.update(piece);
            }
            return mac.doFinal();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(algorithm + " is missing from this Java", e);
        }
    }
}
