// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.dragoman.channel.email.Email;
import io.dragoman.connector.Account;
import io.dragoman.connector.Batch;
import io.dragoman.connector.Signature;
import io.dragoman.connector.TestPollContext;
import io.dragoman.connector.TransportFailure;
import io.dragoman.model.CustomerEvent;
import io.dragoman.model.Part;
import io.dragoman.model.Reason;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Servers without IDLE, with broken mails, with the wrong certificate. */
@Timeout(60)
final class OddServersTest {
    private static final Email EMAIL = new Email();

    private final TestPollContext context = TestAccount.context(Duration.ofMillis(100));
    private ScriptedImap server;

    @BeforeEach
    void start() throws Exception {
        server = new ScriptedImap();
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
    }

    @Test
    void aServerWithoutIdleIsLeftWhileWaiting() throws Exception {
        Batch taken = EMAIL.poll(account("imap.password", "p"), "", new TestTransport(), context);
        assertThat(taken.requests()).hasSize(2);
        int before = server.commands.size();
        Batch nothing = EMAIL.poll(account("imap.password", "p"), taken.position(), new TestTransport(), context);
        assertThat(nothing).isEqualTo(taken.requests().isEmpty() ? taken : new Batch(List.of(), taken.position()));
        assertThat(server.commands.subList(before, server.commands.size())).noneMatch(line -> line.contains("IDLE"));
    }

    @Test
    void idleWakesUpForNewMail() throws Exception {
        server.idles = true;
        CompletableFuture<Batch> poll = idling(TestAccount.context(Duration.ofMinutes(20)));
        server.arrives();
        assertThat(poll.get(10, TimeUnit.SECONDS).requests()).hasSize(1);
    }

