// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.email;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.dragoman.connector.Account;
import io.dragoman.connector.Outcome;
import io.dragoman.connector.PlainTransport;
import io.dragoman.connector.RefreshToken;
import io.dragoman.connector.TokenServer;
import io.dragoman.connector.Transport.SmtpReply;
import io.dragoman.connector.mail.EmailSettings;
import io.dragoman.connector.mail.TestAccount;
import io.dragoman.connector.mail.TestTransport;
import io.dragoman.model.Json;
import io.dragoman.model.Reason;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Mail that goes out by the API of its provider, over HTTP to one that looks at tokens, addresses and types. */
final class MailApiTest {
    private static final Email EMAIL = new Email();

    private final TokenServer tokens = new TokenServer();
    private final List<byte[]> mails = new CopyOnWriteArrayList<>();
    private final PlainTransport transport = new PlainTransport() {
        @Override
        public Clock clock() {
            return Clock.fixed(TestAccount.NOW, ZoneOffset.UTC);
        }
    };

    private HttpServer api;
    private int status;
    private String body = "";
    private @Nullable String retryAfter;

    @BeforeEach
    void start() throws IOException {
        api = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        api.createContext("/", this::answer);
        api.start();
        transport
                .tokens()
                .logins()
                .login(
                        "support-mail",
                        new RefreshToken(
                                TokenServer.CLIENT, tokens.refreshToken(), TestAccount.NOW, TestAccount.NOW, null));
    }

