// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.vonage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.vonage.client.auth.RequestSigning;
import com.vonage.client.auth.hashutils.HashType;
import com.vonage.jwt.Jwt;
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
import io.dragoman.connector.kit.ReceivedForm;
import io.dragoman.contract.FakeProvider;
import io.dragoman.contract.SendSample;
import io.dragoman.contract.WebhookSample;
import io.dragoman.model.CustomerEvent;
import io.dragoman.model.CustomerEvent.Consent;
import io.dragoman.model.CustomerEvent.MessageReceived;
import io.dragoman.model.Json;
import io.dragoman.model.Part;
import io.dragoman.model.Reason;
import io.dragoman.simulator.UrlEncoded;
import io.dragoman.simulator.vonage.WebhookProof;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

final class VonageTest implements WebhookSample, SendSample {
    private static final RecordedCases CASES = RecordedCases.of("channel/vonage");
    private static final Instant NOW = Instant.parse("2026-11-21T10:00:30Z");
    private static final String SECRET = "the-signature-secret";
    private static final Account.Installation HOME =
            new Account.Installation(URI.create("https://chat.example.com"), new Secret("key-of-the-installation"));

    private final Vonage vonage = new Vonage();

    @Override
    public Vonage connector() {
        return vonage;
    }

    @Override
    public Account account(URI provider) {
        return account(provider, Map.of("signatureMethod", "sha256"));
    }

    private Account account(URI provider, Map<String, String> more) {
        Map<String, String> texts = new HashMap<>(Map.of(
                "apiKey", "the-api-key",
                "apiSecret", "the-api-secret",
                "signatureSecret", SECRET,
                "from", "+4930111",
                "baseUrl", provider.toString()));
        texts.putAll(more);
        Map<String, Object> values = new HashMap<>();
        for (Setting<?> setting : vonage.settings()) {
            String text = texts.getOrDefault(setting.name(), setting.fallback());
            if (text != null) {
                values.put(setting.name(), setting.parser().apply(text));
            }
        }
        return new Account(Side.CHANNEL, "texts", "vonage", values, false, HOME);
    }

    @Override
    public List<String> secrets() {
        return List.of("the-api-key", "the-api-secret", SECRET);
    }