    @Test
    void whatArrivesJustAsIdleBeginsIsNotMissed() throws Exception {
        server.idles = true;
        server.arrivesAsIdleBegins = true;
        CompletableFuture<Batch> poll = idling(TestAccount.context(Duration.ofMinutes(20)));
        assertThat(poll.get(10, TimeUnit.SECONDS).requests()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "NO [AUTHENTICATIONFAILED] Authentication failed.",
                "NO LOGIN failed.",
                "NO [ALERT] Please log in via your web browser",
                "NO [EXPIRED] That password isn't valid any more."
            })
    void aRefusedLoginIsToldFromATemporaryOne(String answer) {
        server.refusal = answer;
        assertThat(loginFailure().isLoginRefused()).isTrue();
        assertThat(loginFailure().detail())
                .isEqualTo("imap server 127.0.0.1: the login was refused; correct imap.user and imap.password");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "NO [UNAVAILABLE] Temporary authentication failure.",
                "NO [INUSE] Mailbox in use",
                "NO [LIMIT] Too much of it",
                "NO [ALERT] Too many simultaneous connections. (Failure)",
                "NO Maximum number of connections from user+IP exceeded"
            })
    void aLoginThatCannotBeDecidedNowIsNoRefusal(String answer) {
        server.refusal = answer;
        assertThat(loginFailure().isLoginRefused()).isFalse();
        assertThat(loginFailure().reason()).isEqualTo(Reason.PROVIDER_DOWN);
    }

    private TransportFailure loginFailure() {
        return catchThrowableOfType(
                TransportFailure.class,
                () -> EMAIL.poll(account("imap.password", "p"), "", new TestTransport(), context));
    }

    @Test
    void aServerThatDoesNotSayWhatItCanDoIsTold() {
        server.tellsCapabilities = false;
        assertThat(loginFailure().detail())
                .isEqualTo("imap server 127.0.0.1: its answers are none of an imap server; correct imap.host and"
                        + " imap.port");
        assertThat(loginFailure().reason()).isEqualTo(Reason.PROVIDER_DOWN);
    }

    @Test
    void aSilentIdleIsNotBelievedForLong() throws Exception {
        server.idles = true;
        CompletableFuture<Batch> poll = idling(TestAccount.context(Duration.ofMinutes(20)), "imap.look", "0.3s");
        server.arrivesInSilence();
        assertThat(poll.get(10, TimeUnit.SECONDS).requests()).hasSize(1);
        assertThat(server.commands.stream().filter(line -> line.contains("LOGIN")))
                .as("on the same connection")
                .hasSize(2);
    }

    @Test
    void aFolderMadeAnewIsNoticedThoughIdleStaysSilent() throws Exception {
        server.idles = true;
        CompletableFuture<Batch> poll = idling(TestAccount.context(Duration.ofMinutes(20)), "imap.look", "0.3s");
        server.madeAnew();
        Batch anew = poll.get(10, TimeUnit.SECONDS);
        assertThat(anew.requests()).hasSize(1);
        assertThat(anew.position()).contains("\"uidValidity\":8");
    }

    @Test
    void stoppingEndsIdleAtOnce() throws Exception {
        server.idles = true;
        TestPollContext patient = TestAccount.context(Duration.ofMinutes(20));
        CompletableFuture<Batch> poll = idling(patient);
        patient.stop();
        assertThat(poll.get(10, TimeUnit.SECONDS).requests()).isEmpty();
    }

    private CompletableFuture<Batch> idling(TestPollContext patient, String... more) throws Exception {
        List<String> settings = new ArrayList<>(List.of("imap.password", "p"));
        settings.addAll(List.of(more));
        Account account = account(settings.toArray(String[]::new));
        String position = EMAIL.poll(account, "", new TestTransport(), context).position();
        CompletableFuture<Batch> poll = CompletableFuture.supplyAsync(() -> {
            try {
                return EMAIL.poll(account, position, new TestTransport(), patient);
            } catch (TransportFailure e) {
                throw new IllegalStateException(e);
            }
        });
        server.awaits("IDLE is on");
        return poll;
    }

    @Test
    void nothingOnTheServerIsChanged() throws Exception {
        EMAIL.poll(account("imap.password", "p"), "", new TestTransport(), context);
        assertThat(server.commands).anyMatch(line -> line.contains("EXAMINE INBOX"));
        assertThat(server.commands).noneMatch(line -> line.matches(".*(STORE|SELECT|EXPUNGE|DELETE|COPY|MOVE).*"));
        assertThat(server.commands.stream().filter(line -> line.contains("BODY")))
                .allMatch(line -> line.contains("BODY.PEEK"));
    }

    @Test
    void oneMailThatTheServerRefusesDoesNotStopTheNextForEver() throws Exception {
        server.refusesFirstMail = true;
        Account account = account("imap.password", "p");
        Batch first = EMAIL.poll(account, "", new TestTransport(), context);
        assertThat(first.requests()).as("nobody jumps the queue at once").isEmpty();
        assertThatThrownBy(() -> EMAIL.poll(account, first.position(), new TestTransport(), context))
                .isInstanceOf(TransportFailure.class)
                .hasMessageNotContaining("SERVERBUG");
        context.clock.move(Duration.ofMinutes(31));
        Batch given = EMAIL.poll(account, first.position(), new TestTransport(), context);
        CustomerEvent.MessageReceived notice = (CustomerEvent.MessageReceived) new Email()
                .read(account, Signature.polled(given.requests().get(0)))
                .get(0);
        assertThat(((Part.Unsupported) notice.parts().get(0)).raw()).contains("still in the mailbox");
        assertThat(notice.automatic()).isNotNull();
        Batch second = EMAIL.poll(account, given.position(), new TestTransport(), context);
        assertThat(new String(second.requests().get(0).body(), StandardCharsets.UTF_8))
                .contains("mail 2");
    }

    @Test
    void aRefusalThatEndsCostsNothing() throws Exception {
        server.refusesFirstMail = true;
        Account account = account("imap.password", "p");
        Batch first = EMAIL.poll(account, "", new TestTransport(), context);
        server.refusesFirstMail = false;
        assertThat(EMAIL.poll(account, first.position(), new TestTransport(), context)
                        .requests())
                .hasSize(2);
    }

    @Test
    void aTokenLogsInByXoauth2AndNeverAsAPassword() throws Exception {
        EMAIL.poll(account("imap.token", "ya29.abc"), "", new TestTransport(), context);
        String expected = Base64.getEncoder()
                .encodeToString("user=support\001auth=Bearer ya29.abc\001\001".getBytes(StandardCharsets.UTF_8));
        assertThat(String.join("\n", server.commands))
                .contains("AUTHENTICATE XOAUTH2")
                .contains(expected);
        assertThat(server.commands).noneMatch(line -> line.contains("LOGIN"));
    }

    @Test
    void noPasswordGoesToAServerThatCannotEncrypt() {
        assertThatThrownBy(() -> EMAIL.poll(
                        account("imap.password", "s3cret", "imap.tls", "start"), "", new TestTransport(), context))
                .isInstanceOf(TransportFailure.class);
        assertThat(server.commands).noneMatch(line -> line.contains("s3cret"));
    }

    @Test
    void aCertificateThatNobodyVouchesForIsRefused() {
        GreenMail secure = new GreenMail(TestAccount.server(ServerSetup.PROTOCOL_IMAPS));
        secure.start();
        try {
            secure.setUser("support@shop.example", "support", "secret");
            Account account = account(
                    "imap.port",
                    String.valueOf(secure.getImaps().getPort()),
                    "imap.tls",
                    "true",
                    "imap.password",
                    "secret");
            assertThatThrownBy(() -> EMAIL.poll(account, "", new TestTransport(), context))
                    .isInstanceOf(TransportFailure.class)
                    .hasMessageContaining(
                            "the certificate of 127.0.0.1:" + secure.getImaps().getPort());
        } finally {
            secure.stop();
        }
    }

    private Account account(String... more) {
        List<String> all = new ArrayList<>(
                List.of("imap.host", "127.0.0.1", "imap.port", String.valueOf(server.port()), "imap.tls", "false"));
        all.addAll(List.of("imap.user", "support", "interval", "30s", "start", "all"));
        all.addAll(List.of(more));
        return TestAccount.with(all.toArray(String[]::new));
    }
}
