// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.bird;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dragoman.connector.Account;
import io.dragoman.connector.AuthenticationFailed;
import io.dragoman.connector.MalformedPayload;
import io.dragoman.connector.Outbound.ToCustomer;
import io.dragoman.connector.Outcome;
import io.dragoman.connector.PlainTransport;
import io.dragoman.connector.RecordedCases;
import io.dragoman.connector.Request;
import io.dragoman.connector.Secret;
import io.dragoman.connector.Setting;
import io.dragoman.connector.Side;
import io.dragoman.contract.FakeProvider;
import io.dragoman.contract.SendSample;
import io.dragoman.contract.WebhookSample;
import io.dragoman.model.CustomerEvent;
import io.dragoman.model.Json;
import io.dragoman.model.Part;
import io.dragoman.model.Reason;
import io.dragoman.simulator.bird.WebhookSigner;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** By the Channels API; the classic one is {@link BirdClassicTest}'s. */
final class BirdTest implements WebhookSample, SendSample {
    static final Instant NOW = Instant.parse("2026-11-21T10:00:30Z");
    static final String SECRET = "the-signing-key";
    static final URI CALLBACK = URI.create("https://chat.example.com/channels/texts");
    private static final RecordedCases CASES = RecordedCases.of("channel/bird");
    private static final Account.Installation HOME =
            new Account.Installation(URI.create("https://chat.example.com"), new Secret("key-of-the-installation"));

    private final Bird bird = new Bird();

    static Account account(URI provider, Map<String, String> more) {
        Map<String, String> texts = new HashMap<>(
                Map.of("accessKey", "the-access-key", "signingKey", SECRET, "baseUrl", provider.toString()));
        texts.putAll(more);
        Map<String, Object> values = new HashMap<>();
        for (Setting<?> setting : new Bird().settings()) {
            String text = texts.getOrDefault(setting.name(), setting.fallback());
            if (text != null) {
                values.put(setting.name(), setting.parser().apply(text));
            }
        }
        return new Account(Side.CHANNEL, "texts", "bird", values, false, HOME);
    }

    @Override
    public Bird connector() {
        return bird;
    }

    @Override
    public Account account(URI provider) {
        return account(provider, Map.of("workspaceId", "w-1", "channelId", "c-1"));
    }

    @Override
    public List<String> secrets() {
        return List.of("the-access-key", SECRET);
    }

