// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector.mail;

import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.channel.email.Email;
import io.dragoman.connector.Account;
import io.dragoman.connector.Outbound.ToCustomer;
import io.dragoman.connector.Outcome;
import io.dragoman.connector.Signature;
import io.dragoman.connector.Transport.SmtpReply;
import io.dragoman.model.CustomerEvent;
import io.dragoman.model.Ignored;
import io.dragoman.model.Part;
import jakarta.mail.Flags;
import jakarta.mail.Folder;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Store;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A copy of what was sent in a folder of a real Dovecot; whatever goes wrong with it, the mail itself is out once. */
@Timeout(60)
final class SentFolderTest {
    private static final int LONGEST_SECONDS = 15;

    @SuppressWarnings("NullAway.Init")
    private static Dovecot server;

    private final TestTransport transport = new TestTransport();
    private final Email email = new Email();

    SentFolderTest() {
        transport.scripted = new SmtpReply(250, "2.0.0");
    }

    @BeforeAll
    static void start() throws Exception {
        if (!Dovecot.isInstalled()) {
            System.err.println("######## NOT TRIED ON A REAL DOVECOT: install dovecot-imapd ########");
        }
        Assumptions.assumeTrue(Dovecot.isInstalled(), "no dovecot");
        server = new Dovecot();
    }

    @AfterAll
    static void stop() throws Exception {
        if (server != null) {
            server.close();
        }
    }

    @Test
    void copyShouldBeTheVeryBytesThatWereSentAndSeen() throws Exception {
        makes("ana", "INBOX.Sent");
        Account account = account(server.imap, "ana", "imap.sent", "INBOX.Sent");
        Outcome outcome = email.send(account, mail("one", "Gamarjoba, გამარჯობა 👋"), transport);
        assertThat(outcome).isEqualTo(new Outcome.Sent(((Outcome.Sent) outcome).externalId()));
        assertThat(copies("ana", "INBOX.Sent")).containsExactly(transport.mails.get(0));
        assertThat(email.send(account, mail("two", "second"), transport)).isInstanceOf(Outcome.Sent.class);
        assertThat(copies("ana", "INBOX.Sent")).containsExactlyElementsOf(transport.mails);
    }

    @Test
    void nothingIsCopiedThatWasNotSentOrWhereNoFolderIsNamed() throws Exception {
        makes("bob", "INBOX.Sent");
        transport.scripted = new SmtpReply(451, "4.3.0");
        assertThat(email.send(account(server.imap, "bob", "imap.sent", "INBOX.Sent"), mail("one", "x"), transport))
                .isInstanceOf(Outcome.Retry.class);
        transport.scripted = new SmtpReply(250, "");
        assertThat(email.send(account(server.imap, "bob"), mail("two", "x"), transport))
                .isInstanceOf(Outcome.Sent.class);
        assertThat(copies("bob", "INBOX.Sent")).isEmpty();
    }

    @Test
    void failedCopyIsNotedAndTheMailIsSentOnce() {
        Outcome.Sent sent = sent(account(server.imap, "eve", "imap.sent", "Nowhere"));
        assertThat(sent.note())
                .isEqualTo("there is no copy of it in imap.sent: imap server localhost: no such folder 'Nowhere';"
                        + " there are 'INBOX'");
        assertThat(sent.losses()).isEmpty();
        assertThat(transport.mails).hasSize(1);
    }

