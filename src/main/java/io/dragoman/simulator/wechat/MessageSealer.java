// SPDX-License-Identifier: Apache-2.0
package io.dragoman.simulator.wechat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** Signs and encrypts what WeChat posts. Thread-safe. */
final class MessageSealer {
    private static final int BLOCK = 32;

    private final SecureRandom random = new SecureRandom();
    private final byte[] key;
    private final byte[] appId;

    MessageSealer(String encodingAesKey, String appId) {
        this.key = Base64.getDecoder().decode(encodingAesKey + "=");
        this.appId = appId.getBytes(StandardCharsets.UTF_8);
    }

    /** The ciphertext in Base64. */
    String seal(byte[] message) {
        byte[] nonce = new byte[16];
        random.nextBytes(nonce);
        int length = nonce.length + Integer.BYTES + message.length + appId.length;
        int padding = BLOCK - length % BLOCK;
        byte[] filler = new byte[padding];
        Arrays.fill(filler, (byte) padding);
        byte[] plain = ByteBuffer.allocate(length + padding)
                .put(nonce)
                .putInt(message.length)
                .put(message)
                .put(appId)
                .put(filler)
                .array();
        try {
            Cipher cipher = Cipher.getInstance("AES/CBC/NoPadding");
            cipher.init(
                    Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"), new IvParameterSpec(Arrays.copyOf(key, 16)));
            return Base64.getEncoder().encodeToString(cipher.doFinal(plain));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no AES", e);
        }
    }

    /** The message in such a ciphertext. */
    byte[] open(String sealed) {
        try {
            Cipher cipher = Cipher.getInstance("AES/CBC/NoPadding");
            cipher.init(
                    Cipher.DECRYPT_MODE, new SecretKeySpec(key, "AES"), new IvParameterSpec(Arrays.copyOf(key, 16)));
            ByteBuffer plain =
                    ByteBuffer.wrap(cipher.doFinal(Base64.getDecoder().decode(sealed)));
            plain.position(16);
            byte[] message = new byte[plain.getInt()];
            plain.get(message);
            return message;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no AES", e);
        }
    }

    /** The hash of the words in their order of characters. */
    static String sign(String... words) {
        String[] sorted = words.clone();
        Arrays.sort(sorted);
        try {
            MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
            for (String word : sorted) {
                sha1.update(word.getBytes(StandardCharsets.UTF_8));
            }
            return HexFormat.of().formatHex(sha1.digest());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no SHA-1", e);
        }
    }
}
