// SPDX-License-Identifier: Apache-2.0
package io.dragoman;

import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.config.Connectors;
import io.dragoman.connector.Account;
import io.dragoman.connector.ConfiguredAccount;
import io.dragoman.connector.ConfiguredAccounts;
import io.dragoman.connector.Connector;
import io.dragoman.connector.Secret;
import io.dragoman.connector.Setting;
import io.dragoman.connector.Side;
import io.dragoman.contract.FakeProvider;
import io.dragoman.rules.Decision;
import io.dragoman.simulator.teams.TeamsSimulator;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A channel whose requests are proved by keys that the gateway has to fetch first. */
final class FetchedKeysTest {
    @TempDir
    private Path data;

    @Test
    void serverOfKeysThatIsAwayOrSilentShouldStopNothingElse() throws Exception {
        FakeProvider silent = FakeProvider.silent();
        try (TeamsSimulator teams = new TeamsSimulator(0);
                TestGateway test = new TestGateway(
                        data,
                        situation -> Decision.NOTHING,
                        new TestChannel(),
                        new TestDesk(),
                        setup -> with(setup, teams, silent.baseUrl()))) {
            URI port = URI.create("http://127.0.0.1:" + test.gateway.publicPort());
            teams.answerNext(500, Map.of(), "{}");
            assertThat(teams.customerWrites(port.resolve("/channels/teams"), "Ana", "without keys"))
                    .as("neither taken nor refused; that it holds no thread meanwhile VerifyTest proves")
                    .isEqualTo(503);
            CompletableFuture<Integer> waits = CompletableFuture.supplyAsync(
                    () -> teams.customerWrites(port.resolve("/channels/silent"), "Ana", "for silent keys"));
            TestGateway.await("the question", () -> !silent.bodies().isEmpty());
            test.clock.move(Duration.ofSeconds(11));
            assertThat(teams.customerWrites(port.resolve("/channels/teams"), "Ana", "with keys"))
                    .isEqualTo(200);
            assertThat(test.post("[{\"id\":\"1\",\"from\":\"a\",\"text\":\"beside\"}]"))
                    .isEqualTo(200);
            assertThat(test.post("/channels/teams", "{}", "none")).isEqualTo(401);
            silent.close();
            assertThat(waits.get(60, TimeUnit.SECONDS)).isEqualTo(503);
            long stored = test.gateway.store().read(tx -> tx.events().counts()).stream()
                    .mapToLong(count -> count.events())
                    .sum();
            assertThat(stored).isEqualTo(2);
        }
    }

    private static Setup with(Setup setup, TeamsSimulator teams, URI silent) {
        Map<String, ConfiguredAccount> channels = new HashMap<>(setup.accounts().channels());
        channels.put("teams", channel("teams", teams.settings()));
        Map<String, String> waiting = new HashMap<>(teams.settings());
        waiting.put("openIdUrl", silent.toString());
        channels.put("silent", channel("silent", waiting));
        ConfiguredAccounts all = new ConfiguredAccounts(
                channels, setup.accounts().desks(), setup.accounts().policy());
        return new Setup(
                setup.settings(),
                all,
                setup.rules(),
                setup.routes(),
                setup.key(),
                setup.adminToken(),
                setup.environment());
    }

    private static ConfiguredAccount channel(String id, Map<String, String> settings) {
        Connector kind = Connectors.installed().stream()
                .filter(connector -> connector.kind().equals("teams"))
                .findFirst()
                .orElseThrow();
        Map<String, Object> values = new HashMap<>();
        for (Setting<?> setting : kind.settings()) {
            String text = settings.getOrDefault(setting.name(), setting.fallback());
            values.put(setting.name(), setting.parser().apply(text));
        }
        Account.Installation home =
                new Account.Installation(URI.create("http://localhost:8080"), new Secret("test key"));
        return new ConfiguredAccount(new Account(Side.CHANNEL, id, "teams", values, false, home), kind);
    }
}
