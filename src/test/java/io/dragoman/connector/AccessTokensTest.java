// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector;

import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.TestClock;
import io.dragoman.TestGateway;
import io.dragoman.contract.FakeProvider;
import io.dragoman.model.Reason;
import io.dragoman.simulator.teams.TeamsSimulator;
import java.lang.management.LockInfo;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens from a real token endpoint, used at a server that takes no other. */
final class AccessTokensTest {
    private final TestClock clock = TestClock.at(Instant.parse("2026-11-21T10:00:00Z"));
    private final TeamsSimulator server = new TeamsSimulator(0);
    private final PlainTransport transport = new PlainTransport() {
        @Override
        public Clock clock() {
            return clock;
        }
    };

    @AfterEach
    void stop() {
        server.close();
    }

    private ClientCredentials client(String secret) {
        Map<String, String> settings = server.settings();
        return new ClientCredentials(
                URI.create(settings.get("loginUrl") + "/" + settings.get("tenantId") + "/oauth2/v2.0/token"),
                settings.get("appId"),
                new Secret(secret),
                "https://api.botframework.com/.default");
    }

    private ClientCredentials client() {
        return client(server.settings().get("clientSecret"));
    }

    /** Asks for a picture that is not there: 404 with a token that is good, else 401. */
    private Outcome call(ClientCredentials client) {
        HttpCall call = HttpCall.get(server.baseUrl().resolve("/teams/v3/attachments/1/views/original"));
        return transport
                .tokens()
                .attempt(
                        client,
                        transport,
                        call,
                        answer -> answer.status() == 404 ? new Outcome.Sent("there") : Outcome.of(answer, "Server"));
    }

    private long fetched() {
        return transport.calls().stream()
                .filter(call -> call.method().equals("POST"))
                .count();
    }

    @Test
    void tokenShouldBeKeptUntilShortlyBeforeItsEnd() {
        assertThat(call(client())).isEqualTo(new Outcome.Sent("there"));
        assertThat(call(client())).isEqualTo(new Outcome.Sent("there"));
        clock.move(Duration.ofMinutes(54));
        assertThat(call(client())).isEqualTo(new Outcome.Sent("there"));
        assertThat(fetched()).isEqualTo(1);
        clock.move(Duration.ofMinutes(1));
        assertThat(call(client())).isEqualTo(new Outcome.Sent("there"));
        assertThat(fetched()).as("five minutes before the hour is over").isEqualTo(2);
    }

    @Test
    void tokenThatIsRefusedShouldBeRenewedOnce() {
        call(client());
        server.forgetTokens();
        assertThat(call(client())).isEqualTo(new Outcome.Sent("there"));
        assertThat(fetched()).isEqualTo(2);
    }

    @Test
    void serverThatRefusesEveryTokenShouldBeAskedTwice() {
        try (FakeProvider refusing = FakeProvider.answering(401, Map.of(), "{}")) {
            Outcome outcome = transport
                    .tokens()
                    .attempt(
                            client(),
                            transport,
                            HttpCall.get(refusing.baseUrl()),
                            answer -> Outcome.of(answer, "Server"));
            assertThat(outcome).isInstanceOfSatisfying(Outcome.Refused.class, refused -> assertThat(refused.reason())
                    .isEqualTo(Reason.AUTHENTICATION_FAILED));
            assertThat(refusing.bodies()).hasSize(2);
            assertThat(fetched()).isEqualTo(2);
        }
    }

    @Test
    void oneFetchShouldServeAllThreads() {
        List<Outcome> outcomes =
                IntStream.range(0, 40).parallel().mapToObj(i -> call(client())).toList();
        assertThat(outcomes).containsOnly(new Outcome.Sent("there"));
        assertThat(fetched()).isEqualTo(1);
    }

