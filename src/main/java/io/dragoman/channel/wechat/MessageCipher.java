// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.wechat;

import io.dragoman.connector.Secret;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Safe mode's encryption ("Message encryption and decryption", WeChat): AES-256-CBC whose initial vector is the key's
 * first half, padded as PKCS#7 to blocks of 32 bytes; 16 random bytes, the length in four, the message, the AppID. Only
 * for what is known to be authentic.
 */
final class MessageCipher {
    private static final int IV = 16;
    private static final int BLOCK = 32;
    private static final int HEAD = 16 + Integer.BYTES;

    private MessageCipher() {}

    /** A message and the AppID behind it. */
    record Opened(byte[] content, String appId) {
        @Override
        public String toString() {
            return "Opened[…]";
        }
    }

    /** Decrypts; empty where the key is another one, or these are no encrypted bytes at all. */
    static Optional<Opened> open(Secret encodingAesKey, String encrypted) {
        try {
            byte[] key = Base64.getDecoder().decode(encodingAesKey.value() + "=");
            Cipher cipher = Cipher.getInstance("AES/CBC/NoPadding");
            cipher.init(Cipher.DECRYPT_MODE, new SecretKeySpec(key, "AES"), new IvParameterSpec(key, 0, IV));
            return unpadded(cipher.doFinal(Base64.getDecoder().decode(encrypted.strip())));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Optional<Opened> unpadded(byte[] plain) {
        int padding = plain.length == 0 ? 0 : plain[plain.length - 1];
        int end = plain.length - padding;
        if (padding < 1 || padding > BLOCK || end < HEAD || !isPadding(plain, end, padding)) {
            return Optional.empty();
        }
        int length = ByteBuffer.wrap(plain, HEAD - Integer.BYTES, Integer.BYTES).getInt();
        if (length < 0 || length > end - HEAD) {
            return Optional.empty();
        }
        byte[] content = Arrays.copyOfRange(plain, HEAD, HEAD + length);
        String appId = new String(plain, HEAD + length, end - HEAD - length, StandardCharsets.UTF_8);
        return Optional.of(new Opened(content, appId));
    }

    private static boolean isPadding(byte[] plain, int from, int padding) {
        for (int i = from; i < plain.length; i++) {
            if (plain[i] != padding) {
                return false;
            }
        }
        return true;
    }
}
