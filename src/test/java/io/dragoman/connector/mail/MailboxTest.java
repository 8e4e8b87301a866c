// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dragoman.FreePort;
import io.dragoman.connector.Account;
import io.dragoman.connector.Batch;
import io.dragoman.connector.Request;
import io.dragoman.connector.Secret;
import io.dragoman.connector.TestPollContext;
import io.dragoman.connector.TransportFailure;
import io.dragoman.model.Reason;
import jakarta.mail.Flags;
import jakarta.mail.internet.MimeMessage;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Every mail of a mailbox is taken once, in order, whatever people and servers do to the mailbox meanwhile. */
@Timeout(60)
final class MailboxTest extends GreenMailbox {
    @Test
    void firstStartTakesOnlyNewMailUnlessToldOtherwise() throws Exception {
        arrives("old");
        Batch first = EMAIL.poll(imap(), "", new TestTransport(), context);
        assertThat(first.requests()).isEmpty();
        assertThat(first.position()).isNotEmpty();
        arrives("new");
        assertThat(subjects(EMAIL.poll(imap(), first.position(), new TestTransport(), context)))
                .containsExactly("new");
        assertThat(subjects(EMAIL.poll(imap("start", "all"), "", new TestTransport(), context)))
                .containsExactly("old", "new");
    }

    @Test
    void mailReadByAPersonAndMailOfTheDowntimeAreTakenInOrder() throws Exception {
        String position = EMAIL.poll(imap(), "", new TestTransport(), context).position();
        arrives("one");
        arrives("two");
        arrives("three");
        everythingIsSeen();
        Batch batch = EMAIL.poll(imap(), position, new TestTransport(), context);
        assertThat(subjects(batch)).containsExactly("one", "two", "three");
        assertThat(EMAIL.poll(imap(), batch.position(), new TestTransport(), context)
                        .requests())
                .isEmpty();
    }

    @Test
    void theMailboxIsLeftAsItWas() throws Exception {
        arrives("one");
        EMAIL.poll(imap("start", "all"), "", new TestTransport(), context);
        assertThat(inbox().getMessages()).allSatisfy(message -> {
            assertThat(message.getFlags().contains(Flags.Flag.SEEN)).isFalse();
            assertThat(message.getFlags().contains(Flags.Flag.DELETED)).isFalse();
        });
    }

    @Test
    void aPositionThatWasNotCommittedTakesTheSameAgain() throws Exception {
        String position = EMAIL.poll(imap(), "", new TestTransport(), context).position();
        arrives("one");
        assertThat(subjects(EMAIL.poll(imap(), position, new TestTransport(), context)))
                .containsExactly("one");
        assertThat(subjects(EMAIL.poll(imap(), position, new TestTransport(), context)))
                .containsExactly("one");
    }

    @Test
    void manyMailsComeInBoundedBatchesAndInOrder() throws Exception {
        int last = 2 * Mailbox.MOST + 4;
        for (int i = 0; i <= last; i++) {
            arrives("mail " + i);
        }
        List<String> all = new ArrayList<>();
        String position = "";
        for (int poll = 0; poll < 3; poll++) {
            Batch batch = EMAIL.poll(imap("start", "all"), position, new TestTransport(), context);
            assertThat(batch.requests()).hasSizeLessThanOrEqualTo(Mailbox.MOST);
            all.addAll(subjects(batch));
            position = batch.position();
        }
        assertThat(all).hasSize(last + 1).first().isEqualTo("mail 0");
        assertThat(all.get(last)).isEqualTo("mail " + last);
        assertThat(all).doesNotHaveDuplicates();
    }

    @Test
    void mailsDeletedByAPersonLeaveNoGap() throws Exception {
        String position = EMAIL.poll(imap(), "", new TestTransport(), context).position();
        arrives("one");
        arrives("two");
        arrives("three");
        inbox().getMessages().get(1).setFlag(Flags.Flag.DELETED, true);
        inbox().expunge();
        assertThat(subjects(EMAIL.poll(imap(), position, new TestTransport(), context)))
                .containsExactly("one", "three");
    }

