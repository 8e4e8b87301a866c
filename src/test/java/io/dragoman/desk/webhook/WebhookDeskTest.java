// SPDX-License-Identifier: Apache-2.0
package io.dragoman.desk.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.dragoman.connector.Account;
import io.dragoman.connector.AuthenticationFailed;
import io.dragoman.connector.HttpCall;
import io.dragoman.connector.Outbound;
import io.dragoman.connector.Outcome;
import io.dragoman.connector.Outcome.Refused;
import io.dragoman.connector.Outcome.Retry;
import io.dragoman.connector.Outcome.Sent;
import io.dragoman.connector.PlainTransport;
import io.dragoman.connector.Request;
import io.dragoman.connector.Secret;
import io.dragoman.connector.SelfTest;
import io.dragoman.connector.Side;
import io.dragoman.contract.FakeProvider;
import io.dragoman.contract.SampleNotice;
import io.dragoman.contract.SendSample;
import io.dragoman.contract.WebhookSample;
import io.dragoman.model.Reason;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class WebhookDeskTest implements WebhookSample, SendSample {
    static final String OLD = secret("the old canary key has 32 bytes.");
    static final String NEW = secret("the new canary key has 32 bytes.");
    private static final Instant NOW = SampleNotice.NOW;

    static String secret(String key) {
        return "whsec_" + Base64.getEncoder().encodeToString(key.getBytes(StandardCharsets.UTF_8));
    }

    /** An account whose settings are changed; an empty value takes one away. */
    static Account account(Map<String, Object> changes) {
        Map<String, Object> values = new TreeMap<>(Map.of(
                "url", URI.create("http://127.0.0.1:9"),
                "secret", new Secret(NEW),
                "timeout", Duration.ofSeconds(5)));
        values.putAll(changes);
        values.values().removeIf(""::equals);
        Account.Installation home =
                new Account.Installation(URI.create("https://chat.example.com"), new Secret("installation"));
        return new Account(Side.DESK, "helpdesk", "webhook", values, false, home);
    }

    @Override
    public WebhookDesk connector() {
        return new WebhookDesk();
    }

    @Override
    public Account account(URI provider) {
        return account(Map.of("url", provider));
    }

    @Override
    public List<String> secrets() {
        return List.of(NEW, NEW.substring("whsec_".length()));
    }

    @Override
    public byte[] recorded() {
        return """
                {"type":"agent.replied","timestamp":"2026-11-21T10:02:10Z",
                 "data":{"conversation":{"id":"c-1"},"author":{"name":"Mara"},
                  "message":{"id":"r-1","replyTo":"m-1","parts":[
                   {"type":"text","text":"canary-in-the-text"},
                   {"type":"media","mimeType":"image/png","fileName":"a.png","size":17,"url":"https://desk.example.com/a"},
                   {"type":"location","latitude":52.5,"longitude":13,"name":"Shop"},
                   {"type":"contact","name":"Ben","phones":["+49"],"emails":[]},
                   {"type":"choices","text":"Which?","choices":[{"id":"r","title":"Red"}]},
                   {"type":"template","name":"hello","language":"en","parameters":["1"]}]}}}
                """.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public Request signed(byte[] body) {
        String seconds = Long.toString(NOW.getEpochSecond());
        String signature = StandardWebhook.of(new Secret(NEW)).orElseThrow().sign("event-1", seconds, body);
        return request("event-1", seconds, signature, body, NOW);
    }

    static Request request(String id, String seconds, String signature, byte[] body, Instant receivedAt) {
        Map<String, String> headers =
                Map.of("webhook-id", id, "webhook-timestamp", seconds, "webhook-signature", signature);
        return new Request(Request.Origin.RECEIVED, "POST", "/desks/helpdesk", "", headers, body, receivedAt);
    }

    @Override
    public List<String> lanes() {
        return List.of("c-1");
    }

    @Override
    public List<String> proof() {
        return List.of("webhook-id", "webhook-timestamp", "webhook-signature");
    }

    @Override
    public String address() {
        return "unused";
    }

    @Override
    public Outbound outbound() {
        return SampleNotice.of("delivery-1", SENT_CANARY);
    }

    @Test
    void bothSecretsAreTakenWhileTheyChange() throws Exception {
        byte[] body = recorded();
        Request byNew = signed(body);
        for (String secrets : List.of(NEW, NEW + " " + OLD, OLD + " " + NEW)) {
            Account changing = account(Map.of("secret", new Secret(secrets)));
            assertThat(connector().verify(changing, byNew).request()).isSameAs(byNew);
        }
        assertThatThrownBy(() -> connector().verify(account(Map.of("secret", new Secret(OLD))), byNew))
                .isInstanceOf(AuthenticationFailed.class);
        String first =
                StandardWebhook.of(new Secret(OLD + " " + NEW)).orElseThrow().sign("i", "1", body);
        assertThat(first)
                .isEqualTo(StandardWebhook.of(new Secret(OLD)).orElseThrow().sign("i", "1", body));
    }

    @Test
    void anyOfSeveralSignaturesIsEnough() throws Exception {
        Request one = signed(recorded());
        String right = one.header("webhook-signature").orElseThrow();
        for (String several :
                List.of("v1,AAAA " + right, right + " v1,AAAA", "v1a,xyz v2, " + right, "  " + right + "  ")) {
            Request request = request("event-1", Long.toString(NOW.getEpochSecond()), several, recorded(), NOW);
            assertThat(connector().verify(account(), request).request()).isSameAs(request);
        }
        for (String wrong :
                List.of(right.replace("v1,", "v2,"), right.replace("v1,", "v1,v1,"), "v1 " + right.substring(3))) {
            Request request = request("event-1", Long.toString(NOW.getEpochSecond()), wrong, recorded(), NOW);
            assertThatThrownBy(() -> connector().verify(account(), request)).isInstanceOf(AuthenticationFailed.class);
        }
    }

    @ParameterizedTest
    @CsvSource({"-301,false", "-300,true", "0,true", "300,true", "301,false", "999999999,false"})
    void aReplayIsTakenForFiveMinutesEitherWay(long late, boolean taken) {
        Request fresh = signed(recorded());
        Request replayed = new Request(
                fresh.origin(),
                fresh.method(),
                fresh.path(),
                fresh.query(),
                fresh.headers(),
                fresh.body(),
                NOW.plusSeconds(late));
        assertThat(verifies(replayed)).isEqualTo(taken);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-1", "+1", "1.5", "0", "01790000000", "9999999999999999999", "now", "１７９００００"})
    void aTimeThatIsNoneIsRefused(String seconds) {
        String signature = StandardWebhook.of(new Secret(NEW)).orElseThrow().sign("event-1", seconds, recorded());
        assertThat(verifies(request("event-1", seconds, signature, recorded(), NOW)))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"whsec_", "whsec_c2hvcnQ=", "dGhlIG5ldyBjYW5hcnkga2V5IGhhcyAzMiBieXRlcy4=", "whsec_!!!!", "x y"})
    void aSecretThatIsNoneIsAProblemAndNeverShown(String secret) {
        Account wrong = account(Map.of("secret", new Secret(secret)));
        assertThat(connector().problems(wrong))
                .containsExactly("secret must be whsec_ and 24 to 64 bytes in base64; several with a space between. "
                        + "Make one with: echo whsec_$(openssl rand -base64 32)");
        assertThat(connector().deliver(wrong, SampleNotice.of("delivery-1", "x"), new PlainTransport()))
                .isInstanceOfSatisfying(
                        Refused.class, no -> assertThat(no.reason()).isEqualTo(Reason.AUTHENTICATION_FAILED));
        assertThatThrownBy(() -> connector().verify(wrong, signed(recorded())))
                .isInstanceOf(AuthenticationFailed.class);
    }

    @Test
    void itsOwnAddressIsAProblem() {
        URI own = account(Map.of()).callback();
        assertThat(connector().problems(account(Map.of("url", own))))
                .singleElement()
                .asString()
                .contains("url is the address at which this desk is answered itself");
    }

    @Test
    void aMissingSecretIsAProblem() {
        assertThat(connector().problems(account(Map.of("secret", ""))))
                .singleElement()
                .asString()
                .contains("secret is missing", "openssl rand");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "none",
            value = {
                "{\"id\":\"ticket-7\"}|ticket-7",
                "{\"id\":991}|991",
                "{\"id\":\" \"}|none",
                "{\"id\":null}|none",
                "{\"id\":{}}|none",
                "{\"id\":1.5}|none",
                "[]|none",
                "thanks|none",
            })
    void theDesksOwnIdIsKept(String body, @Nullable String id) {
        try (FakeProvider desk = FakeProvider.answering(202, Map.of(), body)) {
            assertThat(connector()
                            .deliver(account(desk.baseUrl()), SampleNotice.of("delivery-1", "x"), new PlainTransport()))
                    .isEqualTo(new Sent(id));
        }
    }

    @Test
    void answersAreTyped() {
        assertThat(answered(410, Map.of())).isInstanceOfSatisfying(Refused.class, no -> assertThat(no.reason())
                .isEqualTo(Reason.ACCOUNT_BLOCKED));
        assertThat(answered(413, Map.of())).isInstanceOfSatisfying(Refused.class, no -> assertThat(no.reason())
                .isEqualTo(Reason.TOO_LARGE));
        for (int status : List.of(429, 502, 503, 504)) {
            assertThat(answered(status, Map.of("Retry-After", "31")))
                    .isInstanceOfSatisfying(
                            Retry.class, retry -> assertThat(retry.after()).isEqualTo(Duration.ofSeconds(31)));
        }
        assertThat(answered(504, Map.of())).isInstanceOf(Outcome.Uncertain.class);
        assertThat(answered(408, Map.of())).isInstanceOf(Retry.class);
    }

    @Test
    void halfACharacterDoesNotStopANotice() {
        try (FakeProvider desk = FakeProvider.answering(200, Map.of(), "")) {
            assertThat(connector()
                            .deliver(
                                    account(desk.baseUrl()),
                                    SampleNotice.of("delivery-1", "a\ud800b"),
                                    new PlainTransport()))
                    .isEqualTo(new Sent(null));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "https://desk.example.com/files/1,true",
        "https://DESK.example.com:443/other,true",
        "http://desk.example.com/files/1,false",
        "https://desk.example.com:8443/files/1,false",
        "https://files.example.com/1,false",
        "https://desk.example.com.evil.example/1,false",
    })
    void onlyFilesOfTheDesksOwnOriginGetItsTrustAndCredentials(URI file, boolean own) {
        Account account = account(Map.of(
                "url",
                URI.create("https://desk.example.com/hook"),
                "files.authorization",
                new Secret("Bearer canary")));
        HttpCall call = connector().file(account, HttpCall.get(file).follow(3));
        assertThat(call.isTrusted()).isEqualTo(own);
        assertThat(call.authorization()).isEqualTo(own ? new Secret("Bearer canary") : null);
    }

    private Outcome answered(int status, Map<String, String> headers) {
        try (FakeProvider desk = FakeProvider.answering(status, headers, "")) {
            return connector()
                    .deliver(account(desk.baseUrl()), SampleNotice.of("delivery-1", "x"), new PlainTransport());
        }
    }

    private boolean verifies(Request request) {
        try {
            connector().verify(account(), request);
            return true;
        } catch (AuthenticationFailed e) {
            return false;
        }
    }

    @Test
    void testShouldCompareTheClocks() throws Exception {
        HttpServer desk = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        desk.createContext("/", exchange -> {
            try (exchange) {
                exchange.sendResponseHeaders(200, -1);
            }
        });
        desk.start();
        try {
            Account account =
                    account(URI.create("http://127.0.0.1:" + desk.getAddress().getPort()));
            Clock slow = Clock.offset(Clock.systemUTC(), Duration.ofMinutes(-4));
            Clock right = Clock.systemUTC();
            assertThat(clocks(account, right).result()).isEqualTo(SelfTest.Result.OK);
            assertThat(clocks(account, slow).result()).isEqualTo(SelfTest.Result.FAILED);
            assertThat(clocks(account, slow).found()).contains("ahead of ours");
        } finally {
            desk.stop(0);
        }
    }

    private SelfTest.Check clocks(Account account, Clock clock) {
        return connector().test(account, new PlainTransport(), clock).get(1);
    }
}
