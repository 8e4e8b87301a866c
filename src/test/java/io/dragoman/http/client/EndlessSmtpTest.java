// SPDX-License-Identifier: Apache-2.0
package io.dragoman.http.client;

import static io.dragoman.mail.EndlessServer.FOR_EVER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.dragoman.connector.Secret;
import io.dragoman.connector.Transport.SmtpServer;
import io.dragoman.connector.Transport.Tls;
import io.dragoman.connector.TransportFailure;
import io.dragoman.mail.EndlessServer;
import io.dragoman.model.Reason;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Mail servers whose answer has no end. */
@Timeout(60)
final class EndlessSmtpTest extends TransportContract {
    private static final byte[] MAIL = "Subject: one\r\n\r\nwords\r\n".getBytes(StandardCharsets.UTF_8);

    /** The limit, and what lies in the buffers of two sockets when the client leaves. */
    private static final long MOST = 1_000_000 + 12_000_000;

    @ParameterizedTest
    @CsvSource({
        "FALSE, GREETING, false",
        "TRUE, GREETING, false",
        "FALSE, EHLO, false",
        "START, AUTH, false",
        "TRUE, AUTH, false",
        "FALSE, MAIL, false",
        "START, RCPT, false",
        "TRUE, DATA, false",
        "FALSE, ., true",
        "START, ., true",
        "TRUE, ., true"
    })
    void answerWithoutAnEndEndsTheConnection(Tls tls, String command, boolean maybeSent) throws Exception {
        for (String endless : List.of("250 " + FOR_EVER + "x", FOR_EVER + "250-x\r\n")) {
            try (EndlessServer server = new EndlessServer(
                    tls == Tls.FALSE ? null : TestTls.trusting(), tls == Tls.TRUE, smtp(command, endless))) {
                TransportFailure failure = catchThrowableOfType(TransportFailure.class, () -> transport()
                        .smtp(server(server.port(), tls), "", List.of("ana@example.org"), MAIL));
                assertThat(failure).isNotNull();
                assertThat(failure.detail())
                        .isEqualTo("localhost: it sent more in answer to one command than is ever read");
                assertThat(failure.maybeSent()).isEqualTo(maybeSent);
                assertThat(failure.reason()).isEqualTo(Reason.PROVIDER_DOWN);
                assertThat(server.sent()).isLessThan(MOST);
            }
        }
    }

    private static SmtpServer server(int port, Tls tls) {
        return new SmtpServer("localhost", port, tls, "user", new Secret("secret"), false);
    }

    private static UnaryOperator<String> smtp(String odd, String answer) {
        return line -> {
            String word = line.toUpperCase(Locale.ROOT).split(" ", 2)[0];
            if (word.equals(odd)) {
                return answer;
            }
            return switch (word) {
                case "GREETING" -> "220 ready\r\n";
                case "EHLO" -> "250-localhost\r\n250-STARTTLS\r\n250 AUTH PLAIN\r\n";
                case "STARTTLS" -> "220 go on\r\n";
                case "AUTH" -> "235 2.7.0 welcome\r\n";
                case "DATA" -> "354 go on\r\n";
                case "MAIL", "RCPT", "." -> "250 2.1.0 ok\r\n";
                case "QUIT" -> "221 bye\r\n";
                default -> "";
            };
        };
    }
}
