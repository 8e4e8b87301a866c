// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.dragoman.channel.email.Email;
import io.dragoman.connector.Account;
import io.dragoman.connector.Batch;
import io.dragoman.connector.PemFile;
import io.dragoman.connector.Signature;
import io.dragoman.connector.TestPollContext;
import io.dragoman.connector.TransportFailure;
import io.dragoman.http.client.TestTls;
import io.dragoman.model.CustomerEvent.MessageReceived;
import io.dragoman.model.Reason;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** UTF8 of RFC 6856, which the mail library cannot ask for, and logins outside ASCII. */
@Timeout(60)
final class Pop3Utf8Test {
    private static final Email EMAIL = new Email();
    private static final String UNANSWERED = "pop3 server localhost: it did not answer UTF8, which it offers";

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit's
    Path folder;

    private final TestPollContext context = TestAccount.context(Duration.ofSeconds(20));

    @SuppressWarnings("NullAway.Init") // by each test
    private ScriptedPop3 server;

    @AfterEach
    void stop() throws Exception {
        server.close();
    }

    @Test
    void mailsWithRawHeadersComeAsTheyAreWhereUtf8IsOffered() throws Exception {
        server = offering("UTF8 USER");
        Batch batch = poll(account("false"));
        assertThat(body(batch)).isEqualTo(ScriptedPop3.MAIL);
        MessageReceived message = (MessageReceived) new Email()
                .read(account("false"), Signature.polled(batch.requests().get(0)))
                .get(0);
        assertThat(message.sender().name()).isEqualTo("Zoë");
        assertThat(message.threading().subject()).isEqualTo("grüße");
        assertThat(server.commands).startsWith("CAPA", "UTF8", "USER support", "PASS secret", "STAT");
        assertThat(server.commands).containsOnlyOnce("UTF8");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "UTF8-LATER", "LANG UTF8"})
    void nothingIsAskedWhereUtf8IsNotOffered(String capability) throws Exception {
        server = offering(capability);
        assertThat(body(poll(account("false")))).contains("Cannot display Unicode content");
        assertThat(server.commands).startsWith("CAPA", "USER support", "PASS secret", "STAT");
        assertThat(server.commands).doesNotContain("UTF8");
    }

    @Test
    void aServerThatRefusesUtf8IsReadWithout() throws Exception {
        server = offering("utf8");
        server.answerToUtf8 = "-ERR not now";
        assertThat(body(poll(account("false")))).contains("Cannot display Unicode content");
        assertThat(server.commands).startsWith("CAPA", "UTF8", "USER support", "PASS secret", "STAT");
    }

    @ParameterizedTest
    @CsvSource({"STLS;UTF8,'',false", "STLS,UTF8,true", "STLS;UTF8 USER,UTF8 USER,true"})
    void onlyWhatIsOfferedInTlsCounts(String before, String inside, boolean asked) throws Exception {
        server = new ScriptedPop3(TestTls.trusting(), false);
        server.capabilities = List.of(before.split(";"));
        server.capabilitiesInTls = List.of(inside);
        assertThat(body(poll(account("start"))).equals(ScriptedPop3.MAIL)).isEqualTo(asked);
        List<String> expected = new ArrayList<>(List.of("CAPA", "STLS", "tls CAPA"));
        expected.addAll(asked ? List.of("tls UTF8", "tls USER support") : List.of("tls USER support"));
        assertThat(server.commands).startsWith(expected.toArray(String[]::new));
    }

    @Test
    void whatIsPipelinedWaitsForTheAnswer() throws Exception {
        server = new ScriptedPop3(TestTls.trusting(), true);
        server.capabilitiesInTls = List.of("PIPELINING", "UTF8");
        assertThat(body(poll(account("true")))).isEqualTo(ScriptedPop3.MAIL);
        assertThat(server.commands)
                .startsWith("tls CAPA", "tls UTF8", "tls USER support", "tls PASS secret", "tls STAT");
    }

    @ParameterizedTest
    @ValueSource(strings = {"pop3.password", "pop3.token"})
    void aServerThatLeavesAtUtf8IsNamed(String secret) throws Exception {
        server = offering("UTF8", "SASL XOAUTH2");
        server.leavesAt = "UTF8";
        TransportFailure failure = failure(account("false", secret, "secret"));
        assertThat(failure.detail()).isEqualTo(UNANSWERED);
        assertThat(failure.reason()).isEqualTo(Reason.PROVIDER_DOWN);
        assertThat(failure.isLoginRefused()).isFalse();
        assertThat(server.commands).containsExactly("CAPA", "UTF8");
    }

    /** With a shorter patience than the gateway's, and TLS, in which the library pipelines the password. */
    @Test
    void aServerThatIsSilentAtUtf8IsNamed() throws Exception {
        server = new ScriptedPop3(TestTls.trusting(), true);
        server.capabilitiesInTls = List.of("UTF8", "PIPELINING");
        server.silentAt = "UTF8";
        MailSockets sockets = new MailSockets(new Pop3Answers(EmailSettings.POP3.of(account("true")), 1_000_000));
        Properties properties = new Properties();
        properties.put("mail.pop3s.timeout", "300");
        properties.put("mail.pop3s.socketFactory", sockets);
        properties.put(
                "mail.pop3s.ssl.socketFactory", sockets.over(TestTls.trusting().getSocketFactory()));
        assertThatThrownBy(() -> Session.getInstance(properties)
                        .getStore("pop3s")
                        .connect("localhost", server.port(), "support", "secret"))
                .isInstanceOf(MessagingException.class);
        assertThat(sockets.problem()).contains("it did not answer UTF8, which it offers");
        assertThat(server.commands).as("no login goes out").containsExactly("tls CAPA", "tls UTF8");
    }

    @Test
    void stoppingEndsTheWaitForTheAnswer() throws Exception {
        server = offering("UTF8");
        server.silentAt = "UTF8";
        CompletableFuture<Batch> poll = CompletableFuture.supplyAsync(() -> {
            try {
                return poll(account("false"));
            } catch (TransportFailure | IOException e) {
                throw new IllegalStateException(e);
            }
        });
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (!server.commands.contains("UTF8") && System.nanoTime() < deadline) {
            LockSupport.parkNanos(5_000_000);
        }
        assertThat(server.commands).contains("UTF8");
        context.stop();
        assertThat(poll.get(10, TimeUnit.SECONDS).requests()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"+OK", "-ERR not now"})
    void loginsOutsideAsciiAreUtf8WhereTheServerSaysSo(String answer) throws Exception {
        server = knowing("zoë", "grüße €");
        server.capabilities = List.of("utf8 lang user");
        server.answerToUtf8 = answer;
        assertThat(poll(account("false", "pop3.user", "zoë", "pop3.password", "grüße €"))
                        .requests())
                .hasSize(1);
        assertThat(server.commands).startsWith("CAPA", "UTF8", "USER zoë", "PASS grüße €", "STAT");
    }

    @Test
    void pipelinedLoginsOutsideAsciiAreUtf8() throws Exception {
        server = new ScriptedPop3(TestTls.trusting(), true);
        server.password = "€";
        server.capabilitiesInTls = List.of("PIPELINING", "UTF8 USER");
        assertThat(poll(account("true", "pop3.password", "€")).requests()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF8", "UTF8 USER", "LANG"})
    void loginsOutsideAsciiGoByPlainWhereThatIsOffered(String capability) throws Exception {
        server = knowing("zoë", "grüße €");
        server.capabilities = List.of(capability, "SASL CRAM-MD5 PLAIN");
        assertThat(poll(account("false", "pop3.user", "zoë", "pop3.password", "grüße €"))
                        .requests())
                .hasSize(1);
        assertThat(server.commands).noneMatch(command -> command.startsWith("USER"));
    }

    @Test
    void aTokenOfAUserOutsideAsciiNeedsNothing() throws Exception {
        server = knowing("zoë", "ya29.abc");
        server.capabilities = List.of("SASL XOAUTH2");
        assertThat(poll(account("false", "pop3.user", "zoë", "pop3.token", "ya29.abc"))
                        .requests())
                .hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"zoë,secret,UTF8,pop3.user", "support,grüße,LANG,pop3.password", "zoë,grüße,UTF8,pop3.user"})
    void loginsThatTheServerDoesNotTakeAreRefusedAndNeverSent(
            String user, String password, String capability, String named) throws Exception {
        server = offering(capability);
        TransportFailure failure = failure(account("false", "pop3.user", user, "pop3.password", password));
        assertThat(failure.detail())
                .isEqualTo("pop3 server localhost: " + named + " has letters outside ASCII, for which the server"
                        + " offers neither UTF8 USER nor SASL PLAIN; take one without them, or use imap");
        assertThat(failure.isLoginRefused()).isTrue();
        assertThat(server.commands).containsExactly("CAPA");
    }

    @ParameterizedTest
    @CsvSource({"USER,pop3.password", "PASS,pop3.password", "AUTH,pop3.token"})
    void aConnectionThatBreaksInTheLoginIsNoRefusal(String command, String secret) throws Exception {
        server = offering("UTF8", "SASL XOAUTH2");
        server.leavesAt = command;
        assertThat(failure(account("false", secret, "secret")).isLoginRefused()).isFalse();
        server.leavesAt = "";
        assertThat(failure(account("false", secret, "wrong")).isLoginRefused()).isTrue();
    }

    private static ScriptedPop3 offering(String... capabilities) throws IOException {
        ScriptedPop3 server = new ScriptedPop3(null, false);
        server.capabilities = List.of(capabilities);
        return server;
    }

    private static ScriptedPop3 knowing(String user, String password) throws IOException {
        ScriptedPop3 server = new ScriptedPop3(null, false);
        server.user = user;
        server.password = password;
        return server;
    }

    private Batch poll(Account account) throws TransportFailure {
        return EMAIL.poll(account, "", new TestTransport(), context);
    }

    private TransportFailure failure(Account account) {
        TransportFailure failure = catchThrowableOfType(TransportFailure.class, () -> poll(account));
        assertThat(failure).isNotNull();
        return failure;
    }

    private static String body(Batch batch) {
        return new String(batch.requests().get(0).body(), StandardCharsets.UTF_8);
    }

    private Account account(String tls, String... more) throws IOException {
        List<String> all = new ArrayList<>(
                List.of("pop3.host", "localhost", "pop3.port", String.valueOf(server.port()), "pop3.tls", tls));
        all.addAll(List.of("pop3.user", "support", "start", "all"));
        all.addAll(List.of(more));
        if (!all.contains("pop3.token") && !all.contains("pop3.password")) {
            all.addAll(List.of("pop3.password", "secret"));
        }
        Account account = TestAccount.with(all.toArray(String[]::new));
        Path authority = folder.resolve("authority.pem");
        Files.writeString(authority, TestTls.pem());
        Map<String, Object> values = new HashMap<>(account.values());
        values.put("tls.ca", PemFile.read(authority.toString(), Path.of("")));
        return new Account(account.side(), account.id(), account.kind(), values, account.insecure(), account.home());
    }
}
