// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.bird;

import static io.dragoman.channel.bird.BirdTest.CALLBACK;
import static io.dragoman.channel.bird.BirdTest.NOW;
import static io.dragoman.channel.bird.BirdTest.SECRET;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.messagebird.RequestValidator;
import io.dragoman.connector.Account;
import io.dragoman.connector.AuthenticationFailed;
import io.dragoman.connector.ConnectorContract;
import io.dragoman.connector.Outbound.ToCustomer;
import io.dragoman.connector.Outcome;
import io.dragoman.connector.PlainTransport;
import io.dragoman.connector.RecordedCases;
import io.dragoman.connector.Request;
import io.dragoman.contract.FakeProvider;
import io.dragoman.contract.SendSample;
import io.dragoman.contract.WebhookSample;
import io.dragoman.model.CustomerEvent;
import io.dragoman.model.CustomerEvent.MessageReceived;
import io.dragoman.model.CustomerEvent.Receipt;
import io.dragoman.model.Json;
import io.dragoman.model.Part;
import io.dragoman.model.Reason;
import io.dragoman.model.Status;
import io.dragoman.simulator.UrlEncoded;
import io.dragoman.simulator.bird.WebhookSigner;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The same channel by the classic API. */
final class BirdClassicTest implements ConnectorContract, WebhookSample, SendSample {
    private static final RecordedCases CASES = RecordedCases.of("channel/bird/classic");
    private static final WebhookSigner SIGNER = new WebhookSigner(SECRET);

    private final Bird bird = new Bird();

    @Override
    public Bird connector() {
        return bird;
    }

    @Override
    public Account account(URI provider) {
        return BirdTest.account(provider, Map.of("api", "classic", "from", "+4930112"));
    }

    @Override
    public List<String> secrets() {
        return List.of("the-access-key", SECRET);
    }

