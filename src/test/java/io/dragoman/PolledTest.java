// SPDX-License-Identifier: Apache-2.0
package io.dragoman;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.dragoman.config.GatewaySettings;
import io.dragoman.config.TestSettings;
import io.dragoman.connector.Account;
import io.dragoman.connector.Batch;
import io.dragoman.connector.Channel;
import io.dragoman.connector.ConfiguredAccount;
import io.dragoman.connector.ConfiguredAccounts;
import io.dragoman.connector.Connector;
import io.dragoman.connector.Limits;
import io.dragoman.connector.Outbound;
import io.dragoman.connector.Outcome;
import io.dragoman.connector.PollContext;
import io.dragoman.connector.Polled;
import io.dragoman.connector.Request;
import io.dragoman.connector.RetrySafety;
import io.dragoman.connector.Secret;
import io.dragoman.connector.Setting;
import io.dragoman.connector.Side;
import io.dragoman.connector.Transport;
import io.dragoman.connector.TransportFailure;
import io.dragoman.connector.Verified;
import io.dragoman.model.CustomerEvent;
import io.dragoman.model.Identity;
import io.dragoman.model.Json;
import io.dragoman.model.Part;
import io.dragoman.model.Reason;
import io.dragoman.rules.Decision;
import io.dragoman.store.Store;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A polled channel: its health is its polls' success, and its position moves with what was kept and not before. */
final class PolledTest {
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

    /** As a library does that reads nested lists by recursion. */
    @Test
    void aPollThatOverflowsTheStackIsTriedAgain(@TempDir Path data) throws Exception {
        Poller poller = new Poller();
        poller.up = true;
        poller.nested = true;
        try (Gateway gateway = Gateway.start(setup(data, poller))) {
            TestGateway.await(
                    "a failure", () -> channel(gateway).path("status").asText().equals("failing"));
            assertThat(channel(gateway).at("/polling/problem").asText())
                    .isEqualTo("the poll failed with StackOverflowError");
            poller.nested = false;
            TestGateway.await(
                    "a success", () -> channel(gateway).path("status").asText().equals("ok"));
        }
    }

    @Test
    void aBatchThatWasNotKeptIsPolledAgain(@TempDir Path data) throws Exception {
        Poller poller = new Poller();
        poller.up = true;
        poller.letters = 3;
        Store.sqlite(data.resolve("dragoman.db"), 0, failure -> {}).close();
        change(data, "CREATE TRIGGER harm BEFORE INSERT ON event BEGIN SELECT RAISE(ABORT, 'harm'); END");
        try (Gateway gateway = Gateway.start(setup(data, poller))) {
            TestGateway.await(
                    "a failure", () -> channel(gateway).path("status").asText().equals("failing"));
            assertThat(position(gateway)).isEmpty();
            change(data, "DROP TRIGGER harm");
            TestGateway.await("the last", () -> position(gateway).equals("3"));
            for (int letter = 1; letter <= 3; letter++) {
                String key = "letter " + letter;
                assertThat(gateway.store()
                                .<Boolean>read(
                                        tx -> tx.events().find("mail", key).isPresent()))
                        .as(key)
                        .isTrue();
            }
        }
    }

    @Test
    void aRefusedLoginWaitsForMinutesOrForAnotherPassword(@TempDir Path data) throws Exception {
        Poller poller = new Poller();
        poller.password = "wrong";
        Instant before = Instant.now().minusSeconds(1);
        try (Gateway gateway = Gateway.start(setup(data, poller))) {
            TestGateway.await(
                    "a failure", () -> channel(gateway).path("status").asText().equals("failing"));
            JsonNode refused = channel(gateway).path("polling");
            assertThat(refused.path("problem").asText()).isEqualTo("mail.example.com: the login was refused");
            assertThat(Instant.parse(refused.path("nextTry").asText()))
                    .isBetween(before.plusSeconds(300), Instant.now().plusSeconds(300));
            assertThat(metric(gateway)).isEqualTo("1");
            assertThat(poller.logins).hasValue(1);

            poller.password = "right";
            poller.up = true;
            TestGateway.await(
                    "a success", () -> channel(gateway).path("status").asText().equals("ok"));
            assertThat(channel(gateway).path("polling").has("nextTry")).isFalse();
            assertThat(metric(gateway)).isEqualTo("0");
        }
    }