    @Test
    void aFolderNumberedAnewIsReadAgainAndItsMailsAreRecognised() throws Exception {
        arrives("one");
        arrives("two");
        Batch before = EMAIL.poll(imap("start", "all"), "", new TestTransport(), context);
        ImapPosition position = ImapPosition.read(before.position());
        String renumbered = new ImapPosition(position.uidValidity() + 1, 900, position.since(), 0, null, null).write();
        arrives("three");
        Batch after = EMAIL.poll(imap(), renumbered, new TestTransport(), context);
        assertThat(subjects(after)).containsExactly("one", "two", "three");
        assertThat(keys(after)).containsAll(keys(before));
        assertThat(EMAIL.poll(imap(), after.position(), new TestTransport(), context)
                        .requests())
                .isEmpty();
    }

    @Test
    void aFolderNumberedAnewBringsUpNothingFromBeforeTheFirstStart() throws Exception {
        context.clock.set(Instant.now().minusSeconds(3_600));
        inbox().appendMessage(
                        mail("ancient"), new Flags(), Date.from(Instant.now().minusSeconds(7_200)));
        ImapPosition first = ImapPosition.read(
                EMAIL.poll(imap(), "", new TestTransport(), context).position());
        inbox().appendMessage(mail("wanted"), new Flags(), Date.from(Instant.now()));
        String renumbered = new ImapPosition(first.uidValidity() + 1, 1, first.since(), 0, null, null).write();
        Batch after = EMAIL.poll(imap(), renumbered, new TestTransport(), context);
        assertThat(subjects(after)).containsExactly("wanted");
        // whereas old mail that a person moves into the folder is new to us
        inbox().appendMessage(
                        mail("moved in"), new Flags(), Date.from(Instant.now().minusSeconds(7_200)));
        assertThat(subjects(EMAIL.poll(imap(), after.position(), new TestTransport(), context)))
                .containsExactly("moved in");
    }

    @Test
    void aFolderNumberedAnewIsBackfilledSoThatNothingCountsAsTheProvidersDuplicate() throws Exception {
        arrives("one");
        Batch before = EMAIL.poll(imap("start", "all"), "", new TestTransport(), context);
        ImapPosition position = ImapPosition.read(before.position());
        String renumbered = new ImapPosition(
                        position.uidValidity() + 1, 900, position.since(), 0, null, position.takenAt())
                .write();
        Batch after = EMAIL.poll(imap(), renumbered, new TestTransport(), context);
        assertThat(after.requests()).extracting(Request::origin).containsOnly(Request.Origin.BACKFILLED);
        arrives("two");
        assertThat(EMAIL.poll(imap(), after.position(), new TestTransport(), context)
                        .requests())
                .extracting(Request::origin)
                .containsOnly(Request.Origin.POLLED);
    }

    @Test
    void aFolderNumberedAnewIsNotReadBackForYears() throws Exception {
        context.clock.set(Instant.now());
        inbox().appendMessage(
                        mail("long taken"), new Flags(), Date.from(Instant.now().minusSeconds(40L * 86_400)));
        inbox().appendMessage(
                        mail("last week"), new Flags(), Date.from(Instant.now().minusSeconds(7L * 86_400)));
        ImapPosition all = ImapPosition.read(EMAIL.poll(imap("start", "all"), "", new TestTransport(), context)
                .position());
        context.clock.set(Instant.now().plusSeconds(90L * 86_400));
        inbox().appendMessage(
                        mail("missed"), new Flags(), Date.from(Instant.now().plusSeconds(86_400)));
        String renumbered = new ImapPosition(all.uidValidity() + 1, 1, all.since(), 0, null, all.takenAt()).write();
        assertThat(subjects(EMAIL.poll(imap(), renumbered, new TestTransport(), context)))
                .as("what came in three months of downtime, and what may have been missed before")
                .containsExactly("last week", "missed");
    }

    @Test
    void aMailMovedAwayAndBackIsTheSameMail() throws Exception {
        arrives("one");
        Batch before = EMAIL.poll(imap("start", "all"), "", new TestTransport(), context);
        inbox().getMessages().get(0).setFlag(Flags.Flag.DELETED, true);
        inbox().expunge();
        inbox().appendMessage(mail("one"), new Flags(Flags.Flag.SEEN), Date.from(Instant.now()));
        Batch after = EMAIL.poll(imap(), before.position(), new TestTransport(), context);
        assertThat(after.requests()).hasSize(1);
        assertThat(keys(after)).isEqualTo(keys(before));
    }

