// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector;

import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.TestClock;
import io.dragoman.contract.FakeProvider;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A person's login by device code and by browser, at an authorization server that knows both. */
final class PersonLoginTest {
    private static final Instant START = Instant.parse("2026-11-21T10:00:00Z");

    private final TestClock clock = TestClock.at(START);
    private final TokenServer server = new TokenServer();
    private final List<DeviceLogin.Prompt> prompts = new ArrayList<>();
    private final List<Duration> pauses = new ArrayList<>();
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

    private RefreshGrant grant() {
        return new RefreshGrant("support-mail", server.url("/token"), TokenServer.CLIENT, null, "mail offline_access");
    }

    private LoginResult byDevice(RefreshGrant grant) throws Exception {
        return new DeviceLogin(server.url("/device"), grant, "mail offline_access", transport)
                .run(prompts::add, time -> {
                    pauses.add(time);
                    clock.move(time);
                });
    }

    private static String why(LoginResult result) {
        assertThat(result).isInstanceOf(LoginResult.NotLoggedIn.class);
        return ((LoginResult.NotLoggedIn) result).why();
    }

    @Test
    void deviceCodeShouldBeAskedForUntilThePersonIsDone() throws Exception {
        server.deviceAnswers("authorization_pending", "slow_down", "authorization_pending");
        assertThat(byDevice(grant())).isInstanceOfSatisfying(LoginResult.LoggedIn.class, in -> {
            assertThat(server.takes(in.token().value())).isTrue();
            assertThat(in.token().clientId()).isEqualTo(TokenServer.CLIENT);
            assertThat(in.token().loggedInAt()).isEqualTo(clock.instant());
        });
        assertThat(prompts)
                .containsExactly(new DeviceLogin.Prompt(
                        "https://login.shop.example/device", "ABCD-EFGH", Duration.ofMinutes(15)));
        assertThat(pauses)
                .as("RFC 8628 §3.5: slow_down adds five seconds, for good")
                .containsExactly(
                        Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofSeconds(6), Duration.ofSeconds(6));
    }

    @ParameterizedTest
    @CsvSource({
        "access_denied, did not allow it",
        "authorization_declined, did not allow it",
        "expired_token, not used in time",
        "invalid_scope, oauth.scope",
        "unauthorized_client, oauth.clientId"
    })
    void refusalShouldBeSaid(String error, String words) throws Exception {
        server.deviceAnswers(error);
        assertThat(why(byDevice(grant()))).contains(words);
        assertThat(pauses).hasSize(1);
    }

    @Test
    void codeThatIsNeverUsedShouldEnd() throws Exception {
        server.deviceAnswers(Collections.nCopies(1_000, "authorization_pending").toArray(String[]::new));
        assertThat(why(byDevice(grant()))).contains("not used in time");
        assertThat(clock.instant()).isEqualTo(START.plus(Duration.ofMinutes(15)));
    }

    @Test
    void serverInTroubleShouldBeAskedMoreSeldom() throws Exception {
        try (FakeProvider broken = FakeProvider.answering(503, Map.of(), "{}")) {
            RefreshGrant grant = new RefreshGrant("support-mail", broken.baseUrl(), TokenServer.CLIENT, null, "");
            assertThat(why(byDevice(grant))).contains("not used in time");
        }
        assertThat(pauses).hasSizeLessThan(40).endsWith(Duration.ofMinutes(1));
    }

    @Test
    void loginWithoutRefreshTokenShouldBeNone() throws Exception {
        String hourly = "{\"token_type\":\"Bearer\",\"access_token\":\"a\",\"expires_in\":3599}";
        try (FakeProvider hour = FakeProvider.answering(200, Map.of(), hourly)) {
            RefreshGrant grant = new RefreshGrant("support-mail", hour.baseUrl(), TokenServer.CLIENT, null, "");
            assertThat(why(byDevice(grant))).contains("no refresh token", "offline_access");
        }
    }

    @Test
    void clientThatMayNotShouldBeSaidBeforeAnythingIsShown() throws Exception {
        RefreshGrant grant = new RefreshGrant("support-mail", server.url("/token"), "another", null, "");
        assertThat(why(byDevice(grant))).contains("unauthorized_client", "oauth.clientId");
        assertThat(prompts).isEmpty();
    }

    private LoginResult byBrowser(UnaryOperator<String> person) throws TransportFailure {
        return new BrowserLogin(
                        URI.create("https://login.shop.example/authorize"), grant(), "mail", transport, new Random(1))
                .run(person);
    }

    private static Map<String, String> query(String address) {
        Map<String, String> query = new HashMap<>();
        for (String pair : address.substring(address.indexOf('?') + 1).split("&", -1)) {
            int equals = pair.indexOf('=');
            query.put(pair.substring(0, equals), URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
        }
        return query;
    }

    /** The page after the person said yes. */
    private String allows(String address, @Nullable String state) {
        Map<String, String> query = query(address);
        server.code("4/0AbC", query.get("code_challenge"));
        return query.get("redirect_uri") + "?state=" + (state == null ? query.get("state") : state)
                + "&code=4%2F0AbC&scope=mail";
    }

    @Test
    void addressOfTheLastPageShouldBeALogin() throws Exception {
        List<String> addresses = new ArrayList<>();
        LoginResult result = byBrowser(address -> {
            addresses.add(address);
            return " " + allows(address, null) + "\n";
        });
        assertThat(result).isInstanceOfSatisfying(LoginResult.LoggedIn.class, in -> assertThat(
                        server.takes(in.token().value()))
                .isTrue());
        assertThat(query(addresses.get(0)))
                .containsEntry("client_id", TokenServer.CLIENT)
                .containsEntry("scope", "mail")
                .containsEntry("response_type", "code")
                .containsEntry("code_challenge_method", "S256")
                .containsEntry("access_type", "offline")
                .containsEntry("prompt", "consent");
        assertThat(server.forms().get(0))
                .containsEntry("redirect_uri", query(addresses.get(0)).get("redirect_uri"));
    }

    @Test
    void codeAloneShouldDo() throws Exception {
        assertThat(byBrowser(address -> {
                    allows(address, null);
                    return "4/0AbC";
                }))
                .isInstanceOf(LoginResult.LoggedIn.class);
    }

    @Test
    void addressOfAnotherLoginShouldNotBeTaken() throws Exception {
        assertThat(why(byBrowser(address -> allows(address, "of-another")))).contains("not the address");
        assertThat(why(byBrowser(address -> ""))).contains("Nothing");
        assertThat(why(byBrowser(address -> "http://127.0.0.1:53682/?error=access_denied&state=%zz")))
                .contains("did not allow it");
        assertThat(server.forms()).isEmpty();
    }

    @Test
    void codeThatWasUsedShouldBeSaid() throws Exception {
        assertThat(why(byBrowser(address -> "4/0AbC"))).contains("invalid_grant");
    }
}
