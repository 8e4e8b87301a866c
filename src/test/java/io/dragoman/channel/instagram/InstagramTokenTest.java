// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.instagram;

import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.TestClock;
import io.dragoman.app.status.LoginForecast;
import io.dragoman.app.status.LoginForecast.LoginStatus;
import io.dragoman.connector.AccessTokens;
import io.dragoman.connector.Account;
import io.dragoman.connector.ConfiguredAccount;
import io.dragoman.connector.HttpCall;
import io.dragoman.connector.Outbound.ToCustomer;
import io.dragoman.connector.Outcome;
import io.dragoman.connector.PlainTransport;
import io.dragoman.model.Part;
import io.dragoman.model.Reason;
import io.dragoman.simulator.instagram.InstagramSimulator;
import io.dragoman.store.blob.RefreshTokenFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Access tokens of Instagram Login live for 60 days: the gateway renews them, and says when it cannot. */
final class InstagramTokenTest {
    private static final Instant START = Instant.parse("2026-11-21T10:00:00Z");

    private final InstagramSimulator meta = new InstagramSimulator(0);
    private final Instagram instagram = new Instagram();
    private final Account account = InstagramAccounts.of(meta.settings());
    private final TestClock clock = TestClock.at(START);

    @TempDir
    private Path data;

    private AccessTokens tokens;
    private PlainTransport transport;

    @BeforeEach
    void start() {
        tokens = new AccessTokens(new RefreshTokenFiles(data));
        transport = new PlainTransport() {
            @Override
            public Clock clock() {
                return clock;
            }

            @Override
            public AccessTokens tokens() {
                return tokens;
            }
        };
    }

    @AfterEach
    void stop() {
        meta.close();
    }

    private Outcome sends(Account from) {
        ToCustomer message = new ToCustomer(
                "d-1", "m-1", "c-1", "ana", List.of(new Part.Text("hi")), null, null, List.of(), "Mara", false);
        return instagram.send(from, message, transport);
    }

    private static void assertOver(Outcome outcome) {
        assertThat(outcome).isInstanceOfSatisfying(Outcome.Refused.class, refused -> assertThat(refused.reason())
                .isEqualTo(Reason.AUTHENTICATION_FAILED));
    }

    private long renewals() {
        return transport.calls().stream()
                .map(HttpCall::uri)
                .filter(uri -> uri.getPath().equals("/refresh_access_token"))
                .count();
    }

    private Optional<LoginStatus> status(Account of) {
        return new LoginForecast(tokens, clock).of(new ConfiguredAccount(of, instagram));
    }

    @Test
    void tokenShouldBeRenewedLongBeforeItsEnd() {
        assertThat(sends(account)).isInstanceOf(Outcome.Sent.class);
        assertThat(renewals()).as("a token of today cannot be renewed").isZero();
        for (int day = 0; day < 200; day++) {
            clock.move(Duration.ofDays(1));
            assertThat(sends(account)).as("day " + day).isInstanceOf(Outcome.Sent.class);
            meta.expireOlderTokens();
        }
        assertThat(renewals()).isBetween(25L, 30L);
        assertThat(status(account))
                .hasValueSatisfying(said -> assertThat(said.status()).isEqualTo("ok"));
    }

    @Test
    void renewedTokenShouldOutliveTheProcessAndBeNobodyElses() throws Exception {
        sends(account);
        clock.move(Duration.ofDays(2));
        sends(account);
        meta.expireOlderTokens();
        start();
        assertThat(sends(account)).isInstanceOf(Outcome.Sent.class);
        assertThat(renewals()).isZero();
        assertThat(Files.readString(data.resolve("logins/insta.json")))
                .as("the configured one is not stored again")
                .doesNotContain(meta.settings().get("accessToken"));

        Map<String, String> another = new HashMap<>(meta.settings());
        another.put("accessToken", "IGAA-set-by-the-operator");
        assertOver(sends(InstagramAccounts.of(another)));
    }

    @Test
    void tokenThatIsNotRenewedShouldBeForetoldAndGoOnUntilItsEnd() {
        sends(account);
        clock.move(Duration.ofDays(1));
        sends(account);
        for (int day = 0; day < 45; day++) {
            clock.move(Duration.ofDays(1));
            if (day >= 6) {
                meta.answerNext(400, Map.of(), "{\"error\":{\"code\":10,\"message\":\"no permission\"}}");
            }
            assertThat(sends(account)).as("day " + day).isInstanceOf(Outcome.Sent.class);
        }
        assertThat(status(account).map(LoginStatus::status)).hasValue("ok");
        clock.move(Duration.ofDays(1));
        assertThat(status(account).map(LoginStatus::problem))
                .hasValue(
                        "accessToken, last renewed 2026-11-22, ends on 2027-01-21, in 13 days: make a new one (the Meta"
                                + " app → Instagram → API setup) and set it as accessToken");
        meta.expireTokens();
        assertOver(sends(account));
    }

    /** That of a page, which Facebook Login gives, is not renewed: it need not end. */
    @Test
    void tokenOfAPageShouldEndAsTheOperatorSays() {
        Map<String, String> texts = new HashMap<>(meta.settings());
        texts.putAll(Map.of("login", "facebook", "pageId", "1045", "tokenExpires", "2026-11-30"));
        Account page = InstagramAccounts.of(texts);
        clock.move(Duration.ofDays(8));
        sends(page);
        assertThat(renewals()).isZero();
        assertThat(status(page).map(LoginStatus::problem)).hasValueSatisfying(problem -> assertThat(problem)
                .startsWith("accessToken ends on 2026-11-30, in 0 days: make"));
    }
}
