// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.smshttp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dragoman.connector.Account;
import io.dragoman.connector.AuthenticationFailed;
import io.dragoman.connector.HttpCall;
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
import io.dragoman.model.CustomerEvent.MessageReceived;
import io.dragoman.model.Json;
import io.dragoman.model.Part;
import io.dragoman.model.Reason;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

final class SmsHttpTest implements WebhookSample, SendSample {
    private static final RecordedCases CASES = RecordedCases.of("channel/smshttp");
    private static final Instant NOW = Instant.parse("2026-11-21T10:00:30Z");
    private static final String TOKEN = "a-token-of-the-shop";
    private static final Account.Installation HOME =
            new Account.Installation(URI.create("https://chat.example.com"), new Secret("key-of-the-installation"));

    private final SmsHttp kannel = new SmsHttp();

    @Override
    public SmsHttp connector() {
        return kannel;
    }

    @Override
    public Account account(URI provider) {
        Map<String, String> texts = Map.of(
                "username", "shop",
                "password", "the-password",
                "token", TOKEN,
                "from", "+4930111",
                "baseUrl", provider.toString());
        Map<String, Object> values = new HashMap<>();
        for (Setting<?> setting : kannel.settings()) {
            String text = texts.getOrDefault(setting.name(), setting.fallback());
            if (text != null) {
                values.put(setting.name(), setting.parser().apply(text));
            }
        }
        return new Account(Side.CHANNEL, "texts", "sms-http", values, false, HOME);
    }

    @Override
    public List<String> secrets() {
        return List.of("the-password", TOKEN);
    }

