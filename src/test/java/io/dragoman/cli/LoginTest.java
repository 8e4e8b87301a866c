// SPDX-License-Identifier: Apache-2.0
package io.dragoman.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.config.Connectors;
import io.dragoman.config.Home;
import io.dragoman.connector.RefreshToken;
import io.dragoman.connector.TokenServer;
import io.dragoman.store.blob.RefreshTokenFiles;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./dragoman login} of a channel, over real HTTP. */
final class LoginTest {
    private final Home home;
    private final TokenServer server = new TokenServer();
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    LoginTest(@TempDir Path folder) {
        home = new Home(folder);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private void channel(String oauth) {
        home.write("channels", """
                channels:
                  support-mail:
                    kind: email
                    address: support@shop.example
                    imap: {host: imap.shop.example, user: support@shop.example}
                    smtp: {host: smtp.shop.example, user: support@shop.example}
                    oauth: {clientId: %s, tokenUrl: "%s", %s}
                  bot: {kind: telegram, token: "1:a", intake: poll}
                """.formatted(TokenServer.CLIENT, server.url("/token"), oauth));
    }

    private int run(String... arguments) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        String[] all = new String[arguments.length + 2];
        System.arraycopy(arguments, 0, all, 0, arguments.length);
        all[arguments.length] = "--home";
        all[arguments.length + 1] = home.folder().toString();
        return new Dragoman(Connectors.installed(), home.environment()::get)
                .commandLine(new PrintWriter(out, true), new PrintWriter(err, true))
                .execute(all);
    }

    private Optional<RefreshToken> stored() throws Exception {
        return new RefreshTokenFiles(home.folder().resolve("data")).find("support-mail");
    }

    @Test
    void loginByDeviceShouldLeaveItsTokenForTheGateway() throws Exception {
        channel("provider: microsoft, tenant: shop.example, deviceUrl: \"" + server.url("/device") + "\"");
        assertThat(run("login", "support-mail")).as(err.toString()).isZero();
        assertThat(out.toString())
                .contains("https://login.shop.example/device", "ABCD-EFGH", "15 minutes", "Logged in.")
                .doesNotContain("simulated-refresh", "access-");
        assertThat(server.takes(stored().orElseThrow().value())).isTrue();
        assertThat(run("login", "support-mail", "--json")).isZero();
        assertThat(out.toString()).startsWith("{").contains("\"loggedInAt\"").doesNotContain("ABCD-EFGH");
        assertThat(err.toString()).contains("ABCD-EFGH");
    }

    @Test
    void loginByBrowserShouldTakeWhatIsPasted() throws Exception {
        channel("provider: google, clientSecret: " + TokenServer.SECRET);
        InputStream before = System.in;
        try {
            System.setIn(new ByteArrayInputStream(
                    "http://127.0.0.1:53682/?error=access_denied\n".getBytes(StandardCharsets.UTF_8)));
            assertThat(run("login", "support-mail")).isEqualTo(1);
        } finally {
            System.setIn(before);
        }
        assertThat(out.toString())
                .contains("https://accounts.google.com/o/oauth2/v2/auth?", "scope=https%3A%2F%2Fmail.google.com%2F");
        assertThat(err.toString()).contains("did not allow it");
        assertThat(stored()).isEmpty();
    }

    @Test
    void refusalShouldKeepTheOldLogin() throws Exception {
        channel("provider: microsoft, tenant: shop.example, deviceUrl: \"" + server.url("/device") + "\"");
        run("login", "support-mail");
        Optional<RefreshToken> old = stored();
        server.deviceAnswers("authorization_declined");
        assertThat(run("login", "support-mail")).isEqualTo(1);
        assertThat(err.toString()).contains("did not allow it");
        assertThat(stored()).isEqualTo(old).isPresent();
    }

    @Test
    void channelsWithoutAPersonsLoginShouldBeSaid() {
        channel("provider: microsoft, tenant: shop.example, flow: client-credentials, clientSecret: s3cret");
        assertThat(run("login", "support-mail")).isEqualTo(2);
        assertThat(err.toString()).contains("nobody has to log in");
        assertThat(run("login", "bot")).isEqualTo(2);
        assertThat(err.toString()).contains("bot has no oauth");
        assertThat(run("login", "support-mial")).isEqualTo(2);
        assertThat(err.toString()).contains("There is no channel support-mial.", "'support-mail'");
        channel("provider: custom");
        assertThat(run("login", "support-mail")).isEqualTo(1);
        assertThat(err.toString()).contains("oauth.deviceUrl", "oauth.authorizeUrl");
    }
}
