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
import io.dragoman.store.TestStore;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several accounts, each with one session at the most, and gateways on one PostgreSQL that come and go. */
final class SpreadPollTest {
    private static final Secret KEY = new Secret("test key");
    private static final int ACCOUNTS = 5;

    @TempDir
    private Path data;

    private final Map<String, OneLine> lines = new TreeMap<>();

    @Test
    @DisplayName(
            "accounts are spread among gateways as they join and leave, each held by one at a time, no letter lost")
    void accountsShouldBeSpread() throws Exception {
        for (int i = 0; i < ACCOUNTS; i++) {
            lines.put("line-" + i, new OneLine());
        }
        TestStore shared = TestStore.postgres(data);
        try (Gateway first = start("first", shared)) {
            await("the first has all", () -> held("first") == ACCOUNTS);
            letters(shared, 1);
            long joined = System.nanoTime();
            try (Gateway second = start("second", shared)) {
                await("the second has its share", () -> held("first") == 3 && held("second") == 2);
                long spread = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - joined);
                letters(shared, 2);
                assertThat(held("first")).as("and it stays so").isEqualTo(3);
                System.out.printf("%d accounts are spread %d ms after another joined%n", ACCOUNTS, spread);
                assertThat(first.store().shared() && second.store().shared()).isTrue();
            }
            long left = System.nanoTime();
            await("the first has all again", () -> held("first") == ACCOUNTS);
            System.out.printf(
                    "they are all the other's %d ms after one left%n",
                    TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - left));
            letters(shared, 3);
        }
        assertThat(shared.number("SELECT count(*) FROM event WHERE type='message.received'"))
                .as("each letter once")
                .isEqualTo(3L * ACCOUNTS);
    }

    private long held(String gateway) {
        return lines.values().stream()
                .filter(line -> line.holder().equals(gateway))
                .count();
    }

    /** One more comes in everywhere. */
    private void letters(TestStore shared, int each) {
        lines.values().forEach(line -> line.write(1));
        await(
                "the letters",
                () -> shared.number("SELECT count(*) FROM event WHERE type='message.received'")
                        == (long) each * ACCOUNTS);
    }

    private void await(String what, java.util.function.BooleanSupplier condition) {
        TestGateway.await(what, () -> {
            java.util.concurrent.locks.LockSupport.parkNanos(20_000_000);
            return condition.getAsBoolean();
        });
        assertThat(lines.values()).as("sessions at once").allMatch(line -> line.most() <= 1);
    }

    private Gateway start(String name, TestStore shared) throws Exception {
        Map<String, ConfiguredAccount> channels = new HashMap<>();
        lines.forEach((id, line) -> channels.put(id, new ConfiguredAccount(account(id), line.of(name))));
        GatewaySettings settings = TestSettings.with(TestSettings.local(data.resolve(name), ""), shared.url());
        return Gateway.start(new Setup(
                settings,
                new ConfiguredAccounts(channels, Map.of(), settings.conversations()),
                situation -> Decision.NOTHING,
                List.of("file:routes/*.camel.yaml"),
                KEY,
                TestGateway.TOKEN,
                new Setup.Environment(Clock.systemUTC(), new Random(1), failure -> {})));
    }

    private static Account account(String id) {
        return new Account(
                Side.CHANNEL,
                id,
                "line",
                Map.of(),
                false,
                new Account.Installation(URI.create("http://localhost:8080"), KEY));
    }
}