    private static String metric(Gateway gateway) throws IOException {
        URI uri = URI.create("http://127.0.0.1:" + gateway.adminPort() + "/metrics");
        HttpRequest request = HttpRequest.newBuilder(uri)
                .header("Authorization", "Bearer " + TestGateway.TOKEN.value())
                .build();
        return TestGateway.send(request)
                .body()
                .lines()
                .filter(line -> line.startsWith("dragoman_login_refused{target=\"mail\",way=\"receiving\"}"))
                .map(line -> line.substring(line.lastIndexOf(' ') + 1).replace(".0", ""))
                .findFirst()
                .orElse("missing");
    }

    private static String position(Gateway gateway) {
        return gateway.store().read(tx -> tx.cursors().get("mail"));
    }

    private static void change(Path data, String sql) throws SQLException {
        try (Connection other = DriverManager.getConnection(
                        "jdbc:sqlite:" + data.resolve("dragoman.db") + "?busy_timeout=10000");
                Statement statement = other.createStatement()) {
            statement.execute(sql);
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
        Account account =
                new Account(Side.CHANNEL, "mail", "poller", Map.of(), false, new Account.Installation(url, key));
        GatewaySettings settings = TestSettings.local(data, "");
        return new Setup(
                settings,
                new ConfiguredAccounts(
                        Map.of("mail", new ConfiguredAccount(account, poller)), Map.of(), settings.conversations()),
                situation -> Decision.NOTHING,
                List.of("file:routes/*.camel.yaml"),
                key,
                TestGateway.TOKEN,
                new Setup.Environment(Clock.systemUTC(), new Random(1), failure -> {}));
    }

    /** Polls what is down until it is up, and then finds some letters, one at each poll. */
    private static final class Poller implements Channel, Polled {
        private volatile boolean up;
        private volatile boolean nested;
        private volatile int letters;
        private volatile String password = "right";
        private final AtomicInteger logins = new AtomicInteger();

        @Override
        public Object login(Account account, Transport transport) {
            return password;
        }

        @Override
        public Batch poll(Account account, String position, Transport transport, PollContext patience)
                throws TransportFailure {
            if (nested) {
                return poll(account, position, transport, patience);
            }
            if (password.equals("wrong")) {
                logins.incrementAndGet();
                throw TransportFailure.loginRefused("mail.example.com: the login was refused");
            }
            if (!up) {
                throw TransportFailure.notSent(Reason.PROVIDER_DOWN, "mail.example.com does not answer");
            }
            int known = position.isEmpty() ? 0 : Integer.parseInt(position);
            if (known < letters) {
                byte[] body = Integer.toString(known + 1).getBytes(StandardCharsets.UTF_8);
                return new Batch(List.of(Request.polled("letters", body, Instant.now())), Integer.toString(known + 1));
            }
            LockSupport.parkNanos(20_000_000);
            return new Batch(List.of(), position);
        }

        @Override
        public String kind() {
            return "poller";
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
        public List<CustomerEvent> read(Account account, Verified verified) {
            String number = new String(verified.request().body(), StandardCharsets.UTF_8);
            return List.of(CustomerEvent.MessageReceived.of(
                    "letter " + number,
                    verified.request().receivedAt(),
                    new CustomerEvent.Sender("ana", List.of(new Identity("test", "ana", true)), null, null),
                    number,
                    List.of(new Part.Text(number)),
                    null));
        }

        @Override
        public Outcome send(Account account, Outbound.ToCustomer message, Transport transport) {
            return new Outcome.Sent(null);
        }

        @Override
        public Limits limits(Account account) {
            return Limits.NONE;
        }

        @Override
        public RetrySafety retrySafety() {
            return RetrySafety.IDEMPOTENT;
        }
    }
}
