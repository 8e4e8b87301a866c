// SPDX-License-Identifier: Apache-2.0
package io.dragoman;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.dragoman.connector.Account;
import io.dragoman.connector.OAuthLogin;
import io.dragoman.connector.RefreshGrant;
import io.dragoman.connector.RefreshToken;
import io.dragoman.connector.Secret;
import io.dragoman.connector.TokenServer;
import io.dragoman.connector.TransportFailure;
import io.dragoman.model.Json;
import io.dragoman.rules.Decision;
import io.dragoman.store.blob.RefreshTokenFiles;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What health and metrics of a running gateway say of a login, which another process may renew. */
final class LoginHealthTest {
    @Test
    void healthShouldTellALoginThatIsMissingEndingOrRefused(@TempDir Path data) throws Exception {
        try (TokenServer server = new TokenServer();
                TestGateway test = new TestGateway(
                        data,
                        situation -> Decision.NOTHING,
                        new LoggedInChannel(server),
                        new TestDesk(),
                        setup -> setup)) {
            assertThat(shop(test).path("status").asText()).isEqualTo("failing");
            assertThat(shop(test).at("/login/status").asText()).isEqualTo("missing");
            assertThat(shop(test).at("/login/problem").asText()).contains("./dragoman login shop");
            assertThat(metric(test, "dragoman_login_refused{target=\"shop\",way=\"renewing\"}"))
                    .isEqualTo(1);

            Instant now = test.clock.instant();
            login(data, server.refreshToken(), now, now.plus(Duration.ofDays(7)));
            assertThat(shop(test).path("status").asText()).isEqualTo("login-ending");
            assertThat(shop(test).at("/login/problem").asText()).contains("in 6 days", "./dragoman login shop");
            assertThat(metric(test, "dragoman_login_refused{target=\"shop\",way=\"renewing\"}"))
                    .isZero();
            assertThat(metric(test, "dragoman_login_ends_seconds{target=\"shop\"}"))
                    .isBetween(604_000.0, 604_800.0);

            login(data, new Secret("of no use"), now, null);
            try {
                test.gateway.transport().tokens().token(server(server), test.gateway.transport());
            } catch (TransportFailure e) {
                assertThat(e.isLoginRefused()).isTrue();
            }
            assertThat(shop(test).path("status").asText()).isEqualTo("failing");
            assertThat(shop(test).at("/login/problem").asText()).contains("invalid_grant", "./dragoman login shop");
            assertThat(metric(test, "dragoman_login_refused{target=\"shop\",way=\"renewing\"}"))
                    .isEqualTo(1);
        }
    }

    private static void login(Path data, Secret token, Instant now, @Nullable Instant endsAt) throws Exception {
        new RefreshTokenFiles(data).login("shop", new RefreshToken(TokenServer.CLIENT, token, now, now, endsAt));
    }

    private static RefreshGrant server(TokenServer server) {
        return new RefreshGrant("shop", server.url("/token"), TokenServer.CLIENT, null, "");
    }

    private static JsonNode shop(TestGateway test) throws Exception {
        String body = test.admin("GET", "/health/ready", null).body();
        for (JsonNode channel : Json.tree(body.getBytes(StandardCharsets.UTF_8)).path("channels")) {
            if (channel.path("id").asText().equals("shop")) {
                return channel;
            }
        }
        throw new AssertionError("no channel shop");
    }

    private static double metric(TestGateway test, String name) {
        return test.admin("GET", "/metrics", null)
                .body()
                .lines()
                .filter(line -> line.startsWith(name + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
                .findFirst()
                .orElse(Double.NaN);
    }

    private static final class LoggedInChannel extends TestChannel implements OAuthLogin {
        private final TokenServer server;

        LoggedInChannel(TokenServer server) {
            this.server = server;
        }

        @Override
        public Optional<Client> oauth(Account account) {
            return Optional.of(new Client(List.of(server(server)), null, null, "", null, null));
        }
    }
}
