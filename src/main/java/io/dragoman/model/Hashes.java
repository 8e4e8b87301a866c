// SPDX-License-Identifier: Apache-2.0
package io.dragoman.model;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256, which every Java has; MD5 only for a provider that signs with it. */
public final class Hashes {
    private Hashes() {}

    /** A new digest, for what comes in pieces. */
    public static MessageDigest sha256() {
        return digest("SHA-256");
    }

    /** MD5, which proves nothing without a secret in it. */
    public static byte[] md5(byte[] bytes) {
        return digest("MD5").digest(bytes);
    }

    private static MessageDigest digest(String algorithm) {
        try {
            return MessageDigest.getInstance(algorithm);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    public static byte[] sha256(byte[] bytes) {
        return sha256().digest(bytes);
    }

    /** The hash in 64 hexadecimal digits, in lower case. */
    public static String sha256Hex(byte[] bytes) {
        return HexFormat.of().formatHex(sha256(bytes));
    }

    /** The hash of a text's UTF-8. */
    public static String sha256Hex(String text) {
        return sha256Hex(text.getBytes(StandardCharsets.UTF_8));
    }
}
