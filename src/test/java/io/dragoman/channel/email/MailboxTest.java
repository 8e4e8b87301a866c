// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.email;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.icegreen.greenmail.imap.ImapHostManager;
import com.icegreen.greenmail.store.MailFolder;
import com.icegreen.greenmail.user.GreenMailUser;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.dragoman.connector.Account;
import io.dragoman.connector.Batch;
import io.dragoman.connector.Secret;
import io.dragoman.connector.WireFailure;
import io.dragoman.message.Event;
import io.dragoman.message.Reason;
import jakarta.mail.Flags;
import jakarta.mail.Folder;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Store;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Every mail of a mailbox is taken once, in order, whatever people and servers do to the mailbox meanwhile. */
@Timeout(60)
final class MailboxTest {
    private static final Email EMAIL = new Email();

    private final GreenMail server = new GreenMail(new ServerSetup[] {
        TestAccount.server(ServerSetup.PROTOCOL_IMAP), TestAccount.server(ServerSetup.PROTOCOL_POP3)
    });
    private final TestPatience patience = new TestPatience(Duration.ofMillis(200));
    private GreenMailUser user;

    @BeforeEach
    void start() {
        server.start();
        user = server.setUser("support@shop.example", "support", "secret");
    }

    @AfterEach
    void stop() {
        server.stop();
    }

    @Test
    void firstStartTakesOnlyNewMailUnlessToldOtherwise() throws Exception {
        arrives("old");
        Batch first = EMAIL.poll(imap(), "", new TestWire(), patience);
        assertThat(first.requests()).isEmpty();
        assertThat(first.position()).isNotEmpty();
        arrives("new");
        assertThat(subjects(EMAIL.poll(imap(), first.position(), new TestWire(), patience)))
                .containsExactly("new");
        assertThat(subjects(EMAIL.poll(imap("start", "all"), "", new TestWire(), patience)))
                .containsExactly("old", "new");
    }

    @Test
    void mailReadByAPersonAndMailOfTheDowntimeAreTakenInOrder() throws Exception {
        String position = EMAIL.poll(imap(), "", new TestWire(), patience).position();
        arrives("one");
        arrives("two");
        arrives("three");
        everythingIsSeen();
        Batch batch = EMAIL.poll(imap(), position, new TestWire(), patience);
        assertThat(subjects(batch)).containsExactly("one", "two", "three");
        assertThat(EMAIL.poll(imap(), batch.position(), new TestWire(), patience)
                        .requests())
                .isEmpty();
    }

    @Test
    void theMailboxIsLeftAsItWas() throws Exception {
        arrives("one");
        EMAIL.poll(imap("start", "all"), "", new TestWire(), patience);
        assertThat(inbox().getMessages()).allSatisfy(message -> {
            assertThat(message.getFlags().contains(Flags.Flag.SEEN)).isFalse();
            assertThat(message.getFlags().contains(Flags.Flag.DELETED)).isFalse();
        });
    }

    @Test
    void aPositionThatWasNotCommittedTakesTheSameAgain() throws Exception {
        String position = EMAIL.poll(imap(), "", new TestWire(), patience).position();
        arrives("one");
        assertThat(subjects(EMAIL.poll(imap(), position, new TestWire(), patience)))
                .containsExactly("one");
        assertThat(subjects(EMAIL.poll(imap(), position, new TestWire(), patience)))
                .containsExactly("one");
    }

    @Test
    void manyMailsComeInBoundedBatchesAndInOrder() throws Exception {
        for (int i = 0; i < 45; i++) {
            arrives("mail " + i);
        }
        List<String> all = new ArrayList<>();
        String position = "";
        for (int poll = 0; poll < 3; poll++) {
            Batch batch = EMAIL.poll(imap("start", "all"), position, new TestWire(), patience);
            assertThat(batch.requests()).hasSizeLessThanOrEqualTo(20);
            all.addAll(subjects(batch));
            position = batch.position();
        }
        assertThat(all).hasSize(45).first().isEqualTo("mail 0");
        assertThat(all.get(44)).isEqualTo("mail 44");
        assertThat(all).doesNotHaveDuplicates();
    }

