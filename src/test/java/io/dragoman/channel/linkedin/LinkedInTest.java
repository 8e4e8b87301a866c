// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.linkedin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.dragoman.connector.AccessTokens;
import io.dragoman.connector.Account;
import io.dragoman.connector.AuthenticationFailed;
import io.dragoman.connector.Batch;
import io.dragoman.connector.MalformedPayload;
import io.dragoman.connector.Outbound.ToCustomer;
import io.dragoman.connector.Outcome;
import io.dragoman.connector.PollContext;
import io.dragoman.connector.RecordedCases;
import io.dragoman.connector.Request;
import io.dragoman.connector.Secret;
import io.dragoman.connector.Setting;
import io.dragoman.connector.Side;
import io.dragoman.connector.Signature;
import io.dragoman.connector.Transport;
import io.dragoman.connector.TransportFailure;
import io.dragoman.connector.Verified;
import io.dragoman.contract.ContractTransport;
import io.dragoman.contract.FakeProvider;
import io.dragoman.model.CustomerEvent;
import io.dragoman.model.CustomerEvent.MessageEchoed;
import io.dragoman.model.CustomerEvent.MessageReceived;
import io.dragoman.model.Ignored;
import io.dragoman.model.Json;
import io.dragoman.model.Part;
import io.dragoman.model.Reason;
import io.dragoman.simulator.HmacSigner;
import io.dragoman.simulator.linkedin.LinkedInSimulator;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class LinkedInTest {
    private static final RecordedCases CASES = RecordedCases.of("channel/linkedin");
    private static final Instant NOW = Instant.parse("2026-11-21T22:30:00Z");
    private static final String SECRET = "the-client-secret";
    private static final String ROOT = "urn:li:comment:(urn:li:activity:70,6308)";
    private static final Account.Installation HOME =
            new Account.Installation(URI.create("https://chat.example.com"), new Secret("key-of-the-installation"));
    private static final URI NOWHERE = URI.create("http://127.0.0.1:9/channels/page");

    private final LinkedIn linkedin = new LinkedIn();

    private Account account(Map<String, String> changes) {
        Map<String, String> texts = new HashMap<>(
                Map.of("organizationId", "42", "clientSecret", SECRET, "accessToken", "the-access-token"));
        texts.putAll(changes);
        Map<String, Object> values = new HashMap<>();
        for (Setting<?> setting : linkedin.settings()) {
            String text = texts.getOrDefault(setting.name(), setting.fallback());
            if (text != null && !text.isEmpty()) {
                values.put(setting.name(), setting.parser().apply(text));
            }
        }
        return new Account(Side.CHANNEL, "page", "linkedin", values, false, HOME);
    }

    private static Request posted(byte[] body, String signature) {
        return new Request(
                Request.Origin.RECEIVED, "POST", "/channels/page", "", Map.of("x-li-signature", signature), body, NOW);
    }

    private static Request signed(byte[] body) {
        return posted(body, signature(body));
    }

    private static String signature(byte[] body) {
        return HmacSigner.hex("HmacSHA256", HmacSigner.utf8(SECRET), HmacSigner.utf8("hmacsha256="), body);
    }

    private List<CustomerEvent> read(Account account, Request request) throws Exception {
        return linkedin.read(account, linkedin.verify(account, request));
    }

    static Stream<String> cases() throws IOException {
        return CASES.names();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void readsWhatWasRecorded(String name) throws Exception {
        CASES.check(name, recorded -> read(account(Map.of()), signed(recorded)));
    }

    @Test
    @DisplayName("with no backfill to bring it whole, a comment that is only pointed at is a message all the same")
    void commentWithoutTextShouldNotBeLost() throws Exception {
        byte[] body = ("{\"notifications\":[{\"notificationId\":1,\"organizationalEntity\":\"urn:li:organization:42\","
                        + "\"action\":\"COMMENT\",\"generatedActivity\":\"" + ROOT + "\"}]}")
                .getBytes(StandardCharsets.UTF_8);
        assertThat(read(account(Map.of("backfill", "off")), signed(body)))
                .singleElement()
                .isInstanceOf(MessageReceived.class);
        assertThat(read(account(Map.of()), signed(body)))
                .singleElement()
                .isInstanceOfSatisfying(
                        Ignored.class, ignored -> assertThat(ignored.key()).isNotEqualTo(ROOT));
    }

    /** Made by OpenSSL 3: printf %s … | openssl dgst -sha256 -hmac the-client-secret. */
    @Test
    void signatureIsOverAPrefixAndTheBody() throws Exception {
        byte[] body = "{\"notifications\":[]}".getBytes(StandardCharsets.UTF_8);
        String right = "1bdf71b7c7e1efb52158af86377e0e02dd1fc82362400d1c47910047e8e3ea54";
        assertThat(read(account(Map.of()), posted(body, right))).isEmpty();
        assertThat(read(account(Map.of()), posted(body, "hmacsha256=" + right))).isEmpty();
        String bare = HmacSigner.hex("HmacSHA256", HmacSigner.utf8(SECRET), body);
        assertThatThrownBy(() -> read(account(Map.of()), posted(body, bare))).isInstanceOf(AuthenticationFailed.class);
    }

    @Test
    void challengeIsAnsweredWithItsKeyedHash() throws Exception {
        Request request = challenge("challengeCode=890e4665-4dfe-4ab1-b689-ed553bceeed0");
        Account account = account(Map.of());
        Verified verified = linkedin.verify(account, request);
        assertThat(linkedin.read(account, verified)).isEmpty();
        assertThat(linkedin.recipients(verified)).isEmpty();
        JsonNode answer =
                Json.tree(linkedin.acknowledge(account, request).body().getBytes(StandardCharsets.UTF_8));
        assertThat(answer.path("challengeCode").asText()).isEqualTo("890e4665-4dfe-4ab1-b689-ed553bceeed0");
        assertThat(answer.path("challengeResponse").asText())
                .isEqualTo("60db198ee22f71180f5a5c21923ec326fac90e6cb8a96ac1766ce2a18ed0d487");
    }

    /** Else anybody could have us sign a webhook of their own, as a challenge that begins as what is signed. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "challengeCode=hmacsha256%3D%7B%22notifications%22%3A%5B%5D%7D",
                "challengeCode=hmacsha256=",
                "challengeCode=",
                "",
                "challengeCode=a+b",
                "challengeCode=%7B%7D"
            })
    void nothingThatCouldBeABodyIsSigned(String query) {
        assertThatThrownBy(() -> linkedin.verify(account(Map.of()), challenge(query)))
                .isInstanceOf(AuthenticationFailed.class);
        assertThatThrownBy(() ->
                        linkedin.verify(account(Map.of("clientSecret", "")), challenge("challengeCode=890e4665-4dfe")))
                .isInstanceOf(AuthenticationFailed.class);
    }

    private static Request challenge(String query) {
        return new Request(Request.Origin.RECEIVED, "GET", "/channels/page", query, Map.of(), new byte[0], NOW);
    }

    @Test
    @DisplayName("what no webhook brought, and what one only pointed at, is found once and whole")
    void backfillShouldFindWhatWasMissed() throws Exception {
        try (LinkedInSimulator simulator = new LinkedInSimulator(0)) {
            Account account = account(simulator.settings());
            Instant start = Instant.now();
            List<String> taken = new ArrayList<>();
            String position = linkedin.poll(account, "", wire(Clock.systemUTC()), context(start, taken))
                    .position();
            simulator.onlyPoints();
            simulator.customerWrites(NOWHERE, "ana", "how much?");
            String first = simulator.lastOf("ana").orElseThrow();
            simulator.customerReplies(NOWHERE, "bea", "yes, how much?", first);
            String gone = simulator.listed("cem", "never mind");
            simulator.customerDeletes(NOWHERE, gone);
            PollContext later = context(start.plusSeconds(3600), taken);
            Batch batch = linkedin.poll(account, position, wire(Clock.systemUTC()), later);
            List<CustomerEvent> events = new ArrayList<>();
            for (Request request : batch.requests()) {
                events.addAll(linkedin.read(account, Signature.polled(request)));
            }
            assertThat(events).hasSize(3);
            assertThat(events.get(0))
                    .isInstanceOfSatisfying(MessageReceived.class, message -> assertThat(message.parts())
                            .contains(new Part.Text("how much?")));
            assertThat(events.get(1)).isInstanceOfSatisfying(MessageReceived.class, message -> {
                assertThat(message.parts()).contains(new Part.Text("yes, how much?"));
                assertThat(message.sender().address()).isEqualTo(events.get(0).lane());
                assertThat(message.sender().identities().get(0).value()).isEqualTo("urn:li:person:bea");
            });
            assertThat(events.get(2)).isInstanceOfSatisfying(Ignored.class, ignored -> assertThat(ignored.kind())
                    .isEqualTo("COMMENT.gone"));
            events.forEach(event -> taken.add(event.key()));
            assertThat(linkedin.poll(account, batch.position(), wire(Clock.systemUTC()), later)
                            .requests())
                    .isEmpty();
        }
    }

    @Test
    @DisplayName("what the page commented on LinkedIn itself is found by the backfill too")
    void backfillShouldFindCommentsOfThePage() throws Exception {
        try (LinkedInSimulator simulator = new LinkedInSimulator(0)) {
            Account account = account(simulator.settings());
            Instant start = Instant.now();
            String position = linkedin.poll(account, "", wire(Clock.systemUTC()), context(start, List.of()))
                    .position();
            simulator.onlyPoints();
            String first = simulator.listed("ana", "how much?");
            simulator.pageReplies(NOWHERE, "90 euros", first);
            PollContext later = context(start.plusSeconds(3600), List.of());
            Batch batch = linkedin.poll(account, position, wire(Clock.systemUTC()), later);
            assertThat(batch.requests()).hasSize(2);
            assertThat(linkedin.read(account, Signature.polled(batch.requests().get(1))))
                    .singleElement()
                    .isInstanceOfSatisfying(MessageEchoed.class, echo -> {
                        assertThat(echo.parts()).containsExactly(new Part.Text("90 euros"));
                        assertThat(echo.lane()).endsWith("," + first + ")");
                    });
        }
    }

    private static PollContext context(Instant now, List<String> taken) {
        return new PollContext() {
            @Override
            public Duration limit() {
                return Duration.ZERO;
            }

            @Override
            public Clock clock() {
                return Clock.fixed(now, ZoneOffset.UTC);
            }

            @Override
            public boolean stopping() {
                return false;
            }

            @Override
            public AutoCloseable onStop(Runnable release) {
                return () -> {};
            }

            @Override
            public boolean taken(String key) {
                return taken.contains(key);
            }
        };
    }

    private static Transport wire(Clock clock) {
        AccessTokens tokens = new AccessTokens();
        return new ContractTransport(Duration.ofSeconds(10), clock) {
            @Override
            public AccessTokens tokens() {
                return tokens;
            }
        };
    }

    @Test
    @DisplayName("with a refresh token access tokens are fetched, and again when one ended")
    void accessTokensShouldBeFetched() {
        try (LinkedInSimulator simulator = new LinkedInSimulator(0)) {
            Map<String, String> settings = new HashMap<>(simulator.settings());
            settings.putAll(simulator.refreshSettings());
            settings.put("accessToken", "");
            Account account = account(settings);
            assertThat(linkedin.problems(account)).isEmpty();
            simulator.customerWrites(NOWHERE, "ana", "hi");
            String address = "public:urn:li:comment:(urn:li:activity:7012345678901234567,"
                    + simulator.lastOf("ana").orElseThrow() + ")";
            Transport wire = wire(Clock.systemUTC());
            assertThat(linkedin.send(account, answer(address, "one"), wire)).isInstanceOf(Outcome.Sent.class);
            assertThat(linkedin.send(account, answer(address, "two"), wire)).isInstanceOf(Outcome.Sent.class);
            assertThat(simulator.refreshed()).isEqualTo(1);
            simulator.tokensEnd();
            assertThat(linkedin.send(account, answer(address, "three"), wire)).isInstanceOf(Outcome.Sent.class);
            assertThat(simulator.refreshed()).isEqualTo(2);
            assertThat(simulator.delivered())
                    .extracting(one -> one.customer() + " " + one.content())
                    .containsExactly("ana [public] one", "ana [public] two", "ana [public] three");
            settings.put("refreshToken", "another");
            assertThat(linkedin.send(account(settings), answer(address, "four"), wire))
                    .isInstanceOfSatisfying(Outcome.Refused.class, refused -> {
                        assertThat(refused.reason()).isEqualTo(Reason.AUTHENTICATION_FAILED);
                        assertThat(refused.detail()).contains("invalid_request", "consent anew");
                    });
            assertThatThrownBy(() -> linkedin.poll(
                            account(settings),
                            position(),
                            wire,
                            context(Instant.now().plusSeconds(3600), List.of())))
                    .isInstanceOfSatisfying(TransportFailure.class, failure -> assertThat(failure.isLoginRefused())
                            .isTrue());
        }
    }

    private String position() throws TransportFailure {
        return linkedin.poll(account(Map.of()), "", wire(Clock.systemUTC()), context(Instant.now(), List.of()))
                .position();
    }

    private static ToCustomer answer(String address, String text) {
        return new ToCustomer(
                "delivery-1",
                "message-1",
                "conversation-1",
                address,
                List.of(new Part.Text(text)),
                null,
                null,
                List.of(),
                "Mara",
                false);
    }

    private Outcome answered(int status, String body, String address) {
        FakeProvider provider = FakeProvider.answering(status, Map.of(), body);
        try (provider) {
            Account account = account(Map.of("baseUrl", provider.baseUrl().toString()));
            return linkedin.send(account, answer(address, "hi"), wire(Clock.fixed(NOW, ZoneOffset.UTC)));
        }
    }

    @Test
    void errorsMeanWhatLinkedInSays() {
        String address = "public:" + ROOT;
        assertThat(answered(201, "{\"commentUrn\":\"urn:li:comment:(activity:70,6401)\"}", address))
                .isEqualTo(new Outcome.Sent("urn:li:comment:(urn:li:activity:70,6401)"));
        assertThat(answered(429, "{\"message\":\"Comment create throttled\"}", address))
                .isEqualTo(new Outcome.Retry(Reason.THROTTLED, "LinkedIn answered 429", null));
        assertThat(answered(429, "{\"message\":\"Resource level throttle APPLICATION DAY limit is reached\"}", address))
                .isEqualTo(new Outcome.Retry(
                        Reason.THROTTLED, "LinkedIn answered 429: the limit of the day", Duration.ofMinutes(90)));
        assertThat(answered(404, "{}", address))
                .isInstanceOfSatisfying(Outcome.Refused.class, refused -> assertThat(refused.reason())
                        .isEqualTo(Reason.RECIPIENT_UNKNOWN));
        assertThat(answered(201, "{}", "ana@customers.example"))
                .isInstanceOfSatisfying(Outcome.Refused.class, refused -> assertThat(refused.reason())
                        .isEqualTo(Reason.RECIPIENT_UNKNOWN));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "[]", "{\"notifications\":[{}]}", "{\"notifications\":[1]}"})
    void whatNamesNothingIsUnreadable(String body) {
        assertThatThrownBy(() -> read(account(Map.of()), signed(body.getBytes(StandardCharsets.UTF_8))))
                .isInstanceOf(MalformedPayload.class);
    }

    @Test
    void problemsNameTheSettingAndTheRemedy() {
        assertThat(linkedin.problems(account(Map.of()))).isEmpty();
        assertThat(linkedin.problems(account(Map.of("accessToken", ""))))
                .singleElement()
                .asString()
                .startsWith("accessToken or refreshToken is missing.");
        assertThat(linkedin.problems(account(Map.of("refreshToken", "r"))))
                .singleElement()
                .asString()
                .startsWith("refreshToken needs clientId and clientSecret");
        assertThat(linkedin.problems(account(Map.of("clientSecret", ""))))
                .singleElement()
                .asString()
                .startsWith("clientSecret is missing.");
    }
}