    @Test
    void serverThatIsAwayOrSilentHoldsUpNothingForLong() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Account account = account(silent.getLocalPort(), "eve", "imap.sent", "Sent");
            long begun = System.nanoTime();
            assertThat(sent(account).note()).contains("imap server localhost: no answer in time");
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(LONGEST_SECONDS));
            begun = System.nanoTime();
            assertThat(sent(account).note()).contains("no answer in time", "not tried before 2026-11-21T10:01:00Z");
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(2));
        }
        assertThat(sent(account(1, "eve", "imap.sent", "Sent")).note()).contains("the connection failed");
        assertThat(transport.mails).hasSize(3);
    }

    @Test
    void refusedLoginIsNotTriedWithEachMail() {
        Account wrong = account(server.imap, "eve", "imap.password", "no", "imap.sent", "INBOX");
        assertThat(sent(wrong).note()).contains("the login was refused").doesNotContain("not tried before");
        assertThat(sent(wrong).note()).contains("the login was refused", "not tried before 2026-11-21T10:05:00Z");
        assertThat(sent(account(server.imap, "eve", "imap.sent", "INBOX")).note())
                .as("another password is another login")
                .isNull();
    }

    @Test
    void ownCopyIsNeverReadAsACustomersMail() throws Exception {
        email.send(account(server.imap, "ana"), mail("own", "our words"), transport);
        List<CustomerEvent> events = new Email()
                .read(
                        TestAccount.with(),
                        Signature.polled(io.dragoman.connector.Request.polled(
                                "All/1/1", transport.mails.get(0), TestAccount.NOW)));
        assertThat(events).singleElement().isInstanceOfSatisfying(Ignored.class, ignored -> assertThat(ignored.kind())
                .isEqualTo("own-mail"));
        String forged = new String(transport.mails.get(0), java.nio.charset.StandardCharsets.UTF_8)
                .replaceFirst("Message-ID: <dragoman\\..", "Message-ID: <dragoman.x");
        assertThat(new Email()
                        .read(
                                TestAccount.with(),
                                Signature.polled(io.dragoman.connector.Request.polled(
                                        "All/1/2",
                                        forged.getBytes(java.nio.charset.StandardCharsets.UTF_8),
                                        TestAccount.NOW))))
                .singleElement()
                .isInstanceOf(CustomerEvent.MessageReceived.class);
    }

    @Test
    void folderThatIsReadIsNoPlaceForCopies() {
        assertThat(new Email().problems(account(1, "eve", "imap.sent", "inbox")))
                .containsExactly("imap.sent is the folder that is read: name another, such as Sent.");
        assertThat(new Email().problems(account(1, "eve", "imap.sent", "Orders", "imap.folder", "Orders")))
                .containsExactly("imap.sent is the folder that is read: name another, such as Sent.");
        assertThat(new Email().problems(account(1, "eve", "imap.sent", "Sent"))).isEmpty();
    }

    private Outcome.Sent sent(Account account) {
        return (Outcome.Sent) email.send(account, mail("k" + transport.mails.size(), "words"), transport);
    }

    private static ToCustomer mail(String key, String text) {
        return new ToCustomer(
                key,
                key,
                TestAccount.CONVERSATION,
                "ana@customer.example",
                List.of(new Part.Text(text)),
                null,
                "About it",
                List.of(),
                "Max",
                false);
    }

    private static Account account(int port, String user, String... more) {
        List<String> all = new ArrayList<>(
                List.of("imap.host", "localhost", "imap.port", String.valueOf(port), "imap.tls", "false"));
        all.addAll(
                List.of("imap.user", user, "imap.password", "secret", "smtp.host", "localhost", "smtp.tls", "false"));
        all.addAll(List.of(more));
        return TestAccount.with(all.toArray(String[]::new));
    }

    private static void makes(String user, String folder) throws MessagingException {
        try (Store store = store(user)) {
            assertThat(store.getFolder(folder).create(Folder.HOLDS_MESSAGES)).isTrue();
        }
    }

    private static List<byte[]> copies(String user, String name) throws MessagingException, IOException {
        List<byte[]> copies = new ArrayList<>();
        try (Store store = store(user);
                Folder folder = store.getFolder(name)) {
            folder.open(Folder.READ_ONLY);
            for (Message message : folder.getMessages()) {
                assertThat(message.isSet(Flags.Flag.SEEN)).isTrue();
                ByteArrayOutputStream raw = new ByteArrayOutputStream();
                message.writeTo(raw);
                copies.add(raw.toByteArray());
            }
        }
        return copies;
    }

    private static Store store(String user) throws MessagingException {
        Store store = Session.getInstance(new Properties()).getStore("imap");
        store.connect("127.0.0.1", server.imap, user, "secret");
        return store;
    }
}
