// SPDX-License-Identifier: Apache-2.0
package io.dragoman.security;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.nimbusds.jwt.JWTClaimsSet;
import io.dragoman.TestChannel;
import io.dragoman.TestClock;
import io.dragoman.TestDesk;
import io.dragoman.TestGateway;
import io.dragoman.config.AdminSettings;
import io.dragoman.config.TestSettings;
import io.dragoman.connector.Secret;
import io.dragoman.model.Role;
import io.dragoman.rules.Decision;
import io.dragoman.security.TestIdentityProvider.Signature;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.LoggerFactory;

/** Logging in to the console at an identity provider, as a browser does it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class OidcLoginTest {
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final String CONSOLE = "https://console.example.com";

    private final TestClock clock = TestClock.running();
    private TestIdentityProvider provider;
    private TestGateway test;

    @BeforeAll
    void start(@TempDir Path data) throws Exception {
        provider = new TestIdentityProvider(clock);
        test = new TestGateway(
                data,
                situation -> Decision.NOTHING,
                new TestChannel(),
                new TestDesk(),
                setup -> setup.with(TestSettings.with(TestSettings.refusingWithoutEnd(setup.settings()), admin())));
    }

    private AdminSettings admin() {
        return new AdminSettings(
                "127.0.0.1",
                0,
                null,
                List.of(),
                Duration.ofMinutes(30),
                false,
                new AdminSettings.Oidc(
                        provider.issuer(),
                        TestIdentityProvider.CLIENT,
                        new Secret(TestIdentityProvider.SECRET),
                        URI.create(CONSOLE),
                        "openid profile",
                        "realm_access.roles",
                        Map.of(Role.OPERATOR, List.of("admins"), Role.AGENT, List.of("support", "sales"))));
    }

    @AfterAll
    void stop() {
        test.close();
        provider.close();
    }

    @BeforeEach
    void asUsual() {
        provider.change = claims -> claims;
        provider.signature = Signature.RIGHT;
        provider.postsSecret = false;
    }

    private HttpResponse<String> get(String path, String... headers) throws Exception {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + test.gateway.adminPort() + path));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static String header(HttpResponse<?> response, String name) {
        return response.headers().firstValue(name).orElse("");
    }

    /** A login that was begun. */
    private record Begun(URI location, String cookie) {
        String query(String name) {
            return Arrays.stream(location.getRawQuery().split("&"))
                    .filter(pair -> pair.startsWith(name + "="))
                    .map(pair -> pair.substring(name.length() + 1))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private Begun begin() throws Exception {
        HttpResponse<String> response = get("/console/oidc/login");
        assertThat(response.statusCode()).as(response.body()).isEqualTo(302);
        assertThat(header(response, "Set-Cookie"))
                .matches("dragoman_login=[A-Za-z0-9_-]{43}; Path=/console/oidc; Max-Age=600; HttpOnly; SameSite=Lax");
        return new Begun(
                URI.create(header(response, "Location")),
                header(response, "Set-Cookie").split(";", 2)[0]);
    }

    private HttpResponse<String> end(Begun begun, String code, String... more) throws Exception {
        return get(
                "/console/oidc/callback?code=" + code + "&state=" + begun.query("state") + String.join("", more),
                "Cookie",
                begun.cookie());
    }

    private HttpResponse<String> login() throws Exception {
        Begun begun = begin();
        return end(begun, provider.agree(begun.location()));
    }

    @Test
    void consoleShouldBeToldThatThereIsAProvider() throws Exception {
        assertThat(get("/api/v1/session/options").body()).isEqualTo("{\"oidc\":true}");
    }

    @Test
    void whoLogsInShouldHaveASessionWithTheRoleOfTheirGroup() throws Exception {
        HttpResponse<String> back = login();
        assertThat(back.statusCode()).as(back.body()).isEqualTo(302);
        assertThat(header(back, "Location")).isEqualTo("/console/");
        String cookie = header(back, "Set-Cookie");
        assertThat(cookie).startsWith("dragoman_session=").contains("HttpOnly", "SameSite=Strict");
        HttpResponse<String> who = get("/api/v1/session", "Cookie", cookie.split(";", 2)[0]);
        assertThat(who.body()).contains("\"name\":\"oidc:anna@shop.example\"", "\"role\":\"agent\"");
        TestGateway.await("the audit log", () -> test.admin("/api/v1/audit?action=session.begin")
                .toString()
                .contains("\"oidc:anna@shop.example\""));
    }

    @Test
    void requestShouldBeAsTheProviderWantsIt() throws Exception {
        Begun one = begin();
        Begun two = begin();
        assertThat(one.location().toString()).startsWith(provider.issuer() + "/authorize?tenant=1&response_type=code");
        assertThat(one.query("redirect_uri"))
                .isEqualTo("https%3A%2F%2Fconsole.example.com%2Fconsole%2Foidc%2Fcallback");
        for (String name : List.of("state", "nonce", "code_challenge")) {
            assertThat(one.query(name)).matches("[A-Za-z0-9_-]{43}").isNotEqualTo(two.query(name));
        }
        assertThat(one.cookie()).isNotEqualTo(two.cookie());
    }

    @Test
    void providerThatTakesTheSecretInTheFormShouldGetItThere() throws Exception {
        clock.move(Duration.ofMinutes(11)); // its description is read anew
        test.clock.move(Duration.ofMinutes(11));
        provider.postsSecret = true;
        assertThat(login().statusCode()).isEqualTo(302);
        clock.move(Duration.ofMinutes(11));
        test.clock.move(Duration.ofMinutes(11));
    }

    @ParameterizedTest
    @CsvSource({"admins, operator", "sales, agent", "'support,admins', operator"})
    void highestRoleOfAllGroupsShouldCount(String groups, String role) throws Exception {
        provider.change = claims -> claims.claim("realm_access", Map.of("roles", List.of(groups.split(","))));
        String cookie = header(login(), "Set-Cookie").split(";", 2)[0];
        assertThat(get("/api/v1/session", "Cookie", cookie).body()).contains("\"role\":\"" + role + "\"");
    }

    /** Names that nobody else's, and no line of a log, can be taken for. */
    @Test
    void nameShouldBeOneLineThatNoTokenHas() throws Exception {
        provider.change = claims -> claims.claim("preferred_username", "admin\r\nadmin\u202e");
        String cookie = header(login(), "Set-Cookie").split(";", 2)[0];
        assertThat(get("/api/v1/session", "Cookie", cookie).body()).contains("\"name\":\"oidc:admin admin\"");
    }

    static Stream<Arguments> badTokens() {
        return Stream.of(
                bad("another nonce", claims -> claims.claim("nonce", "other")),
                bad("no nonce", claims -> claims.claim("nonce", null)),
                bad("another issuer", claims -> claims.issuer("https://evil.example")),
                bad("no issuer", claims -> claims.issuer(null)),
                bad("another audience", claims -> claims.audience("other")),
                bad("no audience", claims -> claims.audience((String) null)),
                bad(
                        "two audiences without a party",
                        claims -> claims.audience(List.of(TestIdentityProvider.CLIENT, "other"))),
                bad("another party", claims -> claims.claim("azp", "other")),
                bad("expired", claims -> claims.expirationTime(Date.from(Instant.EPOCH))),
                bad("no expiry", claims -> claims.expirationTime(null)),
                bad("not yet", claims -> claims.notBeforeTime(Date.from(Instant.parse("2099-01-01T00:00:00Z")))),
                bad("no subject", claims -> claims.subject(null)),
                bad("no group", claims -> claims.claim("realm_access", Map.of("roles", List.of("staff")))),
                bad("no claim", claims -> claims.claim("realm_access", null)),
                bad("odd claim", claims -> claims.claim("realm_access", Map.of("roles", 7))));
    }

    private static Arguments bad(String what, UnaryOperator<JWTClaimsSet.Builder> change) {
        return Arguments.of(what, change);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("badTokens")
    void tokenThatProvesNothingShouldLetNobodyIn(String what, UnaryOperator<JWTClaimsSet.Builder> change)
            throws Exception {
        provider.change = change;
        assertRefused(login());
    }

    @ParameterizedTest
    @EnumSource(value = Signature.class, names = "RIGHT", mode = EnumSource.Mode.EXCLUDE)
    void tokenWithoutTheProvidersSignatureShouldLetNobodyIn(Signature signature) throws Exception {
        provider.signature = signature;
        assertRefused(login());
    }

    private static void assertRefused(HttpResponse<String> response) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(401);
        assertThat(response.headers().firstValue("Set-Cookie")).isEmpty();
        assertThat(header(response, "Content-Type")).isEqualTo("application/problem+json");
    }

    @Test
    void stateShouldBelongToTheBrowserAndBeGoodOnce() throws Exception {
        Begun mine = begin();
        Begun others = begin();
        String code = provider.agree(mine.location());
        String callback = "/console/oidc/callback?code=" + code + "&state=";
        assertRefused(get(callback + others.query("state"), "Cookie", mine.cookie()));
        assertRefused(get(callback + "invented", "Cookie", mine.cookie()));
        assertRefused(get("/console/oidc/callback?code=" + code, "Cookie", mine.cookie()));
        assertThat(end(mine, code).statusCode())
                .as("nothing of that spent my state")
                .isEqualTo(302);
        assertRefused(end(mine, provider.agree(mine.location())));
        Begun third = begin();
        assertRefused(get(
                "/console/oidc/callback?code=" + provider.agree(third.location()) + "&state=" + third.query("state")));
    }

    @Test
    void loginShouldTakeTenMinutesAtMost() throws Exception {
        Begun begun = begin();
        String code = provider.agree(begun.location());
        test.clock.move(Duration.ofMinutes(10));
        clock.move(Duration.ofMinutes(10));
        assertRefused(end(begun, code));
    }

    @Test
    void codeOfAnotherLoginShouldNotBeTaken() throws Exception {
        Begun mine = begin();
        Begun others = begin();
        assertRefused(end(mine, provider.agree(others.location()))); // the verifier is not the other's
    }

    @ParameterizedTest
    @CsvSource({"&iss=https://evil.example, 401", "&session_state=x&scope=openid, 302", "&error=access_denied, 401"})
    void parametersShouldBeLookedAt(String more, int status) throws Exception {
        Begun begun = begin();
        assertThat(end(begun, provider.agree(begun.location()), more).statusCode())
                .isEqualTo(status);
    }

    @Test
    void wordsOfALoginShouldNeverBeInTheLog() throws Exception {
        Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        root.addAppender(log);
        String session;
        Begun begun;
        try {
            provider.signature = Signature.OTHER_KEY;
            assertRefused(login());
            provider.signature = Signature.RIGHT;
            begun = begin();
            session = header(end(begun, provider.agree(begun.location())), "Set-Cookie")
                    .split("[=;]")[1];
        } finally {
            root.detachAppender(log);
        }
        assertThat(session).hasSize(43);
        List<String> lines =
                log.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
        assertThat(lines)
                .anyMatch(line -> line.contains("a login at the identity provider was refused: the token proves"));
        assertThat(String.join("\n", lines))
                .doesNotContain(
                        session,
                        begun.query("state"),
                        begun.query("nonce"),
                        begun.cookie().split("=", 2)[1],
                        TestIdentityProvider.SECRET,
                        "code0");
    }

    @Test
    void descriptionOfAnotherIssuerShouldBeRefused(@TempDir Path data) throws Exception {
        TestGateway shared = test;
        try (TestIdentityProvider own = new TestIdentityProvider(clock)) {
            TestIdentityProvider usual = provider;
            provider = own;
            own.describedIssuer = "https://evil.example";
            try (TestGateway gateway = new TestGateway(
                    data,
                    situation -> Decision.NOTHING,
                    new TestChannel(),
                    new TestDesk(),
                    setup -> setup.with(TestSettings.with(setup.settings(), admin())))) {
                test = gateway;
                assertThat(get("/console/oidc/login").statusCode()).isEqualTo(503);
            } finally {
                provider = usual;
            }
        } finally {
            test = shared;
        }
    }

    @Test
    void gatewayWithoutAProviderShouldHaveNoSuchLogin(@TempDir Path data) throws Exception {
        TestGateway shared = test;
        try (TestGateway bare = new TestGateway(data)) {
            test = bare;
            assertThat(get("/console/oidc/login").statusCode()).isEqualTo(404);
            assertThat(get("/console/oidc/callback?code=x&state=y").statusCode())
                    .isEqualTo(404);
            assertThat(get("/api/v1/session/options").body()).isEqualTo("{\"oidc\":false}");
        } finally {
            test = shared;
        }
    }
}
