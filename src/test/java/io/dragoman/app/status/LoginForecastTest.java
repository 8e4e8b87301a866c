// SPDX-License-Identifier: Apache-2.0
package io.dragoman.app.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.TestClock;
import io.dragoman.app.status.LoginForecast.LoginStatus;
import io.dragoman.channel.email.Email;
import io.dragoman.connector.AccessTokens;
import io.dragoman.connector.Account;
import io.dragoman.connector.ConfiguredAccount;
import io.dragoman.connector.PlainTransport;
import io.dragoman.connector.RefreshToken;
import io.dragoman.connector.RefreshTokens;
import io.dragoman.connector.Secret;
import io.dragoman.connector.Setting;
import io.dragoman.connector.Side;
import io.dragoman.connector.TokenGrant;
import io.dragoman.connector.TokenServer;
import io.dragoman.connector.TransportFailure;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is said of a login days before it ends, and when it has. */
final class LoginForecastTest {
    private static final Instant START = Instant.parse("2026-11-21T10:00:00Z");
    private static final String AGAIN = "run ./dragoman login support-mail";

    private final TestClock clock = TestClock.at(START);
    private final TokenServer server = new TokenServer();
    private final RefreshTokens logins = RefreshTokens.inMemory();
    private final AccessTokens tokens = new AccessTokens(logins);
    private final LoginForecast forecast = new LoginForecast(tokens, clock);
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

    private ConfiguredAccount channel(String provider, String... more) {
        Map<String, String> texts = new HashMap<>(Map.of(
                "address", "support@shop.example",
                "imap.host", "imap.shop.example",
                "imap.user", "support@shop.example"));
        texts.put("oauth.provider", provider);
        texts.put("oauth.clientId", TokenServer.CLIENT);
        texts.put("oauth.tokenUrl", server.url("/token").toString());
        for (int i = 0; i < more.length; i += 2) {
            texts.put(more[i], more[i + 1]);
        }
        Map<String, Object> values = new HashMap<>();
        for (Setting<?> setting : new Email().settings()) {
            String text = texts.getOrDefault(setting.name(), setting.fallback());
            if (text != null) {
                values.put(setting.name(), setting.parser().apply(text));
            }
        }
        return new ConfiguredAccount(
                new Account(
                        Side.CHANNEL,
                        "support-mail",
                        "email",
                        values,
                        false,
                        new Account.Installation(URI.create("https://chat.shop.example"), new Secret("a test key"))),
                new Email());
    }

    private void login(@Nullable Instant endsAt) throws Exception {
        logins.login(
                "support-mail",
                new RefreshToken(TokenServer.CLIENT, server.refreshToken(), clock.instant(), clock.instant(), endsAt));
    }

    private LoginStatus status(ConfiguredAccount channel) {
        return forecast.of(channel).orElseThrow();
    }

    private TokenGrant grant(ConfiguredAccount channel) {
        return new Email().oauth(channel.account()).orElseThrow().grants().get(0);
    }

    @Test
    void channelWithoutOAuthShouldHaveNone() {
        ConfiguredAccount password = channel("custom");
        Map<String, Object> values = new HashMap<>(password.account().values());
        values.keySet().removeIf(name -> name.startsWith("oauth."));
        Account account = password.account();
        assertThat(forecast.of(new ConfiguredAccount(
                        new Account(account.side(), account.id(), account.kind(), values, false, account.home()),
                        new Email())))
                .isEmpty();
    }

    @Test
    void nobodyLoggedInShouldBeMissing() {
        assertThat(status(channel("google")))
                .isEqualTo(new LoginStatus("missing", null, "nobody has logged in yet: " + AGAIN));
    }

    /** Google's, of a project that is in testing: it names the end. */
    @Test
    void endThatTheProviderNamedShouldBeForetold() throws Exception {
        login(START.plus(Duration.ofDays(7)));
        assertThat(status(channel("google")))
                .isEqualTo(new LoginStatus(
                        "ending", START.plus(Duration.ofDays(7)), "the login ends on 2026-11-28, in 7 days: " + AGAIN));
        clock.move(Duration.ofDays(8));
        assertThat(status(channel("google")).problem()).isEqualTo("the login ended on 2026-11-28: " + AGAIN);
    }

    /** Microsoft's ends after 90 days in which nothing renewed it. */
    @Test
    void loginThatIsNotRenewedShouldBeForetoldTwoWeeksBefore() throws Exception {
        login(null);
        ConfiguredAccount channel = channel("microsoft");
        clock.move(Duration.ofDays(75).plusHours(23));
        assertThat(status(channel)).isEqualTo(new LoginStatus("ok", START.plus(Duration.ofDays(90)), null));
        clock.move(Duration.ofHours(1));
        assertThat(status(channel).problem())
                .isEqualTo("the login, last renewed 2026-11-21, ends on 2027-02-19, in 14 days: " + AGAIN);
        tokens.token(grant(channel), transport);
        assertThat(status(channel).status()).as("renewed").isEqualTo("ok");
        clock.move(Duration.ofDays(89));
        assertThat(status(channel).problem()).contains("in 1 day:");
    }

    @Test
    void endOfTheSecretShouldBeForetold() {
        ConfiguredAccount channel = channel(
                "microsoft",
                "oauth.flow",
                "client-credentials",
                "oauth.clientSecret",
                TokenServer.SECRET,
                "oauth.expiresAt",
                "2026-12-31");
        assertThat(status(channel).status()).isEqualTo("ok");
        clock.move(Duration.ofDays(30));
        assertThat(status(channel).status()).isEqualTo("ending");
        assertThat(status(channel).problem())
                .isEqualTo("oauth.clientSecret ends on 2026-12-31, in 9 days: make a new one at the provider, then"
                        + " correct it and oauth.expiresAt");
    }

    @Test
    void refusalShouldStandUntilTheNextLogin() throws Exception {
        ConfiguredAccount channel = channel("custom");
        login(null);
        server.refuses("{\"error\":\"invalid_grant\"}");
        try {
            tokens.token(grant(channel), transport);
        } catch (TransportFailure e) {
            assertThat(e.isLoginRefused()).isTrue();
        }
        assertThat(status(channel).status()).isEqualTo("refused");
        assertThat(status(channel).problem()).contains("invalid_grant", AGAIN);
        clock.move(Duration.ofSeconds(1));
        login(null);
        assertThat(status(channel)).isEqualTo(new LoginStatus("ok", null, null));
    }
}
