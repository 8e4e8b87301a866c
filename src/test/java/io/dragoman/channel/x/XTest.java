// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.x;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dragoman.connector.Account;
import io.dragoman.connector.AuthenticationFailed;
import io.dragoman.connector.RecordedCases;
import io.dragoman.connector.Request;
import io.dragoman.connector.SharedWebhook;
import io.dragoman.connector.Verified;
import io.dragoman.contract.SendSample;
import io.dragoman.contract.WebhookSample;
import io.dragoman.model.CustomerEvent.MessageReceived;
import io.dragoman.simulator.HmacSigner;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What X posts: proof, challenge, and what is read of it. */
final class XTest implements WebhookSample, SendSample {
    private static final RecordedCases CASES = RecordedCases.of("channel/x");
    private static final Instant NOW = Instant.parse("2026-07-25T10:00:30Z");

    private final X x = new X();

    @Override
    public X connector() {
        return x;
    }

    @Override
    public Account account(URI provider) {
        return XAccounts.at(provider);
    }

    @Override
    public List<String> secrets() {
        return List.of("the-consumer-key", "the-consumer-secret", "111-the-access-token", "the-access-token-secret");
    }

    @Override
    public byte[] recorded() {
        return ("{\"data\":{\"event_uuid\":\"-1\",\"filter\":{\"user_id\":\"111\"},\"event_type\":\"dm.received\","
                        + "\"payload\":{\"direct_message_events\":[{\"type\":\"message_create\",\"id\":\"20807\","
                        + "\"created_timestamp\":\"1784928224372\",\"message_create\":{\"target\":{\"recipient_id\":"
                        + "\"111\"},\"sender_id\":\"222\",\"message_data\":{\"text\":\"" + CANARY + "\"}}}]}}}")
                .getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public Request signed(byte[] body) {
        return posted(body, "sha256=" + HmacSigner.base64("HmacSHA256", HmacSigner.utf8("the-consumer-secret"), body));
    }

    private static Request posted(byte[] body, String signature) {
        Map<String, String> headers =
                Map.of("content-type", "application/json", "x-twitter-webhooks-signature", signature);
        return new Request(Request.Origin.RECEIVED, "POST", "/channels/shop", "", headers, body, NOW);
    }

    private static Request challenge(String token) {
        String query = "crc_token=" + URLEncoder.encode(token, StandardCharsets.UTF_8);
        return new Request(Request.Origin.RECEIVED, "GET", "/channels/shop", query, Map.of(), new byte[0], NOW);
    }

    @Override
    public List<String> lanes() {
        return List.of("222");
    }

    @Override
    public List<String> proof() {
        return List.of("x-twitter-webhooks-signature");
    }

    @Override
    public String address() {
        return "222";
    }

    static Stream<String> cases() throws IOException {
        return CASES.names();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void readsWhatWasRecorded(String name) throws Exception {
        CASES.check(name, recorded -> x.read(account(), x.verify(account(), signed(recorded))));
    }

    /** openssl dgst -sha256 -hmac the-consumer-secret -binary | base64, of Y3JjMQ. */
    @Test
    void challengeIsAnsweredWithItsHashInBase64() throws Exception {
        Request request = challenge("Y3JjMQ");
        Verified verified = x.verify(account(), request);
        assertThat(x.read(account(), verified)).isEmpty();
        assertThat(x.recipients(verified)).isEmpty();
        assertThat(x.acknowledge(account(), request).body())
                .isEqualTo("{\"response_token\":\"sha256=O+d4KjjA1MognrSMPym4wlwfYK9auTZygqEQ6XXGd80=\"}");
        assertThat(x.acknowledge(account(), request).contentType()).isEqualTo("application/json");
    }

    /** The answer to a challenge is a signature of it: nobody may have an event signed by asking. */
    @Test
    void challengeThatCouldBeAnEventIsNotAnswered() {
        String event = new String(recorded(), StandardCharsets.UTF_8);
        for (String forged : List.of(event, "{}", "[1]", "\"a\"", "", " ", "a b", "a".repeat(257))) {
            assertThatThrownBy(() -> x.verify(account(), challenge(forged)))
                    .as(forged)
                    .isInstanceOf(AuthenticationFailed.class);
        }
    }

    @Test
    void getWithABodyIsNoChallenge() {
        Request request =
                new Request(Request.Origin.RECEIVED, "GET", "/channels/shop", "crc_token=a", Map.of(), recorded(), NOW);
        assertThatThrownBy(() -> x.verify(account(), request)).isInstanceOf(AuthenticationFailed.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "sha256=", "sha1=", "sha256=AAAA"})
    void otherProofIsRefused(String signature) {
        assertThatThrownBy(() -> x.verify(account(), posted(recorded(), signature)))
                .isInstanceOf(AuthenticationFailed.class);
    }

    @Test
    void eventsAreForTheAccountThatTheyName() throws Exception {
        SharedWebhook shared = x;
        assertThat(shared.recipients(x.verify(account(), signed(recorded())))).containsExactly("111");
        byte[] older = "{\"for_user_id\":\"333\"}".getBytes(StandardCharsets.UTF_8);
        assertThat(shared.recipients(x.verify(account(), signed(older)))).containsExactly("333");
    }

    @Test
    void sameMessageHasTheSameKeyInBothForms() throws Exception {
        byte[] older =
                ("{\"for_user_id\":\"111\",\"direct_message_events\":[{\"type\":\"message_create\",\"id\":\"20807\","
                                + "\"message_create\":{\"sender_id\":\"222\",\"message_data\":{\"text\":\"a\"}}}]}")
                        .getBytes(StandardCharsets.UTF_8);
        MessageReceived event = (MessageReceived)
                x.read(account(), x.verify(account(), signed(older))).get(0);
        assertThat(event.key())
                .isEqualTo(((MessageReceived) x.read(account(), x.verify(account(), signed(recorded())))
                                .get(0))
                        .key());
    }
}
