// SPDX-License-Identifier: Apache-2.0
package io.dragoman.simulator.vonage;

import io.dragoman.simulator.HmacSigner;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;

/** How Vonage signs what it posts. Immutable. */
public final class WebhookProof {
    private final String key;
    private final String secret;

    /** @param key the account's API key, which the token names */
    public WebhookProof(String key, String secret) {
        this.key = key;
        this.secret = secret;
    }

    /** The header of the Messages API. */
    public String token(byte[] body, Instant at) {
        String head = base64("{\"alg\":\"HS256\",\"typ\":\"JWT\"}".getBytes(StandardCharsets.UTF_8));
        String claims = String.format(
                Locale.ROOT,
                "{\"iat\":%d,\"jti\":\"%s\",\"iss\":\"Vonage\",\"payload_hash\":\"%s\",\"api_key\":\"%s\"}",
                at.getEpochSecond(),
                UUID.randomUUID(),
                sha256(body),
                key);
        String signed = head + "." + base64(claims.getBytes(StandardCharsets.UTF_8));
        byte[] mac = Base64.getDecoder()
                .decode(HmacSigner.base64("HmacSHA256", HmacSigner.utf8(secret), HmacSigner.utf8(signed)));
        return "Bearer " + signed + "." + base64(mac);
    }

    /** The parameters of the SMS API with time and signature (HMAC-SHA256). */
    public SortedMap<String, String> signed(Map<String, String> parameters, Instant at) {
        SortedMap<String, String> all = new TreeMap<>(parameters);
        all.put("timestamp", String.valueOf(at.getEpochSecond()));
        all.put("nonce", UUID.randomUUID().toString());
        StringBuilder text = new StringBuilder();
        all.forEach((name, value) -> {
            if (!value.isBlank()) {
                text.append("&" + name.replaceAll("[&=]", "_") + "=" + value.replaceAll("[&=]", "_"));
            }
        });
        all.put(
                "sig",
                HmacSigner.hex("HmacSHA256", HmacSigner.utf8(secret), HmacSigner.utf8(text.toString()))
                        .toUpperCase(Locale.ROOT));
        return all;
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static String sha256(byte[] body) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(body));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public String toString() {
        return "WebhookProof[…]";
    }
}
