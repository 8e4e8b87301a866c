// SPDX-License-Identifier: Apache-2.0
package io.dragoman.simulator.bird;

import io.dragoman.simulator.HmacSigner;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

/** The headers by which Bird proves what it posts. Immutable. */
public final class WebhookSigner {
    private final byte[] key;

    public WebhookSigner(String key) {
        this.key = HmacSigner.utf8(key);
    }

    /** Those of the Channels API. */
    public Map<String, String> hash(URI url, byte[] body, Instant at) {
        String head = at.getEpochSecond() + "\n" + url + "\n";
        return Map.of(
                "messagebird-signature",
                HmacSigner.base64("HmacSHA256", key, HmacSigner.utf8(head), sha256(body)),
                "messagebird-request-timestamp",
                String.valueOf(at.getEpochSecond()));
    }

    /** That of the classic API. */
    public Map<String, String> token(URI url, byte[] body, Instant at) {
        String claims = String.format(
                Locale.ROOT,
                "{\"iss\":\"MessageBird\",\"nbf\":%d,\"exp\":%d,\"jti\":\"%s\",\"url_hash\":\"%s\"%s}",
                at.getEpochSecond(),
                at.getEpochSecond() + 60,
                UUID.randomUUID(),
                hex(url.toString().getBytes(StandardCharsets.UTF_8)),
                body.length == 0 ? "" : ",\"payload_hash\":\"" + hex(body) + "\"");
        String signed = base64(HmacSigner.utf8("{\"alg\":\"HS256\",\"typ\":\"JWT\"}")) + "."
                + base64(claims.getBytes(StandardCharsets.UTF_8));
        byte[] mac = Base64.getDecoder().decode(HmacSigner.base64("HmacSHA256", key, HmacSigner.utf8(signed)));
        return Map.of("MessageBird-Signature-JWT", signed + "." + base64(mac));
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(sha256(bytes));
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public String toString() {
        return "WebhookSigner[…]";
    }
}
