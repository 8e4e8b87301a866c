// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector.mail;

import static io.dragoman.mail.EndlessServer.FOR_EVER;
import static io.dragoman.mail.EndlessServer.GREETING;
import static io.dragoman.mail.EndlessServer.NUMBER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.dragoman.channel.email.Email;
import io.dragoman.connector.Account;
import io.dragoman.connector.Batch;
import io.dragoman.connector.PemFile;
import io.dragoman.connector.TestPollContext;
import io.dragoman.connector.TransportFailure;
import io.dragoman.http.client.TestTls;
import io.dragoman.mail.EndlessServer;
import io.dragoman.model.Reason;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Servers whose answer has no end, or announces more than there is memory for, with every kind of protection. */
@Timeout(60)
final class EndlessAnswersTest {
    private static final Email EMAIL = new Email();

    /** What lies in the buffers of two sockets when the client leaves. */
    private static final long UNDER_WAY = 12_000_000;

    private static final long LINE = 1_000_000 + UNDER_WAY;

    /** With {@code largestMail: 1}. */
    private static final long ANSWER = 17_000_000 + UNDER_WAY;

    private static final String TOO_LONG =
            " server localhost: it sent a line of more than %d bytes, which is not read further";
    private static final String TOO_MUCH = " server localhost: it sent more in answer to one command than is ever read";

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit's
    Path folder;

    private final TestPollContext context = TestAccount.context(Duration.ofSeconds(20));

    @ParameterizedTest
    @ValueSource(strings = {"false", "start", "true"})
    void endlessLineOfAnImapServerEndsTheConnection(String tls) throws Exception {
        assertEnds("imap", tls, imap("LOGIN", "* OK " + FOR_EVER + "x"), TOO_LONG.formatted(1_000_000), LINE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"false", "true"})
    void endlessGreetingEndsTheConnection(String tls) throws Exception {
        String greeting = "* OK " + FOR_EVER + "x";
        assertEnds("imap", tls, command -> greeting, TOO_LONG.formatted(1_000_000), LINE);
        assertEnds("pop3", tls, command -> "+OK " + FOR_EVER + "x", TOO_LONG.formatted(64_000), LINE);
    }

    @ParameterizedTest
    @CsvSource({"false,LOGIN", "start,EXAMINE", "true,FETCH"})
    void untaggedLinesWithoutAnEndEndTheConnection(String tls, String command) throws Exception {
        assertEnds("imap", tls, imap(command, FOR_EVER + "* OK still here\r\n"), TOO_MUCH, ANSWER);
    }

    @ParameterizedTest
    @ValueSource(strings = {"false", "start", "true"})
    void literalLargerThanAMailIsNotReserved(String tls) throws Exception {
        String literal = "* 1 FETCH (BODY[]<0> {2000000000}\r\n" + FOR_EVER + "x";
        assertEnds("imap", tls, imap("BODY.PEEK", literal), TOO_MUCH, UNDER_WAY);
        assertEnds("imap", tls, imap("LOGIN", "* OK {02000000000}\r\n" + FOR_EVER + "x"), TOO_MUCH, UNDER_WAY);
    }

