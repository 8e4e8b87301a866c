// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.discord;

import io.dragoman.connector.Account;
import io.dragoman.connector.AuthenticationFailed;
import io.dragoman.connector.Request;
import io.dragoman.connector.Secret;
import io.dragoman.connector.Signature;
import io.dragoman.connector.Verified;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;

/**
 * How Discord proves what it posts: an Ed25519 signature over time and raw body. It also posts with wrong ones, to see
 * whether they are refused.
 */
final class PostedProof {
    static final String SIGNATURE = "X-Signature-Ed25519";
    static final String TIME = "X-Signature-Timestamp";

    /** What is older may be somebody's repetition. */
    private static final Duration WINDOW = Duration.ofMinutes(5);

    /** What stands before the 32 bytes of an Ed25519 key in X.509 (RFC 8410). */
    private static final String X509 = "302a300506032b6570032100";

    private PostedProof() {}

    static Verified verify(Account account, Request request) throws AuthenticationFailed {
        Optional<Secret> key = account.find(DiscordSettings.PUBLIC_KEY);
        if (key.isEmpty()) {
            return Signature.unsigned(account, request);
        }
        String time = request.header(TIME).orElse("");
        String signature = request.header(SIGNATURE).orElse("");
        if (!time.matches("[0-9]{1,10}") || isFar(Instant.ofEpochSecond(Long.parseLong(time)), request.receivedAt())) {
            throw new AuthenticationFailed(TIME + " is not within five minutes of now");
        }
        if (!signature.matches("[0-9a-f]{128}")) {
            throw new AuthenticationFailed(SIGNATURE + " does not match");
        }
        byte[] start = time.getBytes(StandardCharsets.UTF_8);
        byte[] signed = ByteBuffer.allocate(start.length + request.body().length)
                .put(start)
                .put(request.body())
                .array();
        return Signature.verify(
                request, "Ed25519", publicKey(key.get()), signed, HexFormat.of().parseHex(signature), SIGNATURE);
    }

    private static boolean isFar(Instant sent, Instant now) {
        return Duration.between(sent, now).abs().compareTo(WINDOW) > 0;
    }

    private static PublicKey publicKey(Secret hex) throws AuthenticationFailed {
        try {
            byte[] encoded = HexFormat.of().parseHex(X509 + hex.value().strip());
            return KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new AuthenticationFailed("publicKey is no Ed25519 key");
        }
    }
}