    @Override
    public byte[] recorded() {
        return ("{\"id\":\"m-1\",\"originator\":\"4917000001\",\"recipient\":\"4930112\",\"body\":\"" + CANARY
                        + "\",\"createdDatetime\":\"2026-11-21T10:00:00+00:00\"}")
                .getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public Request signed(byte[] body) {
        Map<String, String> headers = new TreeMap<>(SIGNER.token(CALLBACK, body, NOW));
        headers.put("content-type", "application/json");
        return posted(body, headers);
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
        return List.of("messagebird-signature-jwt");
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

    /** MessageBird's own SDK takes what the simulator signs, with which all the tests here are made. */
    @Test
    void sdkTakesWhatTheSimulatorSigns() throws Exception {
        byte[] body = recorded();
        String token = SIGNER.token(CALLBACK, body, NOW).get("MessageBird-Signature-JWT");
        Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
        assertThat(new RequestValidator(SECRET)
                        .validateSignature(clock, token, CALLBACK.toString(), body)
                        .getIssuer())
                .isEqualTo("MessageBird");
    }

    @Test
    void tokenOfAnotherAddressOrTimeIsRefused() {
        byte[] body = recorded();
        for (Map<String, String> headers : List.of(
                SIGNER.token(URI.create("https://chat.example.com/channels/other"), body, NOW),
                SIGNER.token(CALLBACK, new byte[0], NOW),
                SIGNER.token(CALLBACK, body, NOW.minus(Duration.ofHours(26))),
                SIGNER.token(CALLBACK, body, NOW.plus(Duration.ofHours(1))),
                new WebhookSigner("another key").token(CALLBACK, body, NOW))) {
            assertThatThrownBy(() -> bird.verify(account(), posted(body, headers)))
                    .isInstanceOf(AuthenticationFailed.class);
        }
    }

    @Test
    void formIsRead() throws Exception {
        Map<String, String> form = Map.of("id", "m-2", "originator", "4917000001", "body", "Grüße & Küsse");
        byte[] body = UrlEncoded.write(form).getBytes(StandardCharsets.UTF_8);
        Request request = posted(body, SIGNER.token(CALLBACK, body, NOW));
        MessageReceived message = (MessageReceived)
                bird.read(account(), bird.verify(account(), request)).get(0);
        assertThat(message.parts()).containsExactly(new Part.Text("Grüße & Küsse"));
    }

    @ParameterizedTest
    @CsvSource({
        "sent, '', SENT, ",
        "buffered, '', SENT, ",
        "delivered, '', DELIVERED, ",
        "expired, '', FAILED, ",
        "delivery_failed, 103, FAILED, RECIPIENT_OPTED_OUT",
        "delivery_failed, 1, FAILED, RECIPIENT_UNKNOWN"
    })
    void reportIsTakenByItsAddress(String status, String code, Status expected, Reason reason) throws Exception {
        Receipt receipt = (Receipt) report(query(account()) + "&id=s-1&recipient=4917000001&status=" + status
                        + "&statusErrorCode=" + code + "&statusDatetime=2026-11-21T10%3A00%3A01%2B00%3A00")
                .get(0);
        assertThat(receipt)
                .extracting(Receipt::externalId, Receipt::lane, Receipt::status, Receipt::reason, Receipt::at)
                .containsExactly("s-1", "+4917000001", expected, reason, Instant.parse("2026-11-21T10:00:01Z"));
    }

    @Test
    void reportWithoutOurWordIsRefused() {
        Account other = new Account(
                account().side(),
                "other",
                "bird",
                account().values(),
                false,
                account().home());
        for (String query : List.of("", "proof=", "proof=x", query(other))) {
            assertThatThrownBy(() -> report(query + "&id=s-1&recipient=4917000001&status=delivered"))
                    .as(query)
                    .isInstanceOf(AuthenticationFailed.class);
        }
    }

    private static String query(Account account) {
        return BirdSignature.reportUrl(account).split("\\?", 2)[1];
    }

    private List<CustomerEvent> report(String query) throws Exception {
        Request request =
                new Request(Request.Origin.RECEIVED, "GET", "/channels/texts", query, Map.of(), new byte[0], NOW);
        return bird.read(account(), bird.verify(account(), request));
    }

    @Test
    void sendsTheFieldsThatTheApiWants() throws Exception {
        try (FakeProvider provider = FakeProvider.answering(201, Map.of(), "{\"id\":\"s-1\"}")) {
            Outcome outcome = bird.send(account(provider.baseUrl()), text("Grüße", "Жду"), new PlainTransport());
            assertThat(outcome).isEqualTo(new Outcome.Sent("s-1"));
            assertThat(Json.tree(provider.bodies().get(0).getBytes(StandardCharsets.UTF_8)))
                    .isEqualTo(Json.tree(("{\"originator\":\"4930112\",\"recipients\":[\"4917000001\"],"
                                    + "\"body\":\"Grüße\\nЖду\",\"datacoding\":\"auto\",\"reportUrl\":\""
                                    + BirdSignature.reportUrl(account()) + "\"}")
                            .getBytes(StandardCharsets.UTF_8)));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "401, 2, access_key, AUTHENTICATION_FAILED",
        "422, 9, recipient, RECIPIENT_UNKNOWN",
        "422, 10, body, CONTENT_REFUSED",
        "422, 25, , ACCOUNT_BLOCKED",
        "404, 20, , CONTENT_REFUSED"
    })
    void codesHaveReasons(int status, int code, String parameter, Reason reason) throws Exception {
        assertThat(answered(status, code, parameter))
                .isInstanceOfSatisfying(Outcome.Refused.class, refused -> assertThat(refused.reason())
                        .isEqualTo(reason));
    }

    @Test
    void errorInsideIsTriedAgain() throws Exception {
        assertThat(answered(422, 98, null)).isInstanceOf(Outcome.Retry.class);
    }

    private Outcome answered(int status, int code, String parameter) throws Exception {
        String answer = "{\"errors\":[{\"code\":" + code + ",\"description\":\"no\",\"parameter\":"
                + (parameter == null ? "null" : "\"" + parameter + "\"") + "}]}";
        try (FakeProvider provider = FakeProvider.answering(status, Map.of(), answer)) {
            return bird.send(account(provider.baseUrl()), text("hi"), new PlainTransport());
        }
    }

    private ToCustomer text(String... texts) {
        List<Part> parts = Stream.of(texts).<Part>map(Part.Text::new).toList();
        return new ToCustomer("d-1", "m-1", "c-1", address(), parts, null, null, List.of(), "Mara", false);
    }

    private List<CustomerEvent> read(byte[] body) throws Exception {
        return bird.read(account(), bird.verify(account(), signed(body)));
    }
}
