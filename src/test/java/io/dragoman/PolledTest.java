// SPDX-License-Identifier: Apache-2.0
package io.dragoman;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.dragoman.connector.Account;
import io.dragoman.connector.Batch;
import io.dragoman.connector.Connector;
import io.dragoman.connector.Directory;
import io.dragoman.connector.Intake;
import io.dragoman.connector.Limits;
import io.dragoman.connector.Outbound;
import io.dragoman.connector.Outcome;
import io.dragoman.connector.Patience;
import io.dragoman.connector.Request;
import io.dragoman.connector.Secret;
import io.dragoman.connector.Setting;
import io.dragoman.connector.Signature;
import io.dragoman.connector.Unverified;
import io.dragoman.connector.Verified;
import io.dragoman.connector.Wire;
import io.dragoman.connector.WireFailure;
import io.dragoman.message.Event;
import io.dragoman.message.Json;
import io.dragoman.message.Reason;
import io.dragoman.rules.Decision;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Health of a polled channel means that polls succeed, and one channel in trouble stops no other. */
final class PolledHealthTest {
    @Test
    void healthOfAPolledChannelIsItsProgress(@TempDir Path data) throws Exception {
        Poller poller = new Poller();
        try (Gateway gateway = Gateway.start(setup(data, poller))) {
            TestGateway.await(
                    "a failure", () -> channel(gateway).path("status").asText().equals("failing"));
            JsonNode failing = channel(gateway).path("polling");
            assertThat(failing.path("failuresInARow").asInt()).isPositive();
            assertThat(failing.path("problem").asText()).isEqualTo("mail.example.com does not answer");
            assertThat(failing.has("lastSuccess")).isFalse();
            assertThat(health(gateway).path("status").asText()).isEqualTo("ready");
            poller.up = true;
            TestGateway.await(
                    "a success", () -> channel(gateway).path("status").asText().equals("ok"));
            JsonNode good = channel(gateway).path("polling");
            assertThat(good.path("lastSuccess").asText()).endsWith("Z");
            assertThat(good.path("failuresInARow").asInt()).isZero();
        }
    }

    private static JsonNode channel(Gateway gateway) {
        return health(gateway).at("/channels/0");
    }

    private static JsonNode health(Gateway gateway) {
        URI uri = URI.create("http://127.0.0.1:" + gateway.adminPort() + "/health/ready");
        HttpRequest request = HttpRequest.newBuilder(uri)
                .header("Authorization", "Bearer " + TestGateway.TOKEN.value())
                .build();
        try {
            return Json.tree(TestGateway.send(request).body().getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Setup setup(Path data, Connector poller) {
        URI url = URI.create("http://localhost:8080");
        Secret key = new Secret("test key");
        Account account = new Account("mail", "poller", Map.of(), false, new Account.Installation(url, key));
        return new Setup(
                        data,
                        data.resolve("dragoman.db"),
                        List.of("file:routes/*.camel.yaml"),
                        new Directory(
                                Map.of("mail", new Directory.Bound(account, poller)),
                                Map.of(),
                                null,
                                Duration.ofDays(7),
                                Duration.ofSeconds(5)),
                        situation -> Decision.NOTHING,
                        "127.0.0.1",
                        0,
                        1024,
                        1024,
                        url,
                        key,
                        Clock.systemUTC(),
                        new Random(1),
                        failure -> {})
                .withAdmin(new Setup.Admin("127.0.0.1", 0, TestGateway.TOKEN));
    }

    /** Polls what is down until it is up, and then finds no news. */
    private static final class Poller implements Connector {
        private volatile boolean up;

        @Override
        public Batch poll(Account account, String position, Wire wire, Patience patience) throws WireFailure {
            if (!up) {
                throw WireFailure.notSent(Reason.PROVIDER_DOWN, "mail.example.com does not answer");
            }
            LockSupport.parkNanos(20_000_000);
            return new Batch(List.of(), position);
        }

        @Override
        public String kind() {
            return "poller";
        }

        @Override
        public Side side() {
            return Side.CHANNEL;
        }

        @Override
        public String description() {
            return "For tests.";
        }

        @Override
        public List<Setting<?>> settings() {
            return List.of();
        }

        @Override
        public Intake intake(Account account) {
            return Intake.POLL;
        }

        @Override
        public Verified verify(Account account, Request request) throws Unverified {
            return Signature.polled(request);
        }

        @Override
        public List<Event> read(Account account, Verified verified) {
            return List.of();
        }

        @Override
        public Outcome send(Account account, Outbound outbound, Wire wire) {
            return new Outcome.Sent(null);
        }

        @Override
        public Limits limits(Account account) {
            return Limits.NONE;
        }

        @Override
        public Repeat repeat() {
            return Repeat.IDEMPOTENT;
        }
    }
}