    @Test
    void mailsDeletedByAPersonLeaveNoGap() throws Exception {
        String position = EMAIL.poll(imap(), "", new TestWire(), patience).position();
        arrives("one");
        arrives("two");
        arrives("three");
        inbox().getMessages().get(1).setFlag(Flags.Flag.DELETED, true);
        inbox().expunge();
        assertThat(subjects(EMAIL.poll(imap(), position, new TestWire(), patience)))
                .containsExactly("one", "three");
    }

    @Test
    void aFolderNumberedAnewIsReadAgainAndItsMailsAreRecognised() throws Exception {
        arrives("one");
        arrives("two");
        Batch before = EMAIL.poll(imap("start", "all"), "", new TestWire(), patience);
        ImapPosition position = ImapPosition.read(before.position());
        String renumbered = new ImapPosition(position.uidValidity() + 1, 900, position.since(), 0, null).write();
        arrives("three");
        Batch after = EMAIL.poll(imap(), renumbered, new TestWire(), patience);
        assertThat(subjects(after)).containsExactly("one", "two", "three");
        assertThat(keys(after)).containsAll(keys(before));
        assertThat(EMAIL.poll(imap(), after.position(), new TestWire(), patience)
                        .requests())
                .isEmpty();
    }

    @Test
    void aFolderNumberedAnewBringsUpNothingFromBeforeTheFirstStart() throws Exception {
        patience.now = Instant.now().minusSeconds(3_600);
        inbox().appendMessage(
                        mail("ancient"), new Flags(), Date.from(Instant.now().minusSeconds(7_200)));
        ImapPosition first = ImapPosition.read(
                EMAIL.poll(imap(), "", new TestWire(), patience).position());
        inbox().appendMessage(mail("wanted"), new Flags(), Date.from(Instant.now()));
        String renumbered = new ImapPosition(first.uidValidity() + 1, 1, first.since(), 0, null).write();
        Batch after = EMAIL.poll(imap(), renumbered, new TestWire(), patience);
        assertThat(subjects(after)).containsExactly("wanted");
        // whereas old mail that a person moves into the folder is new to us
        inbox().appendMessage(
                        mail("moved in"), new Flags(), Date.from(Instant.now().minusSeconds(7_200)));
        assertThat(subjects(EMAIL.poll(imap(), after.position(), new TestWire(), patience)))
                .containsExactly("moved in");
    }

    @Test
    void idleWakesUpForNewMail() throws Exception {
        TestPatience patient = new TestPatience(Duration.ofSeconds(40));
        String position = EMAIL.poll(imap(), "", new TestWire(), patience).position();
        CompletableFuture<Batch> poll = polling(imap(), position, patient);
        arrives("wake up");
        long sent = System.nanoTime();
        assertThat(subjects(poll.get(20, TimeUnit.SECONDS))).containsExactly("wake up");
        assertThat(Duration.ofNanos(System.nanoTime() - sent)).isLessThan(Duration.ofSeconds(10));
    }

    @Test
    void stoppingEndsIdleAtOnce() throws Exception {
        TestPatience patient = new TestPatience(Duration.ofMinutes(20));
        String position = EMAIL.poll(imap(), "", new TestWire(), patience).position();
        CompletableFuture<Batch> poll = polling(imap(), position, patient);
        patient.stop();
        Batch batch = poll.get(10, TimeUnit.SECONDS);
        assertThat(batch.requests()).isEmpty();
        assertThat(batch.position()).isEqualTo(position);
        assertThat(patient.releases).isEmpty();
    }

    @Test
    void patienceEndsIdleWithoutALoss() throws Exception {
        String position = EMAIL.poll(imap(), "", new TestWire(), patience).position();
        assertThat(EMAIL.poll(imap(), position, new TestWire(), patience).position())
                .isEqualTo(position);
    }

