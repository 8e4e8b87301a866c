// SPDX-License-Identifier: Apache-2.0
package io.dragoman.security;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.dragoman.TestChannel;
import io.dragoman.TestDesk;
import io.dragoman.TestGateway;
import io.dragoman.config.AdminSettings.NamedToken;
import io.dragoman.config.TestSettings;
import io.dragoman.connector.Cidr;
import io.dragoman.model.Hashes;
import io.dragoman.model.Json;
import io.dragoman.model.Role;
import io.dragoman.rules.Decision;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may do what at the admin port, by which token and which session. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class AccessTest {
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final String API = "/api/v1/";
    private static final Map<Role, String> TOKENS =
            Map.of(Role.VIEWER, "token-of-vera", Role.AGENT, "token-of-anna", Role.OPERATOR, TestGateway.TOKEN.value());

    private TestGateway test;

    @BeforeAll
    void start(@TempDir Path data) throws Exception {
        test = gateway(data);
    }

    private static TestGateway gateway(Path data) throws Exception {
        return new TestGateway(
                data,
                situation -> Decision.NOTHING,
                new TestChannel(),
                new TestDesk(),
                setup -> setup.with(TestSettings.with(
                        setup.settings(),
                        List.of(
                                new NamedToken("vera", Role.VIEWER, Hashes.sha256Hex("token-of-vera")),
                                new NamedToken("anna", Role.AGENT, Hashes.sha256Hex("token-of-anna"))))));
    }

    @AfterAll
    void stop() {
        test.close();
    }

    private HttpResponse<String> ask(String method, String path, String body, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + test.gateway.adminPort() + path))
                .method(
                        method,
                        body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body));
        if (body != null) {
            request.header("Content-Type", "application/json");
        }
        if (headers.length > 0) {
            request.headers(headers);
        }
        return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private record Login(String cookie, String csrf, JsonNode body, String setCookie) {
        String[] headers(String... more) {
            List<String> all = new ArrayList<>(List.of("Cookie", cookie, "X-CSRF-Token", csrf));
            all.addAll(Arrays.asList(more));
            return all.toArray(String[]::new);
        }
    }

    private Login login(String token, String... headers) throws Exception {
        HttpResponse<String> response = ask("POST", API + "session", "{\"token\":\"" + token + "\"}", headers);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        String set = response.headers().firstValue("Set-Cookie").orElseThrow();
        JsonNode body = Json.tree(response.body().getBytes(StandardCharsets.UTF_8));
        return new Login(set.split(";", 2)[0], body.path("csrf").asText(), body, set);
    }

    private int pause(String... headers) throws Exception {
        return ask("POST", API + "pause", "{\"id\":\"shop\"}", headers).statusCode();
    }

    @Test
    void loginShouldGiveACookieThatScriptsCannotRead() throws Exception {
        Login login = login("token-of-anna");
        assertThat(login.body().path("name").asText()).isEqualTo("anna");
        assertThat(login.body().path("role").asText()).isEqualTo("agent");
        assertThat(login.body().path("expiresAt").asText()).endsWith("Z");
        assertThat(login.setCookie()).matches("dragoman_session=[A-Za-z0-9_-]{43}; Path=/; HttpOnly; SameSite=Strict");
        HttpResponse<String> who = ask("GET", API + "session", null, "Cookie", login.cookie());
        assertThat(who.statusCode()).isEqualTo(200);
        assertThat(who.body()).contains("\"name\":\"anna\"", login.csrf());
        assertThat(ask("GET", API + "conversations", null, "Cookie", login.cookie())
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void bearerTokenShouldHaveNoSession() throws Exception {
        HttpResponse<String> who = ask("GET", API + "session", null, "Authorization", "Bearer token-of-anna");
        assertThat(who.body())
                .contains("\"name\":\"anna\"", "\"role\":\"agent\"")
                .doesNotContain("csrf\":\"");
        assertThat(ask("DELETE", API + "session", null, "Authorization", "Bearer token-of-anna")
                        .statusCode())
                .isEqualTo(409);
    }

    @Test
    void endedSessionShouldLetNobodyIn() throws Exception {
        Login login = login(TestGateway.TOKEN.value());
        HttpResponse<String> out = ask("DELETE", API + "session", null, login.headers());
        assertThat(out.statusCode()).isEqualTo(204);
        assertThat(out.headers().firstValue("Set-Cookie").orElse(""))
                .startsWith("dragoman_session=; ")
                .contains("Max-Age=0");
        assertThat(ask("GET", API + "session", null, "Cookie", login.cookie()).statusCode())
                .isEqualTo(401);
        assertThat(pause(login.headers())).isEqualTo(401);
    }

    @Test
    void idleSessionShouldEnd() throws Exception {
        Login login = login(TestGateway.TOKEN.value());
        test.clock.move(Duration.ofMinutes(31));
        assertThat(ask("GET", API + "session", null, "Cookie", login.cookie()).statusCode())
                .isEqualTo(401);
    }

    @Test
    void pageThatIsLeftOpenShouldNotKeepItsSession() throws Exception {
        Login login = login(TestGateway.TOKEN.value());
        test.clock.move(Duration.ofMinutes(29));
        assertThat(ask("GET", API + "session", null, "Cookie", login.cookie(), "X-Unattended", "1")
                        .statusCode())
                .isEqualTo(200);
        test.clock.move(Duration.ofMinutes(2));
        assertThat(ask("GET", API + "session", null, "Cookie", login.cookie()).statusCode())
                .isEqualTo(401);
    }

    @Test
    void cookieShouldChangeNothingWithoutItsCsrfToken() throws Exception {
        Login login = login(TestGateway.TOKEN.value());
        Login other = login(TestGateway.TOKEN.value());
        assertThat(pause("Cookie", login.cookie())).isEqualTo(403);
        assertThat(pause("Cookie", login.cookie(), "X-CSRF-Token", "x")).isEqualTo(403);
        assertThat(pause("Cookie", login.cookie(), "X-CSRF-Token", other.csrf()))
                .isEqualTo(403);
        assertThat(pause("Cookie", login.cookie(), "X-CSRF-Token", login.csrf(), "X-CSRF-Token", login.csrf()))
                .isEqualTo(403);
        assertThat(ask("DELETE", API + "session", null, "Cookie", login.cookie())
                        .statusCode())
                .isEqualTo(403);
        assertThat(pause(login.headers())).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
        "Sec-Fetch-Site, cross-site, 403",
        "Sec-Fetch-Site, same-site, 403",
        "Sec-Fetch-Site, none, 403",
        "Sec-Fetch-Site, same-origin, 200",
        "Origin, https://evil.example, 403",
        "Origin, null, 403",
        "Origin, 'not an origin', 403",
    })
    void requestOfAnotherSiteShouldChangeNothing(String name, String value, int status) throws Exception {
        Login login = login(TestGateway.TOKEN.value());
        assertThat(pause(login.headers(name, value))).isEqualTo(status);
        int again = ask("POST", API + "session", "{\"token\":\"token-of-anna\"}", name, value)
                .statusCode();
        assertThat(again).as("nobody is logged in by another site's page").isEqualTo(status);
    }

    @Test
    void ownOriginShouldBeLetIn() throws Exception {
        Login login = login(TestGateway.TOKEN.value());
        String own = "http://127.0.0.1:" + test.gateway.adminPort();
        assertThat(pause(login.headers("Origin", own))).isEqualTo(200);
        assertThat(pause(login.headers("Origin", "http://127.0.0.1:1"))).isEqualTo(403);
        assertThat(pause(login.headers("Origin", own, "Origin", "https://evil.example")))
                .isEqualTo(403);
        assertThat(pause(login.headers("Origin", own, "Sec-Fetch-Site", "same-origin", "Sec-Fetch-Site", "none")))
                .isEqualTo(403);
    }

    @Test
    void noCookieShouldMakeUpForAWrongToken() throws Exception {
        Login login = login(TestGateway.TOKEN.value());
        assertThat(pause(login.headers("Authorization", "Bearer wrong"))).isEqualTo(401);
        assertThat(ask("GET", API + "session", null, "Cookie", login.cookie(), "Authorization", "Bearer wrong")
                        .statusCode())
                .isEqualTo(401);
        // and a viewer's token is no more than a viewer's, whatever cookie comes along
        assertThat(pause(login.headers("Authorization", "Bearer token-of-vera")))
                .isEqualTo(403);
    }

    @Test
    void twoSessionCookiesShouldBeNone() throws Exception {
        Login login = login(TestGateway.TOKEN.value());
        assertThat(ask("GET", API + "session", null, "Cookie", login.cookie() + "; dragoman_session=x")
                        .statusCode())
                .isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/metrics", "/nowhere"})
    void cookieShouldCountForTheConsoleAlone(String path) throws Exception {
        Login login = login(TestGateway.TOKEN.value());
        assertThat(ask("GET", path, null, "Cookie", login.cookie()).statusCode())
                .isEqualTo(401);
        assertThat(ask("GET", "/health/ready", null, "Cookie", login.cookie()).body())
                .isEqualTo("{\"status\":\"ready\"}");
    }

    @Test
    void cookieShouldBeSecureWhereATrustedProxySaysHttps() throws Exception {
        // nobody is a trusted proxy here
        assertThat(login("token-of-anna", "X-Forwarded-Proto", "https").setCookie())
                .doesNotContain("Secure");
    }

    @Test
    void cookieBehindATrustedProxyShouldBeSecure(@TempDir Path data) throws Exception {
        TestGateway shared = test;
        try (TestGateway own = new TestGateway(
                data,
                situation -> Decision.NOTHING,
                new TestChannel(),
                new TestDesk(),
                setup -> setup.with(TestSettings.behind(setup.settings(), List.of(Cidr.parse("127.0.0.1")))))) {
            test = own;
            String token = TestGateway.TOKEN.value();
            assertThat(login(token, "X-Forwarded-Proto", "https").setCookie()).endsWith("; SameSite=Strict; Secure");
            assertThat(login(token, "X-Forwarded-Proto", "http").setCookie()).doesNotContain("Secure");
            assertThat(login(token).setCookie()).doesNotContain("Secure");
        } finally {
            test = shared;
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"token", "access_token", "Token"})
    void tokenInAnAddressShouldBeRefused(String name) throws Exception {
        String query = "?" + name + "=" + TestGateway.TOKEN.value();
        assertThat(ask("GET", API + "conversations" + query, null).statusCode()).isEqualTo(401);
        HttpResponse<String> both =
                ask("GET", API + "conversations" + query, null, "Authorization", "Bearer " + TestGateway.TOKEN.value());
        assertThat(both.statusCode()).isEqualTo(400);
        assertThat(both.body()).contains("must not stand in an address");
        assertThat(ask("POST", API + "session" + query, "{\"token\":\"token-of-anna\"}")
                        .statusCode())
                .isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "{}", "[]", "null", "{\"token\":7}", "{\"token\":null}", "{\"token\":\"a\",\"token\":\"b\"}"
            })
    void unreadableLoginShouldBeRefused(String body) throws Exception {
        assertThat(ask("POST", API + "session", body).statusCode()).isEqualTo(400);
    }

    @Test
    void wrongLoginsShouldLockTheirAddressOut(@TempDir Path data) throws Exception {
        TestGateway shared = test;
        try (TestGateway own = gateway(data)) {
            test = own;
            lockOut();
        } finally {
            test = shared;
        }
    }

    private void lockOut() throws Exception {
        List<Integer> seen = new ArrayList<>();
        for (int i = 0; i < 70; i++) {
            seen.add(ask("POST", API + "session", "{\"token\":\"guess" + i + "\"}")
                    .statusCode());
        }
        assertThat(seen.subList(0, 50)).containsOnly(401);
        assertThat(seen.get(69)).isEqualTo(429);
        // the right one is not even looked at now, and neither is it as a bearer token
        HttpResponse<String> right = ask("POST", API + "session", "{\"token\":\"token-of-anna\"}");
        assertThat(right.statusCode()).isEqualTo(429);
        assertThat(right.headers().firstValue("Retry-After")).hasValue("60");
        assertThat(ask("GET", API + "session", null, "Authorization", "Bearer token-of-anna")
                        .statusCode())
                .isEqualTo(429);
        assertThat(ask("GET", "/health/live", null).statusCode()).isEqualTo(200);
    }

    @Test
    void endedCookieShouldLockNobodyOut() throws Exception {
        for (int i = 0; i < 70; i++) {
            assertThat(ask("GET", API + "session", null, "Cookie", "dragoman_session=gone")
                            .statusCode())
                    .isEqualTo(401);
        }
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    void eachRoleShouldReachWhatIsItsOwnAndNothingElse(Role role) throws Exception {
        Map<String, Role> routes = test.gateway.adminRoles();
        assertThat(routes.values()).contains(Role.values());
        Login login = login(TOKENS.get(role));
        routes.forEach((route, least) -> {
            String method = route.split(" ", 2)[0];
            String path = route.split(" ", 2)[1]
                    .replace("{id}", "none")
                    .replaceFirst("/stream$", "/stream?after=none"); // or its answer would have no end
            if (path.equals(API + "session") && method.equals("DELETE")) {
                return; // it would end what asks
            }
            List<String[]> ways = new ArrayList<>();
            ways.add(new String[] {"Authorization", "Bearer " + TOKENS.get(role)});
            if (path.startsWith(API)) {
                ways.add(login.headers());
            }
            for (String[] headers : ways) {
                boolean refused = refused(method, path, headers);
                assertThat(refused).as(role + " " + route).isEqualTo(!role.includes(least));
            }
        });
    }

    /** What one takes for a repetition of theirs is not another's: both notes are kept, and each only once. */
    @Test
    void keyShouldBelongToWhoTakesIt() throws Exception {
        test.post("[{\"id\":\"k1\",\"from\":\"kay\",\"text\":\"hello\"}]");
        TestGateway.await("the conversation", () -> !conversation("kay").isEmpty());
        String note = API + "conversations/" + conversation("kay") + "/note";
        for (String token : List.of("token-of-anna", TestGateway.TOKEN.value(), "token-of-anna")) {
            HttpResponse<String> answer = ask(
                    "POST",
                    note,
                    "{\"text\":\"called by " + token.length() + "\"}",
                    "Authorization",
                    "Bearer " + token,
                    "Idempotency-Key",
                    "one-key");
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        }
        TestGateway.await("both", () -> notes("kay") == 2);
    }

    private String conversation(String from) {
        for (JsonNode one : test.admin(API + "conversations").path("conversations")) {
            if (one.path("address").asText().equals(from)) {
                return one.path("id").asText();
            }
        }
        return "";
    }

    private long notes(String from) {
        return test
                .admin(API + "conversations/" + conversation(from) + "/messages")
                .path("messages")
                .findValuesAsText("direction")
                .stream()
                .filter("note"::equals)
                .count();
    }

    @Test
    void streamShouldEndWithItsSession() throws Exception {
        Login login = login("token-of-vera");
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + test.gateway.adminPort() + API + "stream"))
                .header("Cookie", login.cookie())
                .build();
        HttpResponse<Stream<String>> response = HTTP.send(request, HttpResponse.BodyHandlers.ofLines());
        assertThat(response.statusCode()).isEqualTo(200);
        Thread reader = new Thread(() -> response.body().forEach(line -> {}));
        reader.start();
        assertThat(ask("DELETE", API + "session", null, login.headers()).statusCode())
                .isEqualTo(204);
        TestGateway.await("the end", () -> !reader.isAlive());
    }

    /** By its role, which is looked at before anything else of a request. */
    private boolean refused(String method, String path, String... headers) {
        try {
            HttpResponse<String> response = ask(method, path, method.equals("GET") ? null : "{}", headers);
            assertThat(response.statusCode()).as(method + " " + path).isNotIn(401, 405, 500);
            return response.statusCode() == 403 && response.body().contains("This needs the role");
        } catch (Exception e) {
            throw new AssertionError(method + " " + path, e);
        }
    }

    @Test
    void whatChangesAnythingShouldNeverBeAViewers() {
        test.gateway.adminRoles().forEach((route, least) -> {
            if (!route.startsWith("GET ") && !route.equals("DELETE " + API + "session")) {
                assertThat(least).as(route).isNotEqualTo(Role.VIEWER);
            }
        });
    }
}
