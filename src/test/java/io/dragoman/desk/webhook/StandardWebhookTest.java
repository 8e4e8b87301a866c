// SPDX-License-Identifier: Apache-2.0
package io.dragoman.desk.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import io.dragoman.connector.AuthenticationFailed;
import io.dragoman.connector.Request;
import io.dragoman.connector.Secret;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Agreement with the official SDK, both ways, on what fits and on what does not. */
final class StandardWebhookTest {
    private static final int INPUTS = 1_500;
    private final Random random = new Random(2026);

    @Test
    void theSdkVerifiesWhatWeSign() throws Exception {
        for (int i = 0; i < INPUTS; i++) {
            String secret = secret();
            String body = text(random.nextInt(200));
            String id = id();
            String seconds = Long.toString(Instant.now().getEpochSecond() + random.nextInt(400) - 200);
            String signature = ours(secret).sign(id, seconds, body.getBytes(StandardCharsets.UTF_8));
            assertThat(sdkVerifies(secret, id, seconds, signature, body)).isTrue();
            assertThat(sdkVerifies(secret(), id, seconds, signature, body)).isFalse();
            assertThat(sdkVerifies(secret, id, seconds, signature, body + " ")).isFalse();
        }
    }

    @Test
    void weVerifyWhatTheSdkSigns() throws Exception {
        for (int i = 0; i < INPUTS; i++) {
            String secret = secret();
            String body = text(random.nextInt(200));
            String id = id();
            Instant now = Instant.now();
            long seconds = now.getEpochSecond() + random.nextInt(600) - 300;
            String signature = new Webhook(secret).sign(id, seconds, body);
            assertThat(weVerify(secret, id, seconds, signature, body, now)).isTrue();
            assertThat(weVerify(secret(), id, seconds, signature, body, now)).isFalse();
            assertThat(weVerify(secret, id, seconds + 1, signature, body, now)).isFalse();
            assertThat(weVerify(secret, id + "x", seconds, signature, body, now))
                    .isFalse();
            assertThat(weVerify(secret, id, seconds, signature, body + " ", now))
                    .isFalse();
        }
    }

    @Test
    void keysHave24To64Bytes() {
        for (int bytes : List.of(0, 1, 23, 24, 64, 65, 200)) {
            String secret = "whsec_" + Base64.getEncoder().encodeToString(new byte[bytes]);
            assertThat(StandardWebhook.of(new Secret(secret)).isPresent())
                    .as(bytes + " bytes")
                    .isEqualTo(bytes >= 24 && bytes <= 64);
        }
    }

    private static boolean sdkVerifies(String secret, String id, String seconds, String signature, String body)
            throws Exception {
        try {
            new Webhook(secret)
                    .verify(
                            body,
                            Map.of(
                                    "webhook-id", List.of(id),
                                    "webhook-timestamp", List.of(seconds),
                                    "webhook-signature", List.of(signature)));
            return true;
        } catch (WebhookVerificationException e) {
            return false;
        }
    }

    private static boolean weVerify(
            String secret, String id, long seconds, String signature, String body, Instant now) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        Request request = WebhookDeskTest.request(id, Long.toString(seconds), signature, bytes, now);
        try {
            ours(secret).verify(request);
            return true;
        } catch (AuthenticationFailed e) {
            return false;
        }
    }

    private static StandardWebhook ours(String secret) {
        return StandardWebhook.of(new Secret(secret)).orElseThrow();
    }

    private String secret() {
        byte[] key = new byte[24 + random.nextInt(41)];
        random.nextBytes(key);
        return "whsec_" + Base64.getEncoder().encodeToString(key);
    }

    private String id() {
        return "msg_" + Long.toHexString(random.nextLong()) + (random.nextBoolean() ? ".x" : "");
    }

    /** Any characters but halves of one. */
    private String text(int length) {
        return random.ints(0, Character.MAX_CODE_POINT + 1)
                .filter(point -> point < Character.MIN_SURROGATE || point > Character.MAX_SURROGATE)
                .limit(length)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
