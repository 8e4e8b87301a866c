// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.dragoman.TestClock;
import io.dragoman.app.status.LoginForecast;
import io.dragoman.connector.Account;
import io.dragoman.connector.ConfiguredAccount;
import io.dragoman.connector.ConnectorContract;
import io.dragoman.connector.InvalidProfile;
import io.dragoman.connector.Outbound.ToCustomer;
import io.dragoman.connector.Outcome;
import io.dragoman.connector.PlainTransport;
import io.dragoman.connector.Request;
import io.dragoman.connector.TokenServer;
import io.dragoman.contract.SendSample;
import io.dragoman.model.Part;
import io.dragoman.model.Reason;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A profile whose provider takes an access token that is fetched first (OAuth 2.0, client credentials). */
final class OAuthProfileTest implements ConnectorContract, SendSample {
    static final String PROFILE = """
            name: Acme
            description: Messages through Acme.
            settings:
              clientId: {type: text, about: "The client's id, from the console.", required: true}
              clientSecret: {type: secret, about: "The client's secret, from the console.", required: true}
              region: {type: text, about: "Where the account is, such as eu.", default: eu}
              tokenUrl: {type: url, about: "Where the access tokens of Acme come from.", default: "https://auth.acme.example/token"}
              baseUrl: {type: url, about: "Where the API of Acme is.", default: "https://api.acme.example"}
            send:
              auth:
                oauth: {tokenUrl: tokenUrl, clientId: clientId, clientSecret: clientSecret, scope: "sms:{settings.region}", audience: "https://api.acme.example"}
              text:
                path: /send
                json: |
                  {"to": to, "text": text}
              answer: {id: id, code: code}
            errors:
              refused: {recipient-unknown: ["404"]}
            media:
              auth:
                oauth: {tokenUrl: tokenUrl, clientId: clientId, clientSecret: clientSecret, scope: "sms:{settings.region}", audience: "https://api.acme.example"}
            """;

    private final TestClock clock = TestClock.at(Instant.parse("2026-11-21T10:00:00Z"));
    private final TokenServer tokens = new TokenServer();
    private final HttpChannel channel = channel();
    private final PlainTransport transport = new PlainTransport() {
        @Override
        public Clock clock() {
            return clock;
        }
    };
    private HttpServer provider;

    private static HttpChannel channel() {
        try {
            return Profiles.of(PROFILE);
        } catch (InvalidProfile e) {
            throw new AssertionError(e.faults().toString(), e);
        }
    }

    /** A provider that takes the tokens of the server, and has one file. */
    @BeforeEach
    void start() throws IOException {
        provider = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        provider.createContext("/", exchange -> {
            String given = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
            boolean good = given.startsWith("Bearer ") && tokens.isGood(given.substring("Bearer ".length()));
            byte[] answer = (good ? "{\"id\":\"p-1\"}" : "{}").getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(good ? 200 : 401, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        provider.start();
    }

    @AfterEach
    void stop() {
        provider.stop(0);
        tokens.close();
    }

    @Override
    public HttpChannel connector() {
        return channel;
    }

    @Override
    public Account account(URI base) {
        return account(base, base.resolve("/oauth/token"), TokenServer.SECRET);
    }

    private Account account(URI base, URI tokenUrl, String secret) {
        return Profiles.account(
                channel,
                new HashMap<>(Map.of(
                        "clientId",
                        TokenServer.CLIENT,
                        "clientSecret",
                        secret,
                        "tokenUrl",
                        tokenUrl.toString(),
                        "baseUrl",
                        base.toString())));
    }

    private Account ours(String secret) {
        return account(URI.create("http://127.0.0.1:" + provider.getAddress().getPort()), tokens.url("/token"), secret);
    }

    @Override
    public Map<String, String> grants() {
        return Map.of(
                "/oauth/token",
                "{\"access_token\":\"the-access-token\",\"token_type\":\"Bearer\",\"expires_in\":3600}");
    }

    @Override
    public List<String> secrets() {
        return List.of(TokenServer.SECRET, "the-access-token");
    }

    @Override
    public String address() {
        return "+46706861004";
    }

    private Outcome send(String secret) {
        return channel.send(ours(secret), (ToCustomer) outbound(), transport);
    }

    @Test
    void tokenShouldBeFetchedOnceForItsScopeAndRenewedBeforeItEnds() {
        assertThat(send(TokenServer.SECRET)).isEqualTo(new Outcome.Sent("p-1"));
        assertThat(send(TokenServer.SECRET)).isEqualTo(new Outcome.Sent("p-1"));
        assertThat(tokens.forms())
                .containsExactly(Map.of(
                        "grant_type", "client_credentials",
                        "client_id", TokenServer.CLIENT,
                        "client_secret", TokenServer.SECRET,
                        "scope", "sms:eu",
                        "audience", "https://api.acme.example"));
        clock.move(Duration.ofMinutes(56));
        assertThat(send(TokenServer.SECRET)).isEqualTo(new Outcome.Sent("p-1"));
        assertThat(tokens.forms()).hasSize(2);
    }

    @Test
    void tokenThatTheProviderForgotShouldBeFetchedAnewOnce() {
        assertThat(send(TokenServer.SECRET)).isEqualTo(new Outcome.Sent("p-1"));
        tokens.forgetAccessTokens();
        assertThat(send(TokenServer.SECRET)).isEqualTo(new Outcome.Sent("p-1"));
        assertThat(tokens.forms()).hasSize(2);
    }

    @Test
    void refusedClientShouldSendNothingAndBeARefusedLoginInHealth() {
        LoginForecast forecast = new LoginForecast(transport.tokens(), clock);
        ConfiguredAccount configured = ConfiguredAccount.of(ours("another-secret"), channel);
        assertThat(forecast.of(configured)).get().extracting("status").isEqualTo("ok");
        Outcome outcome = send("another-secret");
        assertThat(outcome).isInstanceOfSatisfying(Outcome.Refused.class, refused -> {
            assertThat(refused.reason()).isEqualTo(Reason.AUTHENTICATION_FAILED);
            assertThat(refused.detail())
                    .contains("invalid_client", "no access token for this client id and secret")
                    .doesNotContain("another-secret");
        });
        assertThat(transport.calls()).hasSize(1);
        assertThat(forecast.of(configured)).get().satisfies(login -> {
            assertThat(login.status()).isEqualTo("refused");
            assertThat(login.problem()).contains("invalid_client");
        });
    }

    @Test
    void fileAtTheProviderShouldBeFetchedWithTheTokenAndNoOther() {
        URI file = URI.create("http://127.0.0.1:" + provider.getAddress().getPort() + "/files/1");
        Request none = new Request(Request.Origin.RECEIVED, "POST", "/", "", Map.of(), new byte[0], clock.instant());
        assertThat(channel.fetch(ours(TokenServer.SECRET), media(file.toString()), none, transport))
                .isInstanceOf(Outcome.Fetched.class);
        assertThat(channel.fetch(
                        ours(TokenServer.SECRET), media(tokens.url("/elsewhere").toString()), none, transport))
                .isInstanceOf(Outcome.Refused.class);
        assertThat(transport.calls().get(transport.calls().size() - 1).authorization())
                .isNull();
    }

    private static Part.Media media(String link) {
        return Part.Media.incoming(Part.MediaKind.IMAGE, "image/png", null, null, link);
    }
}