    /** What looks like a literal inside one is none, and one may begin at the very end of another. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "* OK {4}\r\n\r\n\r\n{2000000000}\r\n",
                "* OK {3}\r\n{20 {20}\r\n00000000000000000000 {2000000000}\r\n",
                "* OK {6}\r\nabc{20 00{1}\r\n0}\r\n* OK {2000000000}\r\n",
                "* OK {5}\r\n{200\r\nx {-1}\r\n* OK {2000000000}\r\n"
            })
    void literalsAreToldFromLines(String answer) throws Exception {
        assertEnds("imap", "false", imap("LOGIN", answer + FOR_EVER + "x"), TOO_MUCH, UNDER_WAY);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "* 2000000000 EXISTS",
                "*  +2000000000  exists",
                "* 000000000000000000000000000000000000002000000000 EXISTS",
                "* 2000000000 EXISTS MORE"
            })
    void moreMailsThanAnybodyHasAreNotCounted(String line) throws Exception {
        assertEnds(
                "imap",
                "false",
                imap("EXAMINE", line + "\r\n* OK [UIDVALIDITY 7] ok\r\n" + FOR_EVER + "* OK\r\n"),
                " server localhost: its folder has more than 5000000 mails; move old ones to another folder",
                UNDER_WAY);
    }

    @Test
    void millionsOfMailsDoNotArriveAtOnce() throws Exception {
        assertEnds(
                "imap",
                "false",
                imap("NOOP", "* 4000000 EXISTS\r\n" + FOR_EVER + "* OK\r\n"),
                " server localhost: more than 100000 mails arrived at once",
                UNDER_WAY);
    }

    @ParameterizedTest
    @ValueSource(strings = {"* VANISHED 1:2000000000", "* 3 vanished 1:2000000000"})
    void rangesOfUidsAreNotWrittenOut(String line) throws Exception {
        assertEnds(
                "imap",
                "false",
                imap("NOOP", line + "\r\n" + FOR_EVER + "* OK\r\n"),
                " server localhost: it sent VANISHED, which only follows ENABLE QRESYNC (RFC 7162)",
                UNDER_WAY);
    }

    @ParameterizedTest
    @ValueSource(strings = {"false", "start", "true"})
    void endlessLineOfAPop3ServerEndsTheConnection(String tls) throws Exception {
        assertEnds("pop3", tls, pop3("UTF8", "+OK " + FOR_EVER + "x"), TOO_LONG.formatted(64_000), LINE);
        assertEnds("pop3", tls, pop3("USER", "+OK " + FOR_EVER + "x"), TOO_LONG.formatted(64_000), LINE);
        assertEnds("pop3", tls, pop3("RETR", "+OK " + FOR_EVER + "x"), TOO_LONG.formatted(64_000), LINE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"false", "start"})
    void listOrMailWithoutAnEndEndsTheConnection(String tls) throws Exception {
        assertEnds("pop3", tls, pop3("UIDL", "+OK\r\n" + FOR_EVER + NUMBER + " a\r\n"), TOO_MUCH, ANSWER);
        assertEnds("pop3", tls, pop3("RETR", "+OK\r\n" + FOR_EVER + "words\r\n"), TOO_MUCH, ANSWER);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"+OK 2000000000 1", "+OK\t5 2000000000 1", "+OKAY +2000000000 \u0085", "+OK 00000002000000000 1"
            })
    void moreMailsThanPop3CanHoldAreNotCounted(String status) throws Exception {
        String why = " server localhost: it has more than 200000 mails, which are too many for pop3;"
                + " move old ones elsewhere, or use imap";
        assertEnds("pop3", "false", pop3("STAT", status + "\r\n" + FOR_EVER + "+OK\r\n"), why, UNDER_WAY);
        assertEnds("pop3", "false", pop3("PASS", "+OK\r\n" + status + "\r" + FOR_EVER + "+OK\r\n"), why, UNDER_WAY);
    }

    /** A mail that cannot be had is a failure from the second time on; all else at once. */
    private void assertEnds(String group, String tls, UnaryOperator<String> answers, String why, long most)
            throws Exception {
        try (EndlessServer server =
                new EndlessServer(tls.equals("false") ? null : TestTls.trusting(), tls.equals("true"), answers)) {
            Account account = account(group, tls, server.port());
            TransportFailure failure = catchThrowableOfType(TransportFailure.class, () -> {
                Batch first = EMAIL.poll(account, "", new TestTransport(), context);
                EMAIL.poll(account, first.position(), new TestTransport(), context);
            });
            assertThat(failure).isNotNull();
            assertThat(failure.detail()).isEqualTo(group + why);
            assertThat(failure.reason()).isEqualTo(Reason.PROVIDER_DOWN);
            assertThat(failure.isLoginRefused()).isFalse();
            assertThat(server.sent()).isLessThan(2 * most);
        }
    }

    private Account account(String group, String tls, int port) throws Exception {
        Account account = TestAccount.with(
                group + ".host",
                "localhost",
                group + ".port",
                String.valueOf(port),
                group + ".tls",
                tls,
                group + ".user",
                "support",
                group + ".password",
                "secret",
                "start",
                "all",
                "largestMail",
                "1");
        Path authority = folder.resolve("authority.pem");
        Files.writeString(authority, TestTls.pem());
        Map<String, Object> values = new HashMap<>(account.values());
        values.put("tls.ca", PemFile.read(authority.toString(), Path.of("")));
        return new Account(account.side(), account.id(), account.kind(), values, account.insecure(), account.home());
    }

    /** An IMAP server with one mail, but for one command. */
    private static UnaryOperator<String> imap(String odd, String answer) {
        return command -> {
            String tag = command.split(" ", 2)[0];
            String upper = command.toUpperCase(Locale.ROOT);
            if (upper.contains(odd)) {
                return answer;
            }
            String untagged = "";
            if (command.equals(GREETING)) {
                return "* OK ready\r\n";
            } else if (upper.endsWith("CAPABILITY")) {
                untagged = "* CAPABILITY IMAP4rev1 IDLE STARTTLS\r\n";
            } else if (upper.contains("EXAMINE")) {
                untagged = "* 1 EXISTS\r\n* OK [UIDVALIDITY 7] ok\r\n* OK [UIDNEXT 13] ok\r\n";
            } else if (upper.contains("FETCH") && odd.equals("NOOP")) {
                untagged = "* 1 FETCH (UID 11 RFC822.SIZE 30 INTERNALDATE \"20-Nov-2020 09:30:00 +0000\""
                        + " BODY[]<0> {4}\r\na:b\n)\r\n";
            } else if (upper.contains("FETCH")) {
                untagged = "* 1 FETCH (UID 11 RFC822.SIZE 30 INTERNALDATE \"20-Nov-2026 09:30:00 +0000\")\r\n";
            }
            return untagged + tag + " OK done\r\n";
        };
    }

    /** A POP3 server with one mail, but for one command. */
    private static UnaryOperator<String> pop3(String odd, String answer) {
        return command -> {
            String word = command.toUpperCase(Locale.ROOT).split(" ", 2)[0];
            if (word.equals(odd)) {
                return answer;
            }
            return switch (word) {
                case "CAPA" -> "+OK\r\nUIDL\r\nTOP\r\nUSER\r\nUTF8\r\nSTLS\r\n.\r\n";
                case "STAT" -> "+OK 1 30\r\n";
                case "LIST" -> "+OK 1 30\r\n";
                case "TOP" -> "+OK\r\nSubject: one\r\n\r\n.\r\n";
                case "UIDL" -> "+OK\r\n1 one\r\n.\r\n";
                default -> "+OK\r\n";
            };
        };
    }
}