    @Test
    void aLargeMailIsTakenByItsHeader() throws Exception {
        Account small = imap("start", "all", "largestMail", "1");
        MimeMessage large = mail("large");
        large.setText("x".repeat(70).concat("\r\n").repeat(20_000));
        large.saveChanges();
        inbox().appendMessage(large, new Flags(), Date.from(Instant.now()));
        arrives("behind");
        Batch batch = EMAIL.poll(small, "", new TestWire(), patience);
        assertThat(subjects(batch)).containsExactly("large", "behind");
        assertThat(batch.requests().get(0).body()).hasSizeLessThan(10_000);
        assertThat(events(batch).get(0).parts().toString()).contains("Unsupported");
    }

    @Test
    void wrongPasswordAndDeadServerAreFailuresToBackOffFrom() throws Exception {
        assertThatThrownBy(() -> EMAIL.poll(imap("imap.password", "wrong"), "", new TestWire(), patience))
                .isInstanceOfSatisfying(WireFailure.class, failure -> {
                    assertThat(failure.reason()).isEqualTo(Reason.AUTHENTICATION_FAILED);
                    assertThat(failure.detail()).doesNotContain("wrong").doesNotContain("secret");
                });
        int free;
        try (ServerSocket socket = new ServerSocket(0)) {
            free = socket.getLocalPort();
        }
        Account dead = imap("imap.port", String.valueOf(free));
        assertThatThrownBy(() -> EMAIL.poll(dead, "", new TestWire(), patience))
                .isInstanceOfSatisfying(WireFailure.class, failure -> assertThat(failure.reason())
                        .isEqualTo(Reason.PROVIDER_DOWN));
        assertThatThrownBy(() -> EMAIL.poll(imap("imap.folder", "Nowhere"), "", new TestWire(), patience))
                .isInstanceOf(WireFailure.class)
                .hasMessageContaining("no such folder");
    }

    @Test
    void aServerThatSaysNothingIsLeftWhenTheGatewayStops() throws Exception {
        try (ServerSocket silent = new ServerSocket(0)) {
            TestPatience patient = new TestPatience(Duration.ofMinutes(20));
            CompletableFuture<Batch> poll =
                    polling(imap("imap.port", String.valueOf(silent.getLocalPort())), "", patient);
            patient.stop();
            assertThat(poll.get(10, TimeUnit.SECONDS).requests()).isEmpty();
        }
    }

    @Test
    void aTokenIsReadFromItsFileAtEveryLogin(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("token");
        MailServer mailServer = EmailSettings.IMAP.of(imap("imap.tokenFile", file.toString()));
        Files.writeString(file, "first\n");
        assertThat(mailServer.secret()).isEqualTo(new Secret("first"));
        Files.writeString(file, "second\n");
        assertThat(mailServer.secret()).isEqualTo(new Secret("second"));
        assertThat(mailServer.smtp().token()).isTrue();
        assertThat(mailServer.toString()).doesNotContain("second");
        Files.delete(file);
        assertThatThrownBy(mailServer::secret).isInstanceOf(WireFailure.class);
    }

    @Test
    void pop3TakesEachMailOnceAndDeletesNothing() throws Exception {
        arrives("old");
        String position = EMAIL.poll(pop3(), "", new TestWire(), patience).position();
        arrives("one");
        arrives("two");
        Batch batch = EMAIL.poll(pop3(), position, new TestWire(), patience);
        assertThat(subjects(batch)).containsExactly("one", "two");
        assertThat(EMAIL.poll(pop3(), batch.position(), new TestWire(), patience)
                        .requests())
                .isEmpty();
        assertThat(inbox().getMessageCount()).isEqualTo(3);
        assertThat(subjects(EMAIL.poll(pop3("start", "all"), "", new TestWire(), patience)))
                .containsExactly("old", "one", "two");
    }

