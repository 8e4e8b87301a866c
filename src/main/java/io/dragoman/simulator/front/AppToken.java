// SPDX-License-Identifier: Apache-2.0
package io.dragoman.simulator.front;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.dragoman.simulator.HmacSigner;
import java.io.IOException;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;

/** The JSON Web Token with which an app speaks for one of its channels: HS256 by the app's secret. */
final class AppToken {
    private final String uid;
    private final String secret;
    private final String channel;

    AppToken(String uid, String secret, String channel) {
        this.uid = uid;
        this.secret = secret;
        this.channel = channel;
    }

    /** What is wrong with an {@code Authorization} header; empty when nothing is. */
    Optional<String> problem(String authorization, Instant now) {
        String[] parts = authorization.replaceFirst("^Bearer ", "").split("\\.", -1);
        if (!authorization.startsWith("Bearer ") || parts.length != 3) {
            return Optional.of("JSON web token is missing");
        }
        try {
            JsonNode head = read(parts[0]);
            JsonNode claims = read(parts[1]);
            byte[] signed = HmacSigner.utf8(parts[0] + "." + parts[1]);
            String expected = HmacSigner.base64("HmacSHA256", HmacSigner.utf8(secret), signed)
                    .replace('+', '-')
                    .replace('/', '_')
                    .replace("=", "");
            if (!head.path("alg").asText().equals("HS256") || !expected.equals(parts[2])) {
                return Optional.of("JSON web token signature is invalid");
            }
            if (claims.path("exp").asLong() <= now.getEpochSecond()) {
                return Optional.of("JSON web token has expired");
            }
            return claims.path("iss").asText().equals(uid)
                            && claims.path("sub").asText().equals(channel)
                    ? Optional.empty()
                    : Optional.of("JSON web token is of another app or channel");
        } catch (IOException | IllegalArgumentException e) {
            return Optional.of("JSON web token cannot be read");
        }
    }

    private static JsonNode read(String part) throws IOException {
        return new ObjectMapper().readTree(Base64.getUrlDecoder().decode(part));
    }
}
