// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.email;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.dragoman.connector.Account;
import io.dragoman.connector.Batch;
import io.dragoman.connector.TestPatience;
import io.dragoman.connector.WireFailure;
import io.dragoman.message.Event;
import io.dragoman.message.Part;
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

/** Servers without IDLE, with broken mails, with the wrong certificate. */
@Timeout(60)
final class OddServersTest {
    private static final Email EMAIL = new Email();

    private final TestPatience patience = TestAccount.patience(Duration.ofMillis(100));
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
        Batch taken = EMAIL.poll(account("imap.password", "p"), "", new TestWire(), patience);
        assertThat(taken.requests()).hasSize(2);
        int before = server.commands.size();
        Batch nothing = EMAIL.poll(account("imap.password", "p"), taken.position(), new TestWire(), patience);
        assertThat(nothing).isEqualTo(taken.requests().isEmpty() ? taken : new Batch(List.of(), taken.position()));
        assertThat(server.commands.subList(before, server.commands.size())).noneMatch(line -> line.contains("IDLE"));
    }

    @Test
    void idleWakesUpForNewMail() throws Exception {
        server.idles = true;
        CompletableFuture<Batch> poll = idling(TestAccount.patience(Duration.ofMinutes(20)));
        server.arrives();
        assertThat(poll.get(10, TimeUnit.SECONDS).requests()).hasSize(1);
    }

    @Test
    void whatArrivesJustAsIdleBeginsIsNotMissed() throws Exception {
        server.idles = true;
        server.arrivesAsIdleBegins = true;
        CompletableFuture<Batch> poll = idling(TestAccount.patience(Duration.ofMinutes(20)));
        assertThat(poll.get(10, TimeUnit.SECONDS).requests()).hasSize(1);
    }

    @Test
    void stoppingEndsIdleAtOnce() throws Exception {
        server.idles = true;
        TestPatience patient = TestAccount.patience(Duration.ofMinutes(20));
        CompletableFuture<Batch> poll = idling(patient);
        patient.stop();
        assertThat(poll.get(10, TimeUnit.SECONDS).requests()).isEmpty();
    }

    private CompletableFuture<Batch> idling(TestPatience patient) throws Exception {
        Account account = account("imap.password", "p");
        String position = EMAIL.poll(account, "", new TestWire(), patience).position();
        CompletableFuture<Batch> poll = CompletableFuture.supplyAsync(() -> {
            try {
                return EMAIL.poll(account, position, new TestWire(), patient);
            } catch (WireFailure e) {
                throw new IllegalStateException(e);
            }
        });
        server.awaits("IDLE is on");
        return poll;
    }

    @Test
    void nothingOnTheServerIsChanged() throws Exception {
        EMAIL.poll(account("imap.password", "p"), "", new TestWire(), patience);
        assertThat(server.commands).anyMatch(line -> line.contains("EXAMINE INBOX"));
        assertThat(server.commands).noneMatch(line -> line.matches(".*(STORE|SELECT|EXPUNGE|DELETE|COPY|MOVE).*"));
        assertThat(server.commands.stream().filter(line -> line.contains("BODY")))
                .allMatch(line -> line.contains("BODY.PEEK"));
    }

    @Test
    void oneMailThatTheServerRefusesDoesNotStopTheNextForEver() throws Exception {
        server.refusesFirstMail = true;
        Account account = account("imap.password", "p");
        Batch first = EMAIL.poll(account, "", new TestWire(), patience);
        assertThat(first.requests()).as("nobody jumps the queue at once").isEmpty();
        assertThatThrownBy(() -> EMAIL.poll(account, first.position(), new TestWire(), patience))
                .isInstanceOf(WireFailure.class)
                .hasMessageNotContaining("SERVERBUG");
        patience.clock.move(Duration.ofMinutes(31));
        Batch given = EMAIL.poll(account, first.position(), new TestWire(), patience);
        Event.MessageReceived notice = (Event.MessageReceived)
                new MailReader(account).read(given.requests().get(0)).get(0);
        assertThat(((Part.Unsupported) notice.parts().get(0)).raw()).contains("still in the mailbox");
        assertThat(notice.automatic()).isNotNull();
        Batch second = EMAIL.poll(account, given.position(), new TestWire(), patience);
        assertThat(new String(second.requests().get(0).body(), StandardCharsets.UTF_8))
                .contains("mail 2");
    }

    @Test
    void aRefusalThatEndsCostsNothing() throws Exception {
        server.refusesFirstMail = true;
        Account account = account("imap.password", "p");
        Batch first = EMAIL.poll(account, "", new TestWire(), patience);
        server.refusesFirstMail = false;
        assertThat(EMAIL.poll(account, first.position(), new TestWire(), patience)
                        .requests())
                .hasSize(2);
    }

    @Test
    void aTokenLogsInByXoauth2AndNeverAsAPassword() throws Exception {
        EMAIL.poll(account("imap.token", "ya29.abc"), "", new TestWire(), patience);
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
                        account("imap.password", "s3cret", "imap.tls", "start"), "", new TestWire(), patience))
                .isInstanceOf(WireFailure.class);
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
            assertThatThrownBy(() -> EMAIL.poll(account, "", new TestWire(), patience))
                    .isInstanceOf(WireFailure.class)
                    .hasMessageContaining("TLS failed");
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