    @Test
    void pop3DeletesOnlyWhatTheCommittedPositionNames() throws Exception {
        arrives("old");
        Account deleting = pop3("pop3.delete", "true");
        String first = EMAIL.poll(deleting, "", new TestWire(), patience).position();
        arrives("one");
        Batch taken = EMAIL.poll(deleting, first, new TestWire(), patience);
        assertThat(subjects(taken)).containsExactly("one");
        assertThat(inbox().getMessageCount()).as("not committed yet").isEqualTo(2);
        Batch again = EMAIL.poll(deleting, first, new TestWire(), patience);
        assertThat(keys(again)).isEqualTo(keys(taken));
        EMAIL.poll(deleting, taken.position(), new TestWire(), patience);
        assertThat(inbox().getMessageCount())
                .as("only the old one, never taken, is left")
                .isEqualTo(1);
    }

    @Test
    void pop3AndImapKnowTheSameMail() throws Exception {
        arrives("one");
        Batch byImap = EMAIL.poll(imap("start", "all"), "", new TestWire(), patience);
        Batch byPop3 = EMAIL.poll(pop3("start", "all"), "", new TestWire(), patience);
        assertThat(keys(byPop3)).isEqualTo(keys(byImap));
    }

    private CompletableFuture<Batch> polling(Account account, String position, TestPatience patient)
            throws InterruptedException {
        CompletableFuture<Batch> poll = CompletableFuture.supplyAsync(() -> {
            try {
                return EMAIL.poll(account, position, new TestWire(), patient);
            } catch (WireFailure e) {
                throw new IllegalStateException(e);
            }
        });
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (patient.releases.isEmpty() && System.nanoTime() < deadline) {
            TimeUnit.MILLISECONDS.sleep(5);
        }
        return poll;
    }

    private void everythingIsSeen() throws MessagingException {
        try (Store store = Session.getInstance(new Properties()).getStore("imap")) {
            store.connect("127.0.0.1", server.getImap().getPort(), "support", "secret");
            Folder folder = store.getFolder("INBOX");
            folder.open(Folder.READ_WRITE);
            folder.setFlags(folder.getMessages(), new Flags(Flags.Flag.SEEN), true);
            folder.close(false);
        }
    }

    private MailFolder inbox() throws com.icegreen.greenmail.store.FolderException {
        ImapHostManager hosts = server.getManagers().getImapHostManager();
        return hosts.getInbox(user);
    }

    private void arrives(String subject) throws Exception {
        user.deliver(mail(subject));
    }

    private static MimeMessage mail(String subject) throws MessagingException {
        byte[] raw = TestAccount.mail(
                "From: Ana <ana@customer.example>",
                "To: support@shop.example",
                "Subject: " + subject,
                "Message-ID: <" + subject.replace(' ', '-') + "@customer.example>",
                "Date: Fri, 20 Nov 2026 09:30:00 +0100",
                "",
                "words");
        return new MimeMessage(Session.getInstance(new Properties()), new ByteArrayInputStream(raw));
    }

    private Account imap(String... more) {
        return with(more, "imap", server.getImap().getPort());
    }

    private Account pop3(String... more) {
        return with(more, "pop3", server.getPop3().getPort());
    }

    private static Account with(String[] more, String group, int port) {
        List<String> all = new ArrayList<>(
                List.of(group + ".host", "127.0.0.1", group + ".port", String.valueOf(port), group + ".tls", "false"));
        all.addAll(List.of(group + ".user", "support", group + ".password", "secret", "interval", "50s"));
        all.addAll(List.of(more));
        return TestAccount.with(all.toArray(String[]::new));
    }

    private static List<Event.MessageReceived> events(Batch batch) {
        return batch.requests().stream()
                .flatMap(request -> new MailReader(TestAccount.with()).read(request).stream())
                .map(Event.MessageReceived.class::cast)
                .toList();
    }

    private static List<String> subjects(Batch batch) {
        return events(batch).stream()
                .map(event -> String.valueOf(event.threading().subject()))
                .toList();
    }

    private static List<String> keys(Batch batch) {
        return events(batch).stream().map(Event::key).toList();
    }
}
