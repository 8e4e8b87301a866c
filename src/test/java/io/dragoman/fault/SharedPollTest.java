// SPDX-License-Identifier: Apache-2.0
package io.dragoman.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.Gateway;
import io.dragoman.Setup;
import io.dragoman.TestGateway;
import io.dragoman.config.GatewaySettings;
import io.dragoman.config.TestSettings;
import io.dragoman.connector.Account;
import io.dragoman.connector.ConfiguredAccount;
import io.dragoman.connector.ConfiguredAccounts;
import io.dragoman.connector.Secret;
import io.dragoman.connector.Side;
import io.dragoman.rules.Decision;
import io.dragoman.rules.action.SendReply;
import io.dragoman.store.StoreUrl;
import io.dragoman.store.TestStore;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * An account of which there may be one session only, and two gateways on one PostgreSQL: one of them holds it, reads by it
 * and sends by it, and the other takes over when the first is cut off from the database, or stops.
 */
final class SharedPollTest {
    private static final Decision AN_ANSWER =
            new Decision(List.of(new SendReply("hours", "closed", "en", "we are closed", null)), List.of());
    private static final Secret KEY = new Secret("test key");

    @TempDir
    private Path data;

    @Test
    void oneGatewayHoldsTheSessionAndAnotherTakesOver() throws Exception {
        TestStore shared = TestStore.postgres(data);
        StoreUrl.Postgres direct = (StoreUrl.Postgres) shared.url();
        OneLine line = new OneLine();
        try (FaultyProxy network = new FaultyProxy(direct.address().getPort());
                Gateway first = Gateway.start(setup("first", through(network, direct), line));
                Closed second = new Closed(Gateway.start(setup("second", direct, line)))) {
            await(line, "the first has it", () -> line.holder().equals("first"));
            letters(shared, line, 5);

            network.cut(true);
            long cut = System.nanoTime();
            await(line, "the second has it", () -> line.holder().equals("second"));
            long takenOver = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - cut);
            letters(shared, line, 5);
            network.cut(false);
            TestGateway.await(
                    "the first is back",
                    () -> shared.number("SELECT count(*) FROM peer") == 2
                            && first.store().usable());
            int tried = line.withoutSession();
            letters(shared, line, 5);
            assertThat(line.holder()).isEqualTo("second");
            // what was on its way when a session ended is another matter: it is tried again
            assertThat(line.withoutSession())
                    .as("tried to send without the session while the other had it")
                    .isEqualTo(tried);

            long stopped = System.nanoTime();
            second.stop();
            await(line, "the first has it again", () -> line.holder().equals("first"));
            long handedOver = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - stopped);
            letters(shared, line, 5);
            System.out.printf(
                    "a session of one gateway: taken over %d ms after its network was cut, %d ms after the other was stopped%n",
                    takenOver, handedOver);
            assertThat(takenOver).isLessThan(25_000);
            assertThat(handedOver).isLessThan(10_000);
        }
        assertThat(line.most()).as("sessions at once").isEqualTo(1);
        assertThat(shared.number("SELECT count(*) FROM event WHERE type='message.received'"))
                .as("each letter once")
                .isEqualTo(20);
        assertThat(shared.text("SELECT position FROM cursor WHERE source='line'"))
                .isEqualTo("20");
    }

    /** A gateway that may be stopped before its end. */
    private static final class Closed implements AutoCloseable {
        private final Gateway gateway;
        private boolean closed;

        Closed(Gateway gateway) {
            this.gateway = gateway;
        }

        @Override
        public void close() {
            stop();
        }

        void stop() {
            if (!closed) {
                closed = true;
                gateway.close();
            }
        }
    }

    /** So many more come in and are answered. */
    private static void letters(TestStore shared, OneLine line, int more) {
        int all = line.write(more);
        await(
                line,
                "the letters and their answers",
                () -> shared.number("SELECT count(*) FROM event WHERE state='DONE'") >= all && line.sent() >= all);
    }

    private static void await(OneLine line, String what, java.util.function.BooleanSupplier condition) {
        TestGateway.await(what, () -> {
            java.util.concurrent.locks.LockSupport.parkNanos(20_000_000);
            return condition.getAsBoolean();
        });
        assertThat(line.most()).as("sessions at once").isLessThanOrEqualTo(1);
    }

    private static StoreUrl through(FaultyProxy network, StoreUrl.Postgres direct) {
        String there = direct.address().toString();
        return new StoreUrl.Postgres(
                URI.create(there.replace(":" + direct.address().getPort() + "/", ":" + network.port() + "/")),
                direct.password());
    }

    private Setup setup(String name, StoreUrl store, OneLine line) {
        Account account = new Account(
                Side.CHANNEL,
                "line",
                "line",
                Map.of(),
                false,
                new Account.Installation(URI.create("http://localhost:8080"), KEY));
        GatewaySettings settings = TestSettings.with(TestSettings.local(data.resolve(name), ""), store);
        return new Setup(
                settings,
                new ConfiguredAccounts(
                        Map.of("line", new ConfiguredAccount(account, line.of(name))),
                        Map.of(),
                        settings.conversations()),
                situation -> AN_ANSWER,
                List.of("file:routes/*.camel.yaml"),
                KEY,
                TestGateway.TOKEN,
                new Setup.Environment(Clock.systemUTC(), new Random(1), failure -> {}));
    }
}