    @Override
    public byte[] recorded() {
        return ("{\"service\":\"channels\",\"event\":\"sms.inbound\",\"payload\":{\"id\":\"m-1\",\"channelId\":\"c-1\","
                        + "\"sender\":{\"contact\":{\"identifierKey\":\"phonenumber\",\"identifierValue\":"
                        + "\"+4917000001\"}},\"body\":{\"type\":\"text\",\"text\":{\"text\":\"" + CANARY + "\"}},"
                        + "\"direction\":\"incoming\",\"createdAt\":\"2026-11-21T10:00:00.000Z\"}}")
                .getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public Request signed(byte[] body) {
        return posted(body, new WebhookSigner(SECRET).hash(CALLBACK, body, NOW));
    }

    private static Request posted(byte[] body, Map<String, String> headers) {
        return new Request(Request.Origin.RECEIVED, "POST", "/channels/texts", "", headers, body, NOW);
    }

    @Override
    public List<String> lanes() {
        return List.of("+4917000001");
    }

    @Override
    public List<String> proof() {
        return List.of("messagebird-signature", "messagebird-request-timestamp");
    }

    @Override
    public String address() {
        return "+4917000001";
    }

    static Stream<String> cases() throws IOException {
        return CASES.names();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void readsWhatWasRecorded(String name) throws Exception {
        CASES.check(name, this::read);
    }

    /** Bird repeats a webhook with the time of its first try. */
    @Test
    void repetitionHoursLaterIsTaken() throws Exception {
        byte[] body = recorded();
        WebhookSigner signer = new WebhookSigner(SECRET);
        bird.verify(account(), posted(body, signer.hash(CALLBACK, body, NOW.minus(Duration.ofHours(4)))));
        for (Instant wrong : List.of(NOW.minus(Duration.ofHours(26)), NOW.plus(Duration.ofMinutes(2)))) {
            assertThatThrownBy(() -> bird.verify(account(), posted(body, signer.hash(CALLBACK, body, wrong))))
                    .isInstanceOf(AuthenticationFailed.class);
        }
    }

    @Test
    void signatureForAnotherAddressIsRefused() {
        byte[] body = recorded();
        URI other = URI.create("https://chat.example.com/channels/other");
        Request request = posted(body, new WebhookSigner(SECRET).hash(other, body, NOW));
        assertThatThrownBy(() -> bird.verify(account(), request)).isInstanceOf(AuthenticationFailed.class);
    }

    /** A GET is proof by our word only for the classic API, whose reports are unsigned. */
    @Test
    void unsignedGetIsRefused() {
        Request request =
                new Request(Request.Origin.RECEIVED, "GET", "/channels/texts", "proof=x", Map.of(), new byte[0], NOW);
        assertThatThrownBy(() -> bird.verify(account(), request)).isInstanceOf(AuthenticationFailed.class);
    }

    @Test
    void eachApiSaysWhatItNeeds() {
        URI base = URI.create("http://127.0.0.1");
        assertThat(bird.problems(account())).isEmpty();
        assertThat(bird.problems(account(base, Map.of("channelId", "c-1"))))
                .containsExactly("workspaceId is missing. The workspace, for the Channels API.");
        assertThat(bird.problems(account(base, Map.of("api", "classic"))))
                .anyMatch(problem -> problem.startsWith("from is missing. "));
    }

    @Test
    void sendsTheFieldsThatTheApiWants() throws Exception {
        try (FakeProvider provider =
                FakeProvider.answering(202, Map.of(), "{\"id\":\"s-1\",\"status\":\"accepted\"}")) {
            PlainTransport transport = new PlainTransport();
            Outcome outcome = bird.send(account(provider.baseUrl()), text("hi", "there"), transport);
            assertThat(outcome).isEqualTo(new Outcome.Sent("s-1"));
            assertThat(transport.calls().get(0).uri().getPath()).isEqualTo("/workspaces/w-1/channels/c-1/messages");
            assertThat(Json.tree(provider.bodies().get(0).getBytes(StandardCharsets.UTF_8)))
                    .isEqualTo(Json.tree(("{\"receiver\":{\"contacts\":[{\"identifierKey\":\"phonenumber\","
                                    + "\"identifierValue\":\"+4917000001\"}]},\"body\":{\"type\":\"text\","
                                    + "\"text\":{\"text\":\"hi\\nthere\"}}}")
                            .getBytes(StandardCharsets.UTF_8)));
        }
    }

    @Test
    void invalidNumberIsFinal() throws Exception {
        try (FakeProvider provider = FakeProvider.answering(422, Map.of(), "{\"code\":\"InvalidPayload\"}")) {
            assertThat(bird.send(account(provider.baseUrl()), text("hi"), new PlainTransport()))
                    .isEqualTo(new Outcome.Refused(Reason.CONTENT_REFUSED, "Bird answered 422"));
        }
    }

    @Test
    void messageOfWhichNothingIsKnownIsUnreadable() {
        assertThatThrownBy(() -> read("{\"payload\":{\"id\":\"m-1\"}}".getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(MalformedPayload.class);
    }

    private ToCustomer text(String... texts) {
        List<Part> parts = Stream.of(texts).<Part>map(Part.Text::new).toList();
        return new ToCustomer("d-1", "m-1", "c-1", address(), parts, null, null, List.of(), "Mara", false);
    }

    private List<CustomerEvent> read(byte[] body) throws Exception {
        return bird.read(account(), bird.verify(account(), signed(body)));
    }
}