    @Override
    public byte[] recorded() {
        return ("{\"channel\":\"sms\",\"message_uuid\":\"m-1\",\"to\":\"4930111\",\"from\":\"4917000001\",\"timestamp\":"
                        + "\"2026-11-21T10:00:00.000Z\",\"message_type\":\"text\",\"text\":\"" + CANARY + "\"}")
                .getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public Request signed(byte[] body) {
        return posted(Map.of("content-type", "application/json", "authorization", token(body, NOW)), body);
    }

    private static String token(byte[] body, Instant at) {
        return new WebhookProof("shop", SECRET).token(body, at);
    }

    private static Request posted(Map<String, String> headers, byte[] body) {
        return new Request(Request.Origin.RECEIVED, "POST", "/channels/texts", "", headers, body, NOW);
    }

    private static Request form(Map<String, String> parameters) {
        byte[] body = UrlEncoded.write(parameters).getBytes(StandardCharsets.UTF_8);
        return posted(Map.of("content-type", "application/x-www-form-urlencoded"), body);
    }

    @Override
    public List<String> lanes() {
        return List.of("+4917000001");
    }

    @Override
    public List<String> proof() {
        return List.of("authorization");
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

    /** Vonage's own SDK makes the signature, over parameters with the two characters that it replaces. */
    @ParameterizedTest
    @EnumSource(HashType.class)
    void parametersSignedByTheSdkAreTaken(HashType type) throws Exception {
        if (!Stream.of(VonageSignature.Method.values()).map(Enum::name).toList().contains(word(type))) {
            throw new AssertionError("a method of Vonage's that the channel does not have: " + type);
        }
        Map<String, String> signed = new TreeMap<>(message());
        signed.put("text", "1 + 1 = 2 & more €");
        signed.put("keyword", " ");
        signed.putAll(RequestSigning.getSignatureForRequestParameters(signed, SECRET, type));
        Instant at = Instant.ofEpochSecond(Long.parseLong(signed.get("timestamp")));
        Account account = account(
                URI.create("http://127.0.0.1"),
                Map.of("signatureMethod", word(type).toLowerCase(Locale.ROOT)));
        Request get = new Request(
                Request.Origin.RECEIVED, "GET", "/channels/texts", UrlEncoded.write(signed), Map.of(), new byte[0], at);
        byte[] body = Json.bytes(signed);
        Request json = new Request(
                Request.Origin.RECEIVED, "POST", "/", "", Map.of("content-type", "application/json"), body, at);
        for (Request request : List.of(get, json)) {
            CustomerEvent event =
                    vonage.read(account, vonage.verify(account, request)).get(0);
            assertThat(((MessageReceived) event).parts()).containsExactly(new Part.Text("1 + 1 = 2 & more €"));
        }
        signed.put("text", "another text");
        Request forged = new Request(
                Request.Origin.RECEIVED, "GET", "/channels/texts", UrlEncoded.write(signed), Map.of(), new byte[0], at);
        assertThatThrownBy(() -> vonage.verify(account, forged)).isInstanceOf(AuthenticationFailed.class);
    }

    private static String word(HashType type) {
        return switch (type) {
            case MD5 -> "MD5HASH";
            case HMAC_MD5 -> "MD5";
            case HMAC_SHA1 -> "SHA1";
            case HMAC_SHA256 -> "SHA256";
            case HMAC_SHA512 -> "SHA512";
        };
    }

    /** The simulator, which signs for the tests, signs as Vonage does. */
    @Test
    void sdkTakesWhatTheSimulatorSigns() throws Exception {
        byte[] body = recorded();
        String token = token(body, Instant.now()).substring("Bearer ".length());
        assertThat(Jwt.verifySignature(token, SECRET)).isTrue();
        byte[] signed = Json.bytes(new WebhookProof("shop", SECRET).signed(message(), Instant.now()));
        assertThat(ReceivedForm.ofJson(signed).text("sig")).hasSize(64);
    }

    @Test
    void parametersInTheWrongPlaceOrTooOldAreRefused() {
        Map<String, String> signed = new WebhookProof("shop", SECRET).signed(message(), NOW);
        for (Map<String, String> wrong : List.of(
                with(signed, "timestamp", "1"),
                with(signed, "sig", ""),
                with(signed, "msisdn", "4917000002"),
                with(signed, "extra", "1"),
                new WebhookProof("shop", SECRET).signed(message(), NOW.minus(Duration.ofHours(26))),
                new WebhookProof("shop", SECRET).signed(message(), NOW.plus(Duration.ofMinutes(2))),
                new WebhookProof("shop", "another secret").signed(message(), NOW))) {
            assertThatThrownBy(() -> vonage.verify(account(), form(wrong)))
                    .as(wrong.toString())
                    .isInstanceOf(AuthenticationFailed.class);
        }
    }

    /** Vonage tries for a day; a token of the first try must still open the door after an outage. */
    @Test
    void tokenMayBeAsOldAsTheLastTry() throws Exception {
        byte[] body = recorded();
        assertThat(verified(body, NOW.minus(Duration.ofHours(24)))).isNotEmpty();
        assertThatThrownBy(() -> verified(body, NOW.minus(Duration.ofHours(26))))
                .isInstanceOf(AuthenticationFailed.class);
        assertThatThrownBy(() -> verified(body, NOW.plus(Duration.ofHours(1))))
                .isInstanceOf(AuthenticationFailed.class);
    }

    @Test
    void unsignedTokenIsNone() {
        String claims =
                Base64.getUrlEncoder().withoutPadding().encodeToString("{\"iat\":1}".getBytes(StandardCharsets.UTF_8));
        String none = "eyJhbGciOiJub25lIn0." + claims + ".";
        assertThatThrownBy(
                        () -> vonage.verify(account(), posted(Map.of("authorization", "Bearer " + none), recorded())))
                .isInstanceOf(AuthenticationFailed.class);
    }

    @Test
    void stopIsAnOptOut() throws Exception {
        MessageReceived stop =
                (MessageReceived) readForm(with(message(), "text", " stop ")).get(0);
        assertThat(stop.consent()).isEqualTo(Consent.OPTED_OUT);
        MessageReceived please = (MessageReceived)
                readForm(with(message(), "text", "please stop it")).get(0);
        assertThat(please.consent()).isNull();
    }

    @ParameterizedTest
    @CsvSource({"channel, whatsapp", "from, ''", "message_uuid, ' '"})
    void whatMakesNoSenseIsUnreadable(String field, String value) {
        String wrong = new String(recorded(), StandardCharsets.UTF_8)
                .replaceFirst("\"" + field + "\":\"[^\"]*\"", "\"" + field + "\":\"" + value + "\"");
        assertThatThrownBy(() -> read(wrong.getBytes(StandardCharsets.UTF_8))).isInstanceOf(MalformedPayload.class);
    }

    @Test
    void smsApiGetsTheFieldsThatItWants() throws Exception {
        try (FakeProvider provider = FakeProvider.answering(
                200, Map.of(), "{\"message-count\":\"1\",\"messages\":[{\"status\":\"0\",\"message-id\":\"0B01\"}]}")) {
            Outcome outcome = vonage.send(account(provider.baseUrl()), text("Grüße", "Жду"), new PlainTransport());
            assertThat(outcome).isEqualTo(new Outcome.Sent("0B01"));
            UrlEncoded form = UrlEncoded.read(provider.bodies().get(0));
            assertThat(form.names())
                    .containsExactly(
                            "api_key", "api_secret", "from", "to", "text", "type", "status-report-req", "callback");
            assertThat(form.get("from")).isEqualTo("4930111");
            assertThat(form.get("to")).isEqualTo("4917000001");
            assertThat(form.get("text")).isEqualTo("Grüße\nЖду");
            assertThat(form.get("type")).isEqualTo("unicode");
            assertThat(form.get("callback")).isEqualTo("https://chat.example.com/channels/texts");
        }
    }

    @Test
    void messagesApiGetsTheFieldsThatItWants() throws Exception {
        try (FakeProvider provider = FakeProvider.answering(202, Map.of(), "{\"message_uuid\":\"u-1\"}")) {
            Account account = account(provider.baseUrl(), Map.of("api", "messages"));
            assertThat(vonage.send(account, text("hi"), new PlainTransport())).isEqualTo(new Outcome.Sent("u-1"));
            assertThat(Json.tree(provider.bodies().get(0).getBytes(StandardCharsets.UTF_8)))
                    .isEqualTo(Json.tree(("{\"channel\":\"sms\",\"message_type\":\"text\",\"from\":\"4930111\","
                                    + "\"to\":\"4917000001\",\"text\":\"hi\",\"webhook_version\":\"v1\","
                                    + "\"webhook_url\":\"https://chat.example.com/channels/texts\"}")
                            .getBytes(StandardCharsets.UTF_8)));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "2, CONTENT_REFUSED", "4, AUTHENTICATION_FAILED", "7, RECIPIENT_OPTED_OUT", "9, ACCOUNT_BLOCKED",
        "12, TOO_LARGE", "29, ACCOUNT_BLOCKED", "32, AUTHENTICATION_FAILED", "33, RECIPIENT_UNKNOWN",
        "777, CONTENT_REFUSED"
    })
    void refusalInAnAnswerOf200IsOne(String status, Reason reason) throws Exception {
        assertThat(answered("{\"messages\":[{\"status\":\"" + status + "\",\"error-text\":\"no\"}]}"))
                .isInstanceOfSatisfying(Outcome.Refused.class, refused -> assertThat(refused.reason())
                        .isEqualTo(reason));
    }

    @Test
    void throttlingSaysHowLongToWait() throws Exception {
        String text = "Throughput Rate Exceeded - please wait [ 650 ] and retry";
        assertThat(answered("{\"messages\":[{\"status\":\"1\",\"error-text\":\"" + text + "\"}]}"))
                .isInstanceOfSatisfying(
                        Outcome.Retry.class, retry -> assertThat(retry.after()).isEqualTo(Duration.ofMillis(650)));
        assertThat(answered("{\"messages\":[{\"status\":\"5\",\"error-text\":\"Internal Error\"}]}"))
                .isInstanceOf(Outcome.Retry.class);
    }

    @Test
    void textOfWhichOnlyAPieceWasTakenIsToldAsSuch() throws Exception {
        String answer = "{\"messages\":[{\"status\":\"0\",\"message-id\":\"0B01\"},{\"status\":\"9\"}]}";
        assertThat(answered(answer))
                .isEqualTo(new Outcome.Sent("0B01", List.of("Vonage took 1 of the 2 short messages of this text.")));
    }

    private Outcome answered(String answer) throws Exception {
        try (FakeProvider provider = FakeProvider.answering(200, Map.of(), answer)) {
            return vonage.send(account(provider.baseUrl()), text("hi"), new PlainTransport());
        }
    }

    private static Map<String, String> message() {
        return Map.of(
                "msisdn", "4917000001",
                "to", "4930111",
                "messageId", "0B00000000000001",
                "text", "hello",
                "type", "text",
                "message-timestamp", "2026-11-21 10:00:00");
    }

    private static Map<String, String> with(Map<String, String> parameters, String name, String value) {
        Map<String, String> more = new TreeMap<>(parameters);
        more.put(name, value);
        return more;
    }

    private List<CustomerEvent> readForm(Map<String, String> parameters) throws Exception {
        Request request = form(new WebhookProof("shop", SECRET).signed(parameters, NOW));
        return vonage.read(account(), vonage.verify(account(), request));
    }

    private ToCustomer text(String... texts) {
        List<Part> parts = Stream.of(texts).<Part>map(Part.Text::new).toList();
        return new ToCustomer("d-1", "m-1", "c-1", address(), parts, null, null, List.of(), "Mara", false);
    }

    private List<CustomerEvent> read(byte[] body) throws Exception {
        return vonage.read(account(), vonage.verify(account(), signed(body)));
    }

    private List<CustomerEvent> verified(byte[] body, Instant at) throws Exception {
        Request request = posted(Map.of("content-type", "application/json", "authorization", token(body, at)), body);
        return vonage.read(account(), vonage.verify(account(), request));
    }
}