    /** By {@code post-url} the body is the text itself. */
    @Override
    public byte[] recorded() {
        return CANARY.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public Request signed(byte[] body) {
        Map<String, String> headers = Map.of("content-type", "text/plain", "x-kannel-from", "+4917000001");
        return new Request(Request.Origin.RECEIVED, "POST", "/channels/texts", "token=" + TOKEN, headers, body, NOW);
    }

    @Override
    public List<String> lanes() {
        return List.of("+4917000001");
    }

    /** The proof is in the address: {@link #wrongTokenIsRefused}. */
    @Override
    public List<String> proof() {
        return List.of();
    }

    @Override
    public boolean provesBody() {
        return false;
    }

    @Override
    public String address() {
        return "+4917000001";
    }

    static Stream<String> cases() throws IOException {
        return CASES.names();
    }

    /** Queries as the escapes of Kannel 1.4.5 become them, or the headers and body of a post-url; the real one is in KannelTest. */
    @ParameterizedTest
    @MethodSource("cases")
    void readsWhatWasRecorded(String name) throws Exception {
        CASES.check(name, this::read);
    }

    @ParameterizedTest
    @CsvSource({
        "''",
        "token=",
        "token=a",
        "token=a-token-of-the-shoq",
        "token=a-token-of-the-shop1",
        "TOKEN=a-token-of-the-shop"
    })
    void wrongTokenIsRefused(String query) {
        assertThatThrownBy(() -> kannel.verify(account(), got(query + "&id=1&from=4917000001&text=hi")))
                .isInstanceOf(AuthenticationFailed.class);
    }

    @Test
    void tokenThatWouldNotSurviveAnAddressIsRefused() {
        for (String bad : List.of("short", "a word with spaces", "percent%20in-the-token")) {
            assertThatThrownBy(() -> SmsHttp.TOKEN.parser().apply(bad)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void withoutAnIdTheSameAgainIsTheSame() throws Exception {
        String query = "&from=4917000001&time=1795253000&text=yes";
        assertThat(key(query)).isEqualTo(key(query));
        assertThat(key(query)).isNotEqualTo(key(query.replace("3000", "3001")));
        assertThat(key(query)).isNotEqualTo(key(query.replace("yes", "no")));
        assertThat(key(query)).isNotEqualTo(key(query.replace("0001", "0002")));
    }

    private String key(String query) throws Exception {
        return ((MessageReceived) read(query).get(0)).key();
    }

    @ParameterizedTest
    @CsvSource({
        "'&text=hi'",
        "'&id=1&text=hi&from= '",
        "'&ref=r&status=1'",
        "'&ref=r&to=4917000001'",
        "'&ref=r&to=4917000001&status=64'"
    })
    void whatMakesNoSenseIsUnreadable(String query) {
        assertThatThrownBy(() -> read(query)).isInstanceOf(MalformedPayload.class);
    }

    @Test
    void sendsWhatKannelWants() throws Exception {
        try (FakeProvider provider = FakeProvider.answering(202, Map.of(), "0: Accepted for delivery")) {
            PlainTransport transport = new PlainTransport();
            Outcome.Sent sent =
                    (Outcome.Sent) kannel.send(account(provider.baseUrl()), text("Grüße", "Жду"), transport);
            HttpCall call = transport.calls().get(0);
            assertThat(provider.bodies()).containsExactly("Grüße\nЖду");
            assertThat(call.uri().getPath()).isEqualTo("/cgi-bin/sendsms");
            assertThat(call.headers())
                    .containsEntry("X-Kannel-To", "+4917000001")
                    .containsEntry("X-Kannel-From", "+4930111")
                    .containsEntry("X-Kannel-Coding", "2")
                    .containsEntry("X-Kannel-DLR-Mask", "31")
                    .containsEntry(
                            "X-Kannel-DLR-URL",
                            "https://chat.example.com/channels/texts?token=" + TOKEN + "&ref=" + sent.externalId()
                                    + "&status=%d&to=%p&reply=%A");
            assertThat(sent.externalId()).matches("[0-9a-f]{32}");
            assertThat(kannel.send(account(provider.baseUrl()), text("again"), transport))
                    .as("another attempt at the same delivery has the same reference")
                    .isEqualTo(sent);
            assertThat(transport.calls().get(1).headers()).containsEntry("X-Kannel-Coding", "0");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "403, Authorization failed for sendsms, AUTHENTICATION_FAILED, false",
        "403, Not routable. Do not try again., PROVIDER_DOWN, true",
        "400, 'Missing receiver number, rejected', RECIPIENT_UNKNOWN, false",
        "400, Sender missing and no global set, CONTENT_REFUSED, false",
        "503, Temporal failure. Try again later., PROVIDER_DOWN, true"
    })
    void answersHaveReasons(int status, String answer, Reason reason, boolean again) throws Exception {
        try (FakeProvider provider = FakeProvider.answering(status, Map.of(), answer)) {
            Outcome outcome = kannel.send(account(provider.baseUrl()), text("hi"), new PlainTransport());
            assertThat(outcome)
                    .isInstanceOf(again ? Outcome.Retry.class : Outcome.Refused.class)
                    .extracting("reason")
                    .isEqualTo(reason);
        }
    }

    private ToCustomer text(String... texts) {
        List<Part> parts = Stream.of(texts).<Part>map(Part.Text::new).toList();
        return new ToCustomer("d-1", "m-1", "c-1", address(), parts, null, null, List.of(), "Mara", false);
    }

    private static Request got(String query) {
        return new Request(Request.Origin.RECEIVED, "GET", "/channels/texts", query, Map.of(), new byte[0], NOW);
    }

    private List<CustomerEvent> read(String query) throws Exception {
        return kannel.read(account(), kannel.verify(account(), got("token=" + TOKEN + query)));
    }

    @SuppressWarnings("unchecked")
    private List<CustomerEvent> read(byte[] recorded) throws Exception {
        Map<String, Object> request = Json.mapper().readValue(recorded, Map.class);
        if (request.containsKey("query")) {
            return read("&" + request.get("query"));
        }
        Map<String, String> headers = (Map<String, String>) request.get("headers");
        byte[] body = HexFormat.of().parseHex((String) request.get("body"));
        Request posted =
                new Request(Request.Origin.RECEIVED, "POST", "/channels/texts", "token=" + TOKEN, headers, body, NOW);
        return kannel.read(account(), kannel.verify(account(), posted));
    }
}