    @AfterEach
    void stop() {
        api.stop(0);
        tokens.close();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] request = exchange.getRequestBody().readAllBytes();
            String authorization = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
            if (!authorization.startsWith("Bearer ") || !tokens.isGood(authorization.substring(7))) {
                say(exchange, 401, "{\"error\":{\"code\":\"InvalidAuthenticationToken\"}}");
            } else if (status != 0) {
                if (retryAfter != null) {
                    exchange.getResponseHeaders().set("Retry-After", retryAfter);
                }
                say(exchange, status, body);
            } else {
                take(exchange, request);
            }
        }
    }

    private void take(HttpExchange exchange, byte[] request) throws IOException {
        String place = exchange.getRequestMethod() + " " + exchange.getRequestURI() + " "
                + exchange.getRequestHeaders().getFirst("Content-Type");
        if (place.equals("POST /v1.0/users/support%40shop.example/sendMail text/plain")) {
            mails.add(Base64.getDecoder().decode(request));
            exchange.sendResponseHeaders(202, -1);
        } else if (place.equals("POST /gmail/v1/users/me/messages/send application/json")) {
            mails.add(
                    Base64.getUrlDecoder().decode(Json.tree(request).path("raw").asText()));
            say(exchange, 200, "{\"id\":\"19a\",\"threadId\":\"19a\",\"labelIds\":[\"SENT\"]}");
        } else {
            say(exchange, 404, "{}");
        }
    }

    private static void say(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    private Account account(String sending, String... more) {
        String base = "http://127.0.0.1:" + api.getAddress().getPort();
        List<String> all = new ArrayList<>(List.of(
                "oauth.provider",
                "custom",
                "oauth.tokenUrl",
                tokens.url("/token").toString(),
                "oauth.clientId",
                TokenServer.CLIENT,
                "oauth.clientSecret",
                TokenServer.SECRET,
                "imap.host",
                "127.0.0.1",
                "imap.user",
                "support",
                "sending",
                sending,
                "sendingUrl",
                base + (sending.equals("graph") ? "/v1.0" : "/gmail/v1")));
        all.addAll(List.of(more));
        return TestAccount.with(all.toArray(String[]::new));
    }

    private Outcome send(String sending) {
        return EMAIL.send(account(sending), SendTest.message("Gamarjoba, გამარჯობა 👋"), transport);
    }

    /** But for the boundaries and dates that every mail has of its own, here there are none and the clock stands. */
    @ParameterizedTest
    @ValueSource(strings = {"graph", "gmail"})
    void mailShouldBeTheSameAsBySmtp(String sending) {
        TestTransport smtp = new TestTransport();
        smtp.scripted = new SmtpReply(250, "");
        Outcome bySmtp = EMAIL.send(
                TestAccount.with("smtp.host", "127.0.0.1"), SendTest.message("Gamarjoba, გამარჯობა 👋"), smtp);
        assertThat(send(sending)).isEqualTo(bySmtp).isInstanceOf(Outcome.Sent.class);
        assertThat(mails).hasSize(1);
        assertThat(mails.get(0)).isEqualTo(smtp.mails.get(0));
    }

    @Test
    void eachProviderShouldBeAskedForItsOwnPermission() {
        send("graph");
        assertThat(tokens.forms().get(0).get("scope"))
                .matches("http://127\\.0\\.0\\.1:\\d+/Mail\\.Send offline_access");
        Account own = account("graph", "oauth.flow", "client-credentials");
        EMAIL.send(own, SendTest.message("Hello"), transport);
        assertThat(tokens.forms().get(1).get("scope")).matches("http://127\\.0\\.0\\.1:\\d+/\\.default");
        Account google = account("gmail", "oauth.scope", "https://mail.google.com/");
        EMAIL.send(google, SendTest.message("Hello"), transport);
        assertThat(tokens.forms().get(2).get("scope")).isEqualTo("https://mail.google.com/");
    }

    @ParameterizedTest
    @ValueSource(strings = {"graph", "gmail"})
    void refusedTokenShouldBeRenewedOnce(String sending) {
        send(sending);
        tokens.forgetAccessTokens();
        assertThat(send(sending)).isInstanceOf(Outcome.Sent.class);
        assertThat(tokens.forms()).hasSize(2);
        assertThat(mails).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource({
        "429, '', 7, THROTTLED",
        "503, '', 7, PROVIDER_DOWN",
        "403, '{\"error\":{\"code\":403,\"errors\":[{\"reason\":\"userRateLimitExceeded\"}]}}', 7, THROTTLED",
        "403, '{\"error\":{\"code\":403,\"errors\":[{\"reason\":\"rateLimitExceeded\"}]}}', , THROTTLED"
    })
    void whatPassesShouldBeTriedLater(int code, String json, @Nullable String after, Reason reason) {
        status = code;
        body = json;
        retryAfter = after;
        assertThat(send("gmail")).isInstanceOfSatisfying(Outcome.Retry.class, retry -> {
            assertThat(retry.reason()).isEqualTo(reason);
            assertThat(retry.after()).isEqualTo(after == null ? null : Duration.ofSeconds(Long.parseLong(after)));
        });
    }

    @ParameterizedTest
    @CsvSource({
        "401, '{\"error\":{\"code\":\"InvalidAuthenticationToken\"}}', AUTHENTICATION_FAILED",
        "403, '{\"error\":{\"code\":\"ErrorAccessDenied\"}}', AUTHENTICATION_FAILED",
        "403, '{\"error\":{\"code\":\"ErrorMessageSubmissionBlocked\"}}', ACCOUNT_BLOCKED",
        "400, '{\"error\":{\"code\":\"ErrorInvalidRecipients\"}}', RECIPIENT_UNKNOWN",
        "404, '{\"error\":{\"code\":\"ErrorInvalidUser\"}}', AUTHENTICATION_FAILED",
        "413, '', TOO_LARGE",
        "400, '{\"error\":{\"code\":400,\"errors\":[{\"reason\":\"invalidArgument\"}]}}', CONTENT_REFUSED",
        "400, '{\"error\":{\"code\":400,\"errors\":[{\"reason\":\"failedPrecondition\"}]}}', AUTHENTICATION_FAILED"
    })
    void refusalShouldHaveItsReason(int code, String json, Reason reason) {
        status = code;
        body = json;
        assertThat(send("graph")).isInstanceOfSatisfying(Outcome.Refused.class, refused -> {
            assertThat(refused.reason()).isEqualTo(reason);
            assertThat(refused.detail()).startsWith("the mail API answered " + code);
        });
    }

    @Test
    void brokenServerShouldLeaveItUncertain() {
        status = 500;
        assertThat(send("graph")).isInstanceOf(Outcome.Uncertain.class);
    }

    @Test
    void graphShouldGetNoLargerFilesThanItTakes() {
        long graph = EMAIL.limits(account("graph")).together();
        assertThat(graph * 16 / 9).isLessThan(4_000_000);
        assertThat(EMAIL.limits(account("gmail")).together()).isEqualTo(Email.LARGEST_FILE);
    }

    @ParameterizedTest
    @CsvSource({
        "graph, oauth.provider, google, sending graph does not go with oauth.provider google",
        "gmail, oauth.provider, microsoft, sending gmail does not go with oauth.provider microsoft",
        "graph, smtp.host, smtp.shop.example, smtp and sending graph are both there: remove one.",
        "graph, nullSender, true, 'nullSender works by SMTP only: remove it, or sending graph'"
    })
    void whatDoesNotGoTogetherShouldBeSaid(String sending, String setting, String value, String problem) {
        assertThat(EmailSettings.problems(account(sending, setting, value))).contains(problem);
        assertThat(EmailSettings.problems(account(sending))).isEmpty();
    }

    @Test
    void sendingWithoutTokensShouldBeSaid() {
        Account account = TestAccount.with(
                "imap.host", "127.0.0.1", "imap.user", "support", "imap.password", "secret", "sending", "graph");
        assertThat(EmailSettings.problems(account))
                .containsExactly("oauth is missing: sending graph needs its access tokens.");
    }
}
