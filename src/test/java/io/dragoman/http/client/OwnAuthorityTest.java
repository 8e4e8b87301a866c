// SPDX-License-Identifier: Apache-2.0
package io.dragoman.http.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.dragoman.TestAuthority;
import io.dragoman.connector.HttpCall;
import io.dragoman.connector.PemFile;
import io.dragoman.connector.Transport;
import io.dragoman.connector.Transport.SmtpServer;
import io.dragoman.connector.Transport.Tls;
import io.dragoman.connector.TransportFailure;
import io.dragoman.connector.Trust;
import io.dragoman.connector.tls.TrustContext;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Servers whose certificate an organisation's own authority issued. */
@Timeout(60)
final class OwnAuthorityTest extends TransportContract {
    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit's
    static Path made;

    @SuppressWarnings("NullAway.Init")
    private static TestAuthority ours;

    @SuppressWarnings("NullAway.Init")
    private static TestAuthority others;

    @SuppressWarnings("NullAway.Init")
    private static Provider good;

    @BeforeAll
    static void make() {
        ours = new TestAuthority(made, "Shop Root");
        others = new TestAuthority(made, "Other Root");
        good = new Provider(ours.issue("good", "localhost", -1).context());
    }

    @Override
    TransportSettings settings() {
        TransportSettings usual = super.settings();
        return new TransportSettings(
                usual.connections(),
                Duration.ofSeconds(5),
                usual.largestResponse(),
                usual.largestMedia(),
                Duration.ofSeconds(5),
                TrustContext.of(Trust.SYSTEM));
    }

    private static Trust trust(boolean only, TestAuthority... authorities) {
        return new Trust(
                List.of(authorities).stream()
                        .flatMap(one -> PemFile.read(one.pem().toString(), Path.of("")).certificates().stream())
                        .toList(),
                only);
    }

    private static HttpCall call(Provider server, String host) {
        URI uri = URI.create("https://" + host + ":" + server.port() + "/hook");
        return HttpCall.get(uri).trusting(uri);
    }

    private static String refusal(Transport transport, HttpCall call) {
        TransportFailure failure = catchThrowableOfType(TransportFailure.class, () -> transport.http(call));
        assertThat(failure.maybeSent()).isFalse();
        return failure.detail();
    }

    @Test
    void aServerOfAnOwnAuthorityIsBelievedByTheAccountThatNamesIt() throws TransportFailure {
        assertThat(transport()
                        .with(trust(false, ours))
                        .http(call(good, "localhost"))
                        .status())
                .isEqualTo(200);
        assertThat(transport()
                        .with(trust(true, others, ours))
                        .http(call(good, "localhost"))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void anUnknownAuthorityIsNamedWithTheRemedy() {
        assertThat(refusal(transport(), call(good, "localhost")))
                .isEqualTo(
                        "the certificate of localhost:" + good.port()
                                + " was issued by Shop Root, which is not trusted; set tls.ca to the PEM file of that authority");
        assertThat(refusal(transport().with(trust(false, others)), call(good, "localhost")))
                .endsWith(
                        "issued by Shop Root, which is not trusted; add the certificate of that authority to the file of"
                                + " tls.ca");
    }

    @Test
    void aCertificateOfAnotherNameSaysWhichNamesItHas() {
        try (Provider named = new Provider(
                ours.issue("named", "mail.shop.example,chat.shop.example", -1).context())) {
            assertThat(refusal(transport().with(trust(false, ours)), call(named, "localhost")))
                    .isEqualTo("the certificate of localhost:" + named.port()
                            + " is for mail.shop.example, chat.shop.example, not for localhost; set host to a name that it"
                            + " has, or give the server a certificate for this one");
        }
    }

    @Test
    void aCertificateOutOfItsTimeSaysWhen() {
        try (Provider late = new Provider(ours.issue("late", "localhost", -30).context());
                Provider early =
                        new Provider(ours.issue("early", "localhost", 5).context())) {
            assertThat(refusal(transport().with(trust(false, ours)), call(late, "localhost")))
                    .matches(
                            "the certificate of localhost:\\d+ expired on \\d{4}-\\d\\d-\\d\\d; renew it on the server");
            assertThat(refusal(transport().with(trust(false, ours)), call(early, "localhost")))
                    .matches(
                            "the certificate of localhost:\\d+ is valid only from \\d{4}-\\d\\d-\\d\\d on; compare this"
                                    + " machine's clock with the server's");
        }
    }

    @Test
    void mailGoesOutToAServerOfAnOwnAuthority() throws TransportFailure {
        byte[] mail = "Subject: x\r\n\r\nhello\r\n".getBytes(StandardCharsets.US_ASCII);
        try (SmtpStub secure = new SmtpStub(ours.issue("smtp", "localhost", -1).context())) {
            SmtpServer server = new SmtpServer("localhost", secure.port(), Tls.TRUE, null, null, false);
            assertThat(transport()
                            .with(trust(false, ours))
                            .smtp(server, "a@example.com", List.of("b@example.com"), mail)
                            .code())
                    .isEqualTo(250);
            assertThatThrownBy(() -> transport().smtp(server, "a@example.com", List.of("b@example.com"), mail))
                    .hasMessageContaining(
                            "localhost:" + secure.port() + " was issued by Shop Root, which is not trusted");
        }
    }

    @Test
    void aFileMayHoldSeveralCertificatesAndOtherText() throws Exception {
        Path both = made.resolve("both.pem");
        Files.writeString(
                both,
                "# ours\n" + Files.readString(ours.pem()) + "\nsubject=CN = Other\r\n"
                        + Files.readString(others.pem()).replace("\n", "\r\n"));
        assertThat(PemFile.read("both.pem", made).certificates()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "words",
                "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n",
                "-----BEGIN PRIVATE KEY-----\n"
            })
    void aFileWithoutACertificateSaysSo(String content) throws Exception {
        Files.writeString(made.resolve("bad.pem"), content);
        assertThatThrownBy(() -> PemFile.read("bad.pem", made))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("must be a PEM file with the certificate of an authority: ")
                .hasMessageContaining(
                        content.contains("AAAA") ? "number 1 is damaged" : "no line -----BEGIN CERTIFICATE");
    }
}
