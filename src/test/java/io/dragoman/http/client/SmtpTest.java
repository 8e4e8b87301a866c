// SPDX-License-Identifier: Apache-2.0
package io.dragoman.http.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.dragoman.FreePort;
import io.dragoman.connector.Secret;
import io.dragoman.connector.Transport.SmtpReply;
import io.dragoman.connector.Transport.SmtpServer;
import io.dragoman.connector.Transport.Tls;
import io.dragoman.connector.TransportFailure;
import io.dragoman.fault.FaultyProxy;
import io.dragoman.model.Reason;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
final class SmtpTest extends TransportContract {
    private static final String TO = "ana@example.org";
    private static final String MAIL = """
            Message-ID: <fixed.1@example.com>\r
            Date: Sat, 21 Nov 2026 10:00:00 +0000\r
            From: Support <support@example.com>\r
            To: Somebody Else <else@example.org>\r
            Subject: =?UTF-8?Q?gr=C3=BC=C3=9Fe?=\r
            mail.smtp.from: evil@example.com\r
            CamelHttpUri: http://evil.example.com/\r
            MIME-Version: 1.0\r
            Content-Type: multipart/alternative; boundary="my boundary"\r
            \r
            preamble that stays\r
            --my boundary\r
            Content-Type: text/plain; charset=utf-8\r
            Content-Transfer-Encoding: 8bit\r
            \r
            .a dot and grüße\r
            --my boundary--\r
            """;

    private final SmtpStub stub = new SmtpStub();

    @AfterEach
    void stop() {
        stub.close();
    }

