// SPDX-License-Identifier: Apache-2.0
package io.dragoman;

import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.connector.Account;
import io.dragoman.connector.ConfiguredAccount;
import io.dragoman.connector.ConfiguredAccounts;
import io.dragoman.connector.Outbound.ToDesk;
import io.dragoman.connector.Outcome;
import io.dragoman.connector.Secret;
import io.dragoman.connector.Side;
import io.dragoman.desk.local.LocalDesk;
import io.dragoman.model.DeskNotice;
import io.dragoman.model.Reason;
import io.dragoman.rules.Decision;
import io.dragoman.store.Pauses;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A desk becomes another kind while news waits that was made for what it was. */
final class ChangedDeskTest {
    @TempDir
    private Path data;

    private TestGateway test;

    @BeforeEach
    void start() throws Exception {
        test = new TestGateway(data);
        test.desk.outcomes.add(new Outcome.Retry(Reason.PROVIDER_DOWN, "down", Duration.ofHours(1)));
        assertThat(test.post("[{\"id\":\"m1\",\"from\":\"ana\",\"text\":\"m1\"}]"))
                .isEqualTo(200);
        TestGateway.await("the failure", test.desk.outcomes::isEmpty);
    }

    @AfterEach
    void stop() {
        test.close();
    }

    @Test
    @DisplayName("what waits is held, is told of, and goes out when the desk is what it was")
    void waitingShouldBeHeldForWhatTheDeskWas() {
        ConfiguredAccount was = test.gateway.setup().accounts().desks().get("desk");
        become(local());
        assertThat(pauses()).singleElement().satisfies(pause -> {
            assertThat(pause.target()).isEqualTo("desk");
            assertThat(pause.reason())
                    .contains("it was test-desk and is local now")
                    .contains("./dragoman resume desk");
        });
        assertThat(test.admin("/api/v1/status").toString()).contains("it was test-desk and is local now");
        become(was);
        TestGateway.await("the message", () -> messages() == 1);
        assertThat(pauses()).isEmpty();
    }

    @Test
    @DisplayName("an operator may let it go to what the desk is now")
    void waitingShouldGoOnWhenResumed() {
        become(local());
        assertThat(test.admin("POST", "/api/v1/resume", "{\"id\":\"desk\"}").statusCode())
                .isEqualTo(200);
        TestGateway.await(
                "its end", () -> !test.gateway.store().read(tx -> tx.orphans().waitsFor("desk")));
        assertThat(messages()).isZero();
    }

    @Test
    @DisplayName("nothing is held where other settings change")
    void otherSettingsShouldHoldNothing() {
        ConfiguredAccount was = test.gateway.setup().accounts().desks().get("desk");
        become(was);
        become(new ConfiguredAccount(
                new Account(
                        Side.DESK,
                        "desk",
                        "test-desk",
                        more(was, "pollEvery"),
                        false,
                        was.account().home()),
                was.connector()));
        assertThat(pauses()).isEmpty();
    }

    private static Map<String, Object> more(ConfiguredAccount was, String name) {
        Map<String, Object> values = new java.util.HashMap<>(was.account().values());
        values.put(name, "1m");
        return values;
    }

    private static ConfiguredAccount local() {
        Account.Installation home =
                new Account.Installation(URI.create("http://localhost:8080"), new Secret("test key"));
        return new ConfiguredAccount(new Account(Side.DESK, "desk", "local", Map.of(), false, home), new LocalDesk());
    }

    private void become(ConfiguredAccount desk) {
        ConfiguredAccounts now = test.gateway.setup().accounts();
        test.gateway.reload(
                new ConfiguredAccounts(now.channels(), Map.of("desk", desk), now.policy()),
                situation -> Decision.NOTHING);
    }

    private List<Pauses.Pause> pauses() {
        return test.gateway.store().read(tx -> tx.pauses().all());
    }

    private long messages() {
        return test.desk.sent.stream()
                .map(ToDesk.class::cast)
                .filter(told -> told.notice().type() == DeskNotice.Type.MESSAGE_RECEIVED)
                .count();
    }
}
