// SPDX-License-Identifier: Apache-2.0
package io.dragoman.desk.webhook;

import io.dragoman.connector.AuthenticationFailed;
import io.dragoman.connector.Request;
import io.dragoman.connector.Secret;
import io.dragoman.connector.Signature;
import io.dragoman.connector.Verified;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** Signs and verifies as https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md says. */
final class StandardWebhook {
    static final String ID = "webhook-id";
    static final String TIMESTAMP = "webhook-timestamp";
    static final String SIGNATURE = "webhook-signature";

    /** How many seconds two clocks may differ, either way. */
    private static final long TOLERANCE = 300;

    private static final String PREFIX = "whsec_";
    private static final String VERSION = "v1,";
    private final List<byte[]> keys;

    private StandardWebhook(List<byte[]> keys) {
        this.keys = keys;
    }

    /** Empty when a secret is not {@code whsec_} and 24 to 64 bytes in base64. */
    static Optional<StandardWebhook> of(Secret secrets) {
        List<byte[]> keys = new ArrayList<>();
        for (String secret : secrets.value().strip().split("\\s+")) {
            Optional<byte[]> key = key(secret);
            if (key.isEmpty()) {
                return Optional.empty();
            }
            keys.add(key.get());
        }
        return Optional.of(new StandardWebhook(List.copyOf(keys)));
    }

    /** The signature header's value, by the first secret. */
    String sign(String id, String timestamp, byte[] body) {
        return VERSION + signature(keys.get(0), id, timestamp, body);
    }

    /** Accepts a fresh request that any of the secrets signed; signatures of other versions are passed over. */
    Verified verify(Request request) throws AuthenticationFailed {
        String id = header(request, ID);
        String timestamp = header(request, TIMESTAMP);
        String signatures = header(request, SIGNATURE);
        if (!timestamp.matches("[1-9]\\d{0,11}")) {
            throw new AuthenticationFailed(TIMESTAMP + " is not a time in seconds");
        }
        if (Math.abs(request.receivedAt().getEpochSecond() - Long.parseLong(timestamp)) > TOLERANCE) {
            throw new AuthenticationFailed(TIMESTAMP + " is more than five minutes off");
        }
        List<byte[]> expected = new ArrayList<>();
        for (byte[] key : keys) {
            expected.add(signature(key, id, timestamp, request.body()).getBytes(StandardCharsets.UTF_8));
        }
        List<byte[]> given = new ArrayList<>();
        for (String signature : signatures.split(" ")) {
            if (signature.startsWith(VERSION)) {
                given.add(signature.substring(VERSION.length()).getBytes(StandardCharsets.UTF_8));
            }
        }
        return Signature.matchAny(request, expected, given, SIGNATURE);
    }

    private static String signature(byte[] key, String id, String timestamp, byte[] body) {
        byte[] head = (id + "." + timestamp + ".").getBytes(StandardCharsets.UTF_8);
        return Base64.getEncoder().encodeToString(Signature.hmac("HmacSHA256", key, head, body));
    }

    private static String header(Request request, String name) throws AuthenticationFailed {
        return request.header(name)
                .filter(value -> !value.isBlank())
                .orElseThrow(() -> new AuthenticationFailed(name + " is missing"));
    }

    private static Optional<byte[]> key(String secret) {
        try {
            byte[] key = Base64.getDecoder().decode(secret.startsWith(PREFIX) ? secret.substring(PREFIX.length()) : "");
            return key.length >= 24 && key.length <= 64 ? Optional.of(key) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
