// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.messente;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dragoman.connector.Account;
import io.dragoman.connector.MalformedPayload;
import io.dragoman.connector.Outbound.ToCustomer;
import io.dragoman.connector.Outcome;
import io.dragoman.connector.PlainTransport;
import io.dragoman.connector.RecordedCases;
import io.dragoman.connector.Request;
import io.dragoman.connector.Secret;
import io.dragoman.connector.Setting;
import io.dragoman.connector.Side;
import io.dragoman.connector.Verified;
import io.dragoman.contract.FakeProvider;
import io.dragoman.contract.SendSample;
import io.dragoman.contract.WebhookSample;
import io.dragoman.model.CustomerEvent;
import io.dragoman.model.Json;
import io.dragoman.model.Part;
import io.dragoman.simulator.HmacSigner;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class MessenteTest implements WebhookSample, SendSample {
    private static final RecordedCases CASES = RecordedCases.of("channel/messente");
    private static final Instant NOW = Instant.parse("2026-11-21T10:00:30Z");
    private static final Account.Installation HOME =
            new Account.Installation(URI.create("https://chat.example.com"), new Secret("key-of-the-installation"));

    private final Messente messente = new Messente();

    @Override
    public Messente connector() {
        return messente;
    }

    @Override
    public Account account(URI provider) {
        Map<String, String> texts = Map.of(
                "username", "shop",
                "password", "the-password",
                "webhookSecret", "the-webhook-secret",
                "from", "+37251000",
                "baseUrl", provider.toString());
        Map<String, Object> values = new HashMap<>();
        for (Setting<?> setting : messente.settings()) {
            String text = texts.getOrDefault(setting.name(), setting.fallback());
            if (text != null) {
                values.put(setting.name(), setting.parser().apply(text));
            }
        }
        return new Account(Side.CHANNEL, "texts", "messente", values, false, HOME);
    }

    @Override
    public List<String> secrets() {
        return List.of("the-password", "the-webhook-secret");
    }

    @Override
    public byte[] recorded() {
        return ("{\"msg_id\":\"m-1\",\"sender\":\"+37255550101\",\"recipient\":\"+37251000\",\"text\":\"" + CANARY
                        + "\",\"time\":\"2026-11-21T10:00:00+00:00\",\"channel\":\"sms\"}")
                .getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public Request signed(byte[] body) {
        String signature = HmacSigner.hex("HmacSHA256", HmacSigner.utf8("the-webhook-secret"), body);
        Map<String, String> headers = Map.of("content-type", "application/json", "x-messente-signature", signature);
        return new Request(Request.Origin.RECEIVED, "POST", "/channels/texts", "", headers, body, NOW);
    }

    @Override
    public List<String> lanes() {
        return List.of("+37255550101");
    }

    @Override
    public List<String> proof() {
        return List.of("x-messente-signature");
    }

    @Override
    public String address() {
        return "+37255550101";
    }

    static Stream<String> cases() throws IOException {
        return CASES.names();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void readsWhatWasRecorded(String name) throws Exception {
        CASES.check(name, recorded -> read(new String(recorded, StandardCharsets.UTF_8)));
    }

    @Test
    void statusThatNobodyKnowsIsUnreadable() {
        assertThatThrownBy(() -> read("{\"message_id\":\"s-1\",\"to\":\"+37255550101\",\"status\":\"LOST\"}"))
                .isInstanceOf(MalformedPayload.class)
                .hasMessageContaining("status is not one that we know of Messente");
    }

    /** RFC 4231, test case 2. */
    @Test
    void signatureIsHmacSha256OfTheBodyInHexadecimalDigits() throws Exception {
        Map<String, Object> values = new HashMap<>(account().values());
        values.put("webhookSecret", new Secret("Jefe"));
        Account known = new Account(Side.CHANNEL, "texts", "messente", values, false, HOME);
        Map<String, String> headers =
                Map.of("x-messente-signature", "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
        byte[] body = "what do ya want for nothing?".getBytes(StandardCharsets.UTF_8);
        Request request = new Request(Request.Origin.RECEIVED, "POST", "/channels/texts", "", headers, body, NOW);
        assertThat(messente.verify(known, request).request()).isSameAs(request);
    }

    @Test
    void sendsTheFieldsThatTheApiWants() throws Exception {
        String answer = "{\"to\":\"+37255550101\",\"omnimessage_id\":\"o-1\","
                + "\"messages\":[{\"message_id\":\"s-1\",\"channel\":\"sms\",\"sender\":\"+37251000\"}]}";
        try (FakeProvider provider = FakeProvider.answering(201, Map.of(), answer)) {
            Outcome outcome = messente.send(account(provider.baseUrl()), text("Tere", "õhtust"), new PlainTransport());
            assertThat(outcome).isEqualTo(new Outcome.Sent("s-1"));
            assertThat(Json.tree(provider.bodies().get(0).getBytes(StandardCharsets.UTF_8)))
                    .isEqualTo(Json.tree(("{\"to\":\"+37255550101\","
                                    + "\"dlr_url\":\"https://chat.example.com/channels/texts\",\"messages\":[{"
                                    + "\"channel\":\"sms\",\"sender\":\"+37251000\",\"autoconvert\":\"off\","
                                    + "\"text\":\"Tere\\nõhtust\"}]}")
                            .getBytes(StandardCharsets.UTF_8)));
        }
    }

    private ToCustomer text(String... texts) {
        List<Part> parts = Stream.of(texts).<Part>map(Part.Text::new).toList();
        return new ToCustomer("d-1", "m-1", "c-1", address(), parts, null, null, List.of(), "Mara", false);
    }

    private List<CustomerEvent> read(String body) throws Exception {
        Verified verified = messente.verify(account(), signed(body.getBytes(StandardCharsets.UTF_8)));
        return messente.read(account(), verified);
    }
}
