// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.http;

import io.dragoman.connector.Account;
import io.dragoman.connector.ConnectorContract;
import io.dragoman.connector.Request;
import io.dragoman.contract.SendSample;
import io.dragoman.contract.WebhookSample;
import io.dragoman.simulator.HmacSigner;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** A profile whose provider signs JSON with a time, and knows our key. */
final class SignedProfileTest implements ConnectorContract, WebhookSample, SendSample {
    private static final Instant NOW = Instant.parse("2026-11-21T10:00:30Z");
    private static final String SECONDS = String.valueOf(NOW.getEpochSecond());

    private final HttpChannel channel = Profiles.shipped("smsgate");

    @Override
    public HttpChannel connector() {
        return channel;
    }

    @Override
    public Account account(URI provider) {
        return Profiles.account(
                channel,
                Map.of(
                        "username", "the-user-name",
                        "password", "the-password",
                        "signingKey", "the-signing-key",
                        "baseUrl", provider.toString()));
    }

    @Override
    public List<String> secrets() {
        return List.of("the-password", "the-signing-key");
    }

    @Override
    public byte[] recorded() {
        return ("{\"event\":\"sms:received\",\"id\":\"e-1\",\"payload\":{\"messageId\":\"h\",\"message\":\"" + CANARY
                        + "\",\"sender\":\"+4915550101\",\"recipient\":\"+4915550999\","
                        + "\"receivedAt\":\"2026-11-21T10:00:00.000+00:00\"}}")
                .getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public Request signed(byte[] body) {
        byte[] signed = new byte[body.length + SECONDS.length()];
        System.arraycopy(body, 0, signed, 0, body.length);
        System.arraycopy(HmacSigner.utf8(SECONDS), 0, signed, body.length, SECONDS.length());
        String signature = HmacSigner.hex("HmacSHA256", HmacSigner.utf8("the-signing-key"), signed);
        Map<String, String> headers =
                Map.of("content-type", "application/json", "x-signature", signature, "x-timestamp", SECONDS);
        return new Request(Request.Origin.RECEIVED, "POST", "/channels/texts", "", headers, body, NOW);
    }

    @Override
    public List<String> lanes() {
        return List.of("+4915550101");
    }

    @Override
    public List<String> proof() {
        return List.of("x-signature", "x-timestamp");
    }

    @Override
    public String address() {
        return "+4915550101";
    }
}