    @Test
    void idleWakesUpForNewMail() throws Exception {
        TestPollContext patient = TestAccount.context(Duration.ofSeconds(40));
        String position = EMAIL.poll(imap(), "", new TestTransport(), context).position();
        CompletableFuture<Batch> poll = polling(imap(), position, patient);
        awaitIdle();
        arrives("wake up");
        long sent = System.nanoTime();
        assertThat(subjects(poll.get(20, TimeUnit.SECONDS))).containsExactly("wake up");
        assertThat(Duration.ofNanos(System.nanoTime() - sent)).isLessThan(Duration.ofSeconds(10));
    }

    @Test
    void stoppingEndsIdleAtOnce() throws Exception {
        TestPollContext patient = TestAccount.context(Duration.ofMinutes(20));
        String position = EMAIL.poll(imap(), "", new TestTransport(), context).position();
        CompletableFuture<Batch> poll = polling(imap(), position, patient);
        awaitIdle();
        patient.stop();
        Batch batch = poll.get(10, TimeUnit.SECONDS);
        assertThat(batch.requests()).isEmpty();
        assertThat(batch.position()).isEqualTo(position);
        assertThat(patient.releases).isEmpty();
    }

    @Test
    void patienceEndsIdleWithoutALoss() throws Exception {
        String position = EMAIL.poll(imap(), "", new TestTransport(), context).position();
        assertThat(EMAIL.poll(imap(), position, new TestTransport(), context).position())
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
        Batch batch = EMAIL.poll(small, "", new TestTransport(), context);
        assertThat(subjects(batch)).containsExactly("large", "behind");
        assertThat(batch.requests().get(0).body()).hasSizeLessThan(10_000);
        assertThat(events(batch).get(0).parts().toString()).contains("Unsupported");
    }

    @Test
    void wrongPasswordAndDeadServerAreFailuresToBackOffFrom() throws Exception {
        assertThatThrownBy(() -> EMAIL.poll(imap("imap.password", "wrong"), "", new TestTransport(), context))
                .isInstanceOfSatisfying(TransportFailure.class, failure -> {
                    assertThat(failure.reason()).isEqualTo(Reason.AUTHENTICATION_FAILED);
                    assertThat(failure.detail()).doesNotContain("wrong").doesNotContain("secret");
                });
        Account dead = imap("imap.port", String.valueOf(FreePort.find()));
        assertThatThrownBy(() -> EMAIL.poll(dead, "", new TestTransport(), context))
                .isInstanceOfSatisfying(TransportFailure.class, failure -> assertThat(failure.reason())
                        .isEqualTo(Reason.PROVIDER_DOWN));
        assertThatThrownBy(() -> EMAIL.poll(imap("imap.folder", "Nowhere"), "", new TestTransport(), context))
                .isInstanceOf(TransportFailure.class)
                .hasMessageContaining("no such folder 'Nowhere'; there are 'INBOX'");
    }

    @Test
    void aServerThatSaysNothingIsLeftWhenTheGatewayStops() throws Exception {
        try (ServerSocket silent = new ServerSocket(0)) {
            TestPollContext patient = TestAccount.context(Duration.ofMinutes(20));
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
        assertThatThrownBy(mailServer::secret).isInstanceOf(TransportFailure.class);
    }

    private CompletableFuture<Batch> polling(Account account, String position, TestPollContext patient)
            throws InterruptedException {
        CompletableFuture<Batch> poll = CompletableFuture.supplyAsync(() -> {
            try {
                return EMAIL.poll(account, position, new TestTransport(), patient);
            } catch (TransportFailure e) {
                throw new IllegalStateException(e);
            }
        });
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (patient.releases.isEmpty() && System.nanoTime() < deadline) {
            TimeUnit.MILLISECONDS.sleep(5);
        }
        return poll;
    }

    /** Waits until a thread of the server is in its IDLE command. */
    private static void awaitIdle() throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (System.nanoTime() < deadline
                && Thread.getAllStackTraces().values().stream()
                        .flatMap(Arrays::stream)
                        .noneMatch(frame -> frame.getMethodName().equals("waitForClientDone"))) {
            TimeUnit.MILLISECONDS.sleep(5);
        }
    }
}