    /** Whoever waited for it does not ask again, so that a silent server costs one timeout and not one for each. */
    @Test
    void oneFailureShouldServeAllThatWaited() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch answer = new CountDownLatch(1);
        AtomicInteger posts = new AtomicInteger();
        PlainTransport slow = new PlainTransport() {
            @Override
            public Response http(HttpCall call) throws TransportFailure {
                posts.incrementAndGet();
                asked.countDown();
                try {
                    answer.await();
                } catch (InterruptedException e) {
                    throw new AssertionError(e);
                }
                throw TransportFailure.maybeSent(Reason.TIMEOUT, "silent");
            }
        };
        HttpCall call = HttpCall.get(server.baseUrl());
        List<Thread> threads = new ArrayList<>();
        List<Outcome> outcomes = new CopyOnWriteArrayList<>();
        for (int i = 0; i < 10; i++) {
            Thread thread = new Thread(() ->
                    outcomes.add(slow.tokens().attempt(client(), slow, call, response -> new Outcome.Sent(null))));
            thread.start();
            threads.add(thread);
        }
        asked.await();
        TestGateway.await("one that asks, and nine that wait for it", () -> threads.stream()
                .allMatch(AccessTokensTest::waitsForTheToken));
        answer.countDown();
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(outcomes).hasSize(10).hasOnlyElementsOfType(Outcome.Retry.class);
        assertThat(posts).hasValue(1);
        assertThat(slow.tokens().attempt(client(), slow, call, response -> new Outcome.Sent(null)))
                .isInstanceOf(Outcome.Retry.class);
        assertThat(posts).as("who comes later asks anew").hasValue(2);
    }

    /** Not for a class that is being loaded, or the list of all tokens. */
    private static boolean waitsForTheToken(Thread thread) {
        ThreadInfo info = ManagementFactory.getThreadMXBean().getThreadInfo(thread.getId());
        LockInfo lock = info == null ? null : info.getLockInfo();
        return lock != null
                && (lock.getClassName().equals(AccessTokens.class.getName() + "$Slot")
                        || lock.getClassName().startsWith(CountDownLatch.class.getName()));
    }

    @Test
    void wrongSecretShouldBeRefusedWithoutBeingShown() {
        Outcome outcome = call(client("not-the-secret"));
        assertThat(outcome).isInstanceOfSatisfying(Outcome.Refused.class, refused -> {
            assertThat(refused.reason()).isEqualTo(Reason.AUTHENTICATION_FAILED);
            assertThat(refused.detail())
                    .contains("401", "invalid_client")
                    .doesNotContain("not-the-secret")
                    .doesNotContain("AADSTS");
        });
        assertThat(call(client())).as("another secret is another client").isEqualTo(new Outcome.Sent("there"));
        assertThat(client("not-the-secret").toString()).doesNotContain("not-the-secret");
        assertThat(transport.tokens().toString()).doesNotContain("simulated");
    }

    /** Without a token nothing was sent, so nothing about it is uncertain. */
    @ParameterizedTest
    @CsvSource({"429,THROTTLED", "500,PROVIDER_DOWN", "503,PROVIDER_DOWN"})
    void tokenEndpointInTroubleShouldBeTriedLater(int status, Reason reason) {
        server.answerNext(status, Map.of("Retry-After", "7"), "{}");
        assertThat(call(client())).isInstanceOfSatisfying(Outcome.Retry.class, retry -> {
            assertThat(retry.reason()).isEqualTo(reason);
            assertThat(retry.after()).isEqualTo(Duration.ofSeconds(7));
        });
        assertThat(call(client())).isEqualTo(new Outcome.Sent("there"));
    }

    @Test
    void tokenEndpointThatIsAwayShouldBeTriedLater() {
        ClientCredentials client = client();
        server.close();
        assertThat(call(client)).isInstanceOf(Outcome.Retry.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<html>",
                "{}",
                "{\"access_token\":\"a\"}",
                "{\"token_type\":\"mac\",\"access_token\":\"a\"}",
                "{\"token_type\":\"Bearer\",\"access_token\":\"\"}",
                "{\"token_type\":\"Bearer\",\"access_token\":\"a\\r\\nX: y\"}"
            })
    void whatIsNoTokenShouldNotBeUsed(String answer) {
        server.answerNext(200, Map.of(), answer);
        assertThat(call(client())).isInstanceOf(Outcome.Retry.class);
        assertThat(transport.calls()).hasSize(1);
    }

    @Test
    void shortLifeShouldBeUsedHalf() {
        String token = "{\"token_type\":\"Bearer\",\"access_token\":\"short\",\"expires_in\":\"120\"}";
        try (FakeProvider login = FakeProvider.answering(200, Map.of(), token);
                FakeProvider taking = FakeProvider.answering(200, Map.of(), "{}")) {
            ClientCredentials client = new ClientCredentials(login.baseUrl(), "id", new Secret("secret"), "scope");
            for (int seconds : new int[] {0, 59, 2}) {
                clock.move(Duration.ofSeconds(seconds));
                transport
                        .tokens()
                        .attempt(client, transport, HttpCall.get(taking.baseUrl()), answer -> new Outcome.Sent(null));
            }
            assertThat(login.bodies())
                    .hasSize(2)
                    .allMatch(body ->
                            body.equals("grant_type=client_credentials&client_id=id&client_secret=secret&scope=scope"));
            assertThat(taking.bodies()).hasSize(3);
        }
    }
}
