// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.linkedin;

import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.TestClock;
import io.dragoman.app.status.LoginForecast;
import io.dragoman.connector.AccessTokens;
import io.dragoman.connector.Account;
import io.dragoman.connector.ConfiguredAccount;
import io.dragoman.connector.PlainTransport;
import io.dragoman.connector.Secret;
import io.dragoman.connector.Setting;
import io.dragoman.connector.Side;
import io.dragoman.simulator.linkedin.LinkedInSimulator;
import java.net.URI;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The page's subscription, and the end of its token. */
final class PageSubscriptionTest {
    private static final Account.Installation HOME =
            new Account.Installation(URI.create("https://chat.example.com"), new Secret("key-of-the-installation"));

    private final LinkedIn linkedin = new LinkedIn();
    private final LinkedInSimulator simulator = new LinkedInSimulator(0);
    private final PlainTransport wire = new PlainTransport();

    @AfterEach
    void close() {
        simulator.close();
    }

    private Account account(String... more) {
        Map<String, String> texts = new HashMap<>(simulator.settings());
        for (int i = 0; i < more.length; i += 2) {
            texts.put(more[i], more[i + 1]);
        }
        Map<String, Object> values = new HashMap<>();
        for (Setting<?> setting : linkedin.settings()) {
            String text = texts.getOrDefault(setting.name(), setting.fallback());
            if (text != null) {
                values.put(setting.name(), setting.parser().apply(text));
            }
        }
        return new Account(Side.CHANNEL, "page", "linkedin", values, false, HOME);
    }

    @Test
    void thePageShouldBeSubscribedAndLookedAt() throws Exception {
        Account account = account("applicationId", "1234", "personId", "AbC");
        assertThat(linkedin.plan(account).automatic()).isTrue();
        assertThat(linkedin.connect(account, wire)).isEmpty();
        assertThat(linkedin.connect(account, wire)).as("once more").isEmpty();
        assertThat(wire.calls().get(0).uri().getRawPath())
                .isEqualTo("/rest/eventSubscriptions/(developerApplication:urn%3Ali%3AdeveloperApplication%3A1234,"
                        + "user:urn%3Ali%3Aperson%3AAbC,entity:urn%3Ali%3Aorganization%3A"
                        + simulator.settings().get("organizationId")
                        + ",eventType:ORGANIZATION_SOCIAL_ACTION_NOTIFICATIONS)");
    }

    @Test
    void withoutAppAndPersonItShouldBeSaidWhatToSet() {
        assertThat(linkedin.plan(account()).automatic()).isFalse();
        assertThat(linkedin.plan(account()).steps().get(1)).contains("applicationId and personId");
    }

    @Test
    void refusalsShouldSayWhatToDo() throws Exception {
        Account account = account("applicationId", "1234", "personId", "AbC");
        simulator.answerNext(403, Map.of(), "{\"status\":403}");
        assertThat(linkedin.connect(account, wire).orElseThrow()).contains("403", "rw_organization_admin");
        simulator.answerNext(200, Map.of(), "");
        assertThat(linkedin.connect(account, wire).orElseThrow())
                .as("it was not kept")
                .contains("does not show it");
    }

    @ParameterizedTest
    @CsvSource({"2027-03-01, ok", "2026-12-01, ending", "2026-11-01, ending"})
    void theEndOfTheTokenShouldBeSaidTwoWeeksBefore(String day, String status) {
        LoginForecast forecast =
                new LoginForecast(new AccessTokens(), TestClock.at(Instant.parse("2026-11-21T10:00:00Z")));
        LoginForecast.LoginStatus said = forecast.of(new ConfiguredAccount(account("tokenExpires", day), linkedin))
                .orElseThrow();
        assertThat(said.status()).isEqualTo(status);
        assertThat(said.endsAt()).isEqualTo(Instant.parse(day + "T00:00:00Z"));
        if (status.equals("ending")) {
            assertThat(said.problem()).startsWith("accessToken end").contains(day, "tokenExpires");
        }
        assertThat(forecast.of(new ConfiguredAccount(account(), linkedin))).isEmpty();
    }
}