    @Test
    void mailArrivesAsItIs() throws Exception {
        GreenMail server = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        server.start();
        try {
            server.setUser(TO, TO, "secret");

            SmtpReply reply = send(server(server.getSmtp().getPort(), Tls.FALSE), "support@example.com", List.of(TO));

            assertThat(reply).isEqualTo(new SmtpReply(250, ""));
            MimeMessage[] received = server.getReceivedMessages();
            assertThat(received).hasSize(1);
            assertThat(received[0].getMessageID()).isEqualTo("<fixed.1@example.com>");
            assertThat(received[0].getSubject()).isEqualTo("grüße");
            assertThat(received[0].getHeader("Return-Path", null)).contains("support@example.com");
        } finally {
            server.stop();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {MAIL, "Date: Sat, 21 Nov 2026 10:00:00 +0000\r\nTo: a@example.org\r\n\r\nhello\r\n"})
    void notOneByteOfTheMailChanges(String mail) throws TransportFailure {
        transport().smtp(server(stub.port(), Tls.FALSE), "", List.of(TO), mail.getBytes(StandardCharsets.UTF_8));

        List<String> heard = stub.heard();
        int data = heard.indexOf("DATA");
        List<String> expected = Arrays.stream(mail.split("\r\n"))
                .map(line -> line.startsWith(".") ? "." + line : line)
                .toList();
        assertThat(heard.subList(data + 1, data + 1 + expected.size())).isEqualTo(expected);
    }

    @Test
    void envelopeIsOursWhateverTheMailSays() throws TransportFailure {
        send(server(stub.port(), Tls.FALSE), "bounce+1@example.com", List.of(TO, "bob@example.org"));

        assertThat(stub.heard())
                .contains("MAIL FROM:<bounce+1@example.com>", "RCPT TO:<ana@example.org>", "RCPT TO:<bob@example.org>")
                .noneMatch(line -> line.startsWith("RCPT TO:<else") || line.startsWith("MAIL FROM:<evil"));
    }

    @Test
    void emptySenderIsTheNullSender() throws TransportFailure {
        send("");

        assertThat(stub.heard()).contains("MAIL FROM:<>");
    }

    @ParameterizedTest
    @CsvSource({
        "RCPT, 550 5.1.1 no such user ana@example.org, 550, 5.1.1",
        "RCPT, 450 4.2.1 later, 450, 4.2.1",
        "RCPT, 452 full, 452, ''",
        "MAIL, 553 5.1.8 bad sender, 553, 5.1.8",
        "MAIL, 421 4.7.0 too many, 421, 4.7.0",
        "DATA, 451 4.3.0 greylisted, 451, 4.3.0",
        "dot, 554 5.7.1 spam, 554, 5.7.1",
        "dot, 552-5.3.4 too~552 5.3.4 large, 552, 5.3.4",
        "dot, 450 4.0.0 later, 450, 4.0.0"
    })
    void refusalIsAReply(String command, String answer, int code, String enhanced) throws TransportFailure {
        stub.on(command, answer.replace("~", "\r\n"));

        assertThat(send("support@example.com")).isEqualTo(new SmtpReply(code, enhanced));
    }

    @Test
    void allRecipientsOrNone() throws TransportFailure {
        stub.on("RCPT TO:<ana@example.org>", "450 4.2.1 later").on("RCPT TO:<bob@example.org>", "550 5.1.1 unknown");

        SmtpReply reply = send(
                server(stub.port(), Tls.FALSE),
                "support@example.com",
                List.of("eve@example.org", TO, "bob@example.org"));

        assertThat(reply)
                .isEqualTo(new SmtpReply(
                        550,
                        "5.1.1",
                        Map.of(TO, new SmtpReply(450, "4.2.1"), "bob@example.org", new SmtpReply(550, "5.1.1"))));
        assertThat(stub.heard()).doesNotContain("DATA");
    }

    @ParameterizedTest
    @CsvSource({"535 5.7.8 wrong, 535, 5.7.8", "454 4.7.0 later, 454, 4.7.0", "550 5.7.30 basic, 550, 5.7.30"})
    void refusedLoginIsAReply(String answer, int code, String enhanced) throws TransportFailure {
        stub.on("AUTH", answer);

        assertThat(send(login(false, stub.port(), Tls.FALSE), "support@example.com", List.of(TO)))
                .isEqualTo(new SmtpReply(code, enhanced));
    }

    @Test
    void loginByPasswordOrToken() throws TransportFailure {
        send(login(false, stub.port(), Tls.FALSE), "support@example.com", List.of(TO));
        send(login(true, stub.port(), Tls.FALSE), "support@example.com", List.of(TO));

        assertThat(stub.heard())
                .contains(
                        "AUTH PLAIN " + base64("user\0user\0secret"),
                        "AUTH XOAUTH2 " + base64("user=user\1auth=Bearer secret\1\1"));
    }

    @Test
    void serverThatKnowsNoWayToLogInIsNotSent() {
        stub.on("EHLO", "250-stub\r\n250 AUTH CRAM-MD5");

        TransportFailure failure = failure(login(false, stub.port(), Tls.FALSE));

        assertThat(failure.maybeSent()).isFalse();
        assertThat(failure.reason()).isEqualTo(Reason.AUTHENTICATION_FAILED);
    }

    @Test
    void tlsFromTheFirstByteOrByUpgrade() throws TransportFailure {
        try (SmtpStub secure = new SmtpStub(true)) {
            assertThat(send(login(false, "localhost", secure.port(), Tls.TRUE), "a@example.com", List.of(TO))
                            .code())
                    .isEqualTo(250);
        }
        assertThat(send(login(false, "localhost", stub.port(), Tls.START), "a@example.com", List.of(TO))
                        .code())
                .isEqualTo(250);
        List<String> heard = stub.heard();
        assertThat(heard.indexOf("STARTTLS")).isPositive();
        assertThat(heard.stream().filter(line -> line.startsWith("AUTH")).findFirst())
                .hasValueSatisfying(auth -> assertThat(heard.indexOf(auth)).isGreaterThan(heard.indexOf("STARTTLS")));
    }

    @Test
    void nothingIsSentToAServerThatCannotProveItsName() {
        try (SmtpStub secure = new SmtpStub(true)) {
            assertNotSent(failure(login(false, "127.0.0.1", secure.port(), Tls.TRUE)));
            assertThat(secure.heard()).isEmpty();
        }
        assertNotSent(failure(login(false, "127.0.0.1", stub.port(), Tls.START)));
        assertThat(stub.heard()).noneMatch(line -> line.startsWith("AUTH") || line.startsWith("MAIL"));
    }

    @Test
    void serverWithoutTlsIsNotSentTo() {
        stub.on("EHLO", "250-stub\r\n250 AUTH PLAIN");

        assertNotSent(failure(login(false, "localhost", stub.port(), Tls.START)));
        assertThat(stub.heard()).noneMatch(line -> line.startsWith("AUTH"));
    }

    @Test
    void connectionThatIsNotMadeIsNotSent() throws IOException {
        assertNotSent(failure(server(FreePort.find(), Tls.FALSE)));
        assertNotSent(failure(new SmtpServer("no-such-host.invalid", 25, Tls.FALSE, null, null, false)));
        try (FaultyProxy proxy = new FaultyProxy(stub.port())) {
            proxy.next(FaultyProxy.Fault.blackhole());
            assertNotSent(failure(server(proxy.port(), Tls.FALSE)));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"greeting", "EHLO", "MAIL", "RCPT", "DATA"})
    void hangUpBeforeTheMailIsNotSent(String command) {
        stub.on(command, SmtpStub.CLOSE).on("HELO", SmtpStub.CLOSE);

        assertNotSent(failure(server(stub.port(), Tls.FALSE)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"greeting", "AUTH", "RCPT"})
    void silenceBeforeTheMailIsNotSent(String command) {
        stub.on(command, SmtpStub.SILENCE);

        assertNotSent(failure(login(false, stub.port(), Tls.FALSE)));
    }

    @Test
    void greetingThatRefusesIsNotSent() {
        stub.on("greeting", "554 5.7.1 go away");

        assertNotSent(failure(server(stub.port(), Tls.FALSE)));
    }

    @Test
    void silenceAfterTheMailIsMaybeSent() {
        stub.on("dot", SmtpStub.SILENCE);

        TransportFailure failure = failure(server(stub.port(), Tls.FALSE));

        assertThat(failure.maybeSent()).isTrue();
        assertThat(failure.reason()).isEqualTo(Reason.TIMEOUT);
        assertThat(failure.detail()).isEqualTo("127.0.0.1: it did not answer in time");
    }

    @Test
    void hangUpAfterTheMailIsMaybeSent() {
        stub.on("dot", SmtpStub.CLOSE);

        TransportFailure failure = failure(server(stub.port(), Tls.FALSE));

        assertThat(failure.maybeSent()).isTrue();
        assertThat(failure.reason()).isEqualTo(Reason.PROVIDER_DOWN);
    }

    @Test
    void silenceAtTheGoodbyeIsSent() throws TransportFailure {
        stub.on("QUIT", SmtpStub.SILENCE);

        assertThat(send("support@example.com").code()).isEqualTo(250);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a@example.org\r\nDATA",
                "a@example.org\nRCPT TO:<b@example.org>",
                "a@example.org> NOTIFY=NEVER",
                "a b@example.org",
                "",
                "nobody",
                "<a@example.org>",
                "a@example.org,b@example.org",
                "grüße@example.org",
                "a@example.org\u0000"
            })
    void addressThatIsNoneIsRefusedWithoutAsking(String address) throws TransportFailure {
        SmtpServer server = server(stub.port(), Tls.FALSE);

        assertThat(send(server, "support@example.com", List.of(address))).isEqualTo(new SmtpReply(501, "5.1.3"));
        assertThat(send(server, address + " ", List.of(TO))).isEqualTo(new SmtpReply(501, "5.1.3"));
        assertThat(send(server, "support@example.com", List.of())).isEqualTo(new SmtpReply(501, "5.1.3"));
        assertThat(stub.heard()).isEmpty();
    }

    private SmtpReply send(String from) throws TransportFailure {
        return send(server(stub.port(), Tls.FALSE), from, List.of(TO));
    }

    private SmtpReply send(SmtpServer server, String from, List<String> to) throws TransportFailure {
        return transport().smtp(server, from, to, MAIL.getBytes(StandardCharsets.UTF_8));
    }

    private TransportFailure failure(SmtpServer server) {
        return catchThrowableOfType(TransportFailure.class, () -> send(server, "support@example.com", List.of(TO)));
    }

    private static void assertNotSent(TransportFailure failure) {
        assertThat(failure).isNotNull();
        assertThat(failure.maybeSent()).as(failure.detail()).isFalse();
        assertThat(failure.reason()).isEqualTo(Reason.PROVIDER_DOWN);
        assertThat(failure.detail()).doesNotContain("example.").doesNotContain("secret");
    }

    private static SmtpServer server(int port, Tls tls) {
        return new SmtpServer("127.0.0.1", port, tls, null, null, false);
    }

    private static SmtpServer login(boolean token, int port, Tls tls) {
        return login(token, "127.0.0.1", port, tls);
    }

    private static SmtpServer login(boolean token, String host, int port, Tls tls) {
        return new SmtpServer(host, port, tls, "user", new Secret("secret"), token);
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
