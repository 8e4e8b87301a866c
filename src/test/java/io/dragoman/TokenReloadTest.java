// SPDX-License-Identifier: Apache-2.0
package io.dragoman;

import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.model.Hashes;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tokens of the admin port that are changed while the gateway runs. */
final class TokenReloadTest {
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private FiledGateway test;
    private String admin;

    @BeforeEach
    void start(@TempDir Path home) throws Exception {
        test = new FiledGateway(home, Map.of("channels", "channels:\n", "gateway", admin("anna", "first", "")));
        admin = Files.readString(home.resolve("data").resolve(Bootstrap.ADMIN_TOKEN))
                .strip();
    }

    @AfterEach
    void stop() {
        test.close();
    }

    private static String admin(String name, String token, String more) {
        return "admin:\n  port: 0\n" + more + "  tokens:\n    " + name + ": {role: agent, hash: \"sha256:"
                + Hashes.sha256Hex(token) + "\"}\n";
    }

    private void change(String admin) throws Exception {
        test.write("gateway", "http: {host: 127.0.0.1, port: 0, publicUrl: https://chat.example.com}\n" + admin);
        assertThat(test.reload()).isEmpty();
    }

    private HttpResponse<String> session(String method, String body, String name, String value) throws Exception {
        return HTTP.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + test.gateway.adminPort() + "/api/v1/session"))
                        .header("Content-Type", "application/json")
                        .header(name, value)
                        .method(method, HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private int bearer(String token) throws Exception {
        return session("GET", "", "Authorization", "Bearer " + token).statusCode();
    }

    private String login(String token) throws Exception {
        return session("POST", "{\"token\":\"" + token + "\"}", "Accept", "application/json")
                .headers()
                .firstValue("Set-Cookie")
                .orElseThrow()
                .split(";", 2)[0];
    }

    private int cookie(String cookie) throws Exception {
        return session("GET", "", "Cookie", cookie).statusCode();
    }

    @Test
    void anotherTokenShouldCountAtOnceAndEndTheSessionsOfTheOne() throws Exception {
        String anna = login("first");
        String operator = login(admin);
        change(admin("anna", "second", ""));
        assertThat(bearer("first")).isEqualTo(401);
        assertThat(bearer("second")).isEqualTo(200);
        assertThat(cookie(anna)).isEqualTo(401);
        assertThat(cookie(operator)).as("whose token is the same").isEqualTo(200);
        String again = login("second");
        change(admin("vera", "third", ""));
        assertThat(bearer("second")).isEqualTo(401);
        assertThat(cookie(again)).isEqualTo(401);
        assertThat(bearer("third")).isEqualTo(200);
    }

    @Test
    void tokenOfTheInstallationShouldChangeToo() throws Exception {
        String operator = login(admin);
        change(admin("anna", "first", "  token: \"a-token-of-the-file\"\n"));
        assertThat(bearer(admin)).isEqualTo(401);
        assertThat(cookie(operator)).isEqualTo(401);
        assertThat(bearer("a-token-of-the-file")).isEqualTo(200);
        assertThat(bearer("first")).isEqualTo(200);
    }

    @Test
    void brokenFileShouldLeaveEverybodyIn() throws Exception {
        test.write("gateway", "admin: {port: 0, tokens: {anna: 7}}\n");
        assertThat(test.reload()).isNotEmpty();
        assertThat(bearer("first")).isEqualTo(200);
        assertThat(bearer(admin)).isEqualTo(200);
    }
}
