// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.dragoman.TestGateway;
import io.dragoman.channel.email.Email;
import io.dragoman.connector.Account;
import io.dragoman.connector.Batch;
import io.dragoman.connector.PemFile;
import io.dragoman.connector.Signature;
import io.dragoman.connector.TransportFailure;
import io.dragoman.model.CustomerEvent.MessageReceived;
import jakarta.mail.Flags;
import jakarta.mail.Folder;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Store;
import jakarta.mail.internet.MimeMessage;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.eclipse.angus.mail.imap.IMAPFolder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A real Dovecot, with a person who reads, moves and deletes beside us, restarts, and folders made anew. */
@Timeout(60)
final class DovecotTest {
    private static final Email EMAIL = new Email();

    @SuppressWarnings("NullAway.Init")
    private static Dovecot server;

    @BeforeAll
    static void start() throws Exception {
        if (!Dovecot.isInstalled()) {
            System.err.println(
                    "######## NOT TRIED ON A REAL DOVECOT: install dovecot-imapd and dovecot-pop3d ########");
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

    /** An account as {@code tls: {ca: …}} makes it. */
    private static Account trusting(Account account) {
        Map<String, Object> values = new HashMap<>(account.values());
        values.put("tls.ca", PemFile.read(server.authority().toString(), Path.of("")));
        return new Account(account.side(), account.id(), account.kind(), values, account.insecure(), account.home());
    }

    private static Account account(String group, int port, String tls, String user, String... more) {
        List<String> all =
                new ArrayList<>(List.of(group + ".host", "localhost", group + ".port", String.valueOf(port)));
        all.addAll(List.of(group + ".tls", tls, group + ".user", user, group + ".password", "secret"));
        all.addAll(List.of("interval", "1s", "start", "all"));
        all.addAll(List.of(more));
        return TestAccount.with(all.toArray(String[]::new));
    }

    private static Batch poll(Account account) throws TransportFailure {
        return EMAIL.poll(account, "", new TestTransport(), TestAccount.context(Duration.ofMillis(200)));
    }

    private static TransportFailure failure(Account account) {
        return catchThrowableOfType(TransportFailure.class, () -> poll(account));
    }

    @Test
    void anOwnAuthorityIsTrustedWhereItIsNamedAndNamedWhereItIsNot() throws Exception {
        try (Person tls = new Person("tls")) {
            tls.delivers("INBOX", "hello");
        }
        List<Account> accounts = List.of(
                account("imap", server.imaps, "true", "tls"),
                account("imap", server.imap, "start", "tls"),
                account("pop3", server.pop3s, "true", "tls"),
                account("pop3", server.pop3, "start", "tls"));
        for (Account account : accounts) {
            assertThat(poll(trusting(account)).requests()).hasSize(1);
            assertThat(failure(account).detail())
                    .matches(
                            "(imap|pop3) server localhost: the certificate of localhost:\\d+ was issued by Shop Root, which"
                                    + " is not trusted; set tls.ca to the PEM file of that authority");
        }
    }

    @Test
    void aWrongPasswordIsARefusal() {
        assertThat(failure(account("imap", server.imap, "false", "wrong", "imap.password", "no"))
                        .isLoginRefused())
                .isTrue();
        assertThat(failure(account("pop3", server.pop3, "false", "wrong", "pop3.password", "no"))
                        .isLoginRefused())
                .isTrue();
    }

    @Test
    void aFolderThatIsNotThereNamesThoseThatAre() throws Exception {
        try (Person person = new Person("folders")) {
            person.makes("INBOX.Orders");
            person.makes("INBOX.Returns");
        }
        assertThat(failure(account("imap", server.imap, "false", "folders", "imap.folder", "Orders"))
                        .detail())
                .contains("no such folder 'Orders'; there are ")
                .contains("'INBOX'", "'INBOX.Orders'", "'INBOX.Returns'");
    }

    @Test
    void everyMailComesOnceByImapWhateverAPersonDoesBesides() throws Exception {
        try (Person person = new Person("ana");
                Gateway gateway = new Gateway(account("imap", server.imap, "false", "ana", "imap.look", "2s"))) {
            person.makes("INBOX.Archive");
            person.delivers("INBOX", "1", "2", "3", "4", "5");
            gateway.awaits(5);
            person.reads("INBOX");
            person.moves("INBOX", 2, "INBOX.Archive");
            person.deletes("INBOX", 1);
            person.delivers("INBOX", "6", "7");
            gateway.awaits(7);
            server.restart();
            person.reconnects();
            person.delivers("INBOX", "8");
            person.reads("INBOX");
            person.delivers("INBOX", "9", "10");
            gateway.awaits(10);
        }
    }

    @Test
    void everyMailOfAFolderDeletedAndMadeAnewComesOnce() throws Exception {
        try (Person person = new Person("bob")) {
            person.makes("INBOX.Orders");
            Account account =
                    account("imap", server.imap, "false", "bob", "imap.folder", "INBOX.Orders", "imap.look", "1s");
            try (Gateway gateway = new Gateway(account)) {
                person.delivers("INBOX.Orders", "1", "2", "3");
                gateway.awaits(3);
                person.removes("INBOX.Orders");
                person.makes("INBOX.Orders");
                person.delivers("INBOX.Orders", "4", "5");
                gateway.awaits(5);
                person.removes("INBOX.Orders");
                person.makes("INBOX.Orders");
                person.delivers("INBOX.Orders", "6");
                gateway.awaits(6);
            }
        }
    }

    @Test
    void everyMailComesOnceByPop3() throws Exception {
        try (Person person = new Person("eve");
                Gateway gateway = new Gateway(account("pop3", server.pop3, "false", "eve"))) {
            person.delivers("INBOX", "1", "2", "3");
            gateway.awaits(3);
            person.reads("INBOX");
            person.deletes("INBOX", 1);
            server.restart();
            person.reconnects();
            person.delivers("INBOX", "4", "5");
            gateway.awaits(5);
        }
    }

    /** Polls as the gateway does, and keeps what it finds by its key. */
    private static final class Gateway implements AutoCloseable {
        private final Account account;
        private final io.dragoman.connector.TestPollContext context = TestAccount.context(Duration.ofMinutes(5));
        private final Map<String, String> subjects = new ConcurrentHashMap<>();
        private final Thread thread = new Thread(this::run, "polls-dovecot");
        private volatile boolean ends;

        Gateway(Account account) {
            this.account = account;
            thread.setDaemon(true);
            thread.start();
        }

        private void run() {
            String position = "";
            while (!ends) {
                try {
                    Batch batch = EMAIL.poll(account, position, new TestTransport(), context);
                    batch.requests().stream()
                            .flatMap(request -> new Email().read(account, Signature.polled(request)).stream())
                            .map(MessageReceived.class::cast)
                            .forEach(event -> subjects.put(
                                    event.key(),
                                    String.valueOf(event.threading().subject())));
                    position = batch.position();
                } catch (TransportFailure e) {
                    LockSupport.parkNanos(200_000_000);
                }
            }
        }

        /** The mails 1 to {@code last} are there, each once. */
        void awaits(int last) {
            TestGateway.await("mail " + last, () -> subjects.size() >= last);
            Set<String> expected = new LinkedHashSet<>(
                    IntStream.rangeClosed(1, last).mapToObj(Integer::toString).toList());
            assertThat(subjects.values()).containsExactlyInAnyOrderElementsOf(expected);
        }

        @Override
        public void close() {
            ends = true;
            context.stop();
            try {
                thread.join(10_000);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            assertThat(thread.isAlive()).isFalse();
        }
    }

    /** Somebody with a mail program. */
    private static final class Person implements AutoCloseable {
        private final String user;
        private Store store;

        Person(String user) throws MessagingException {
            this.user = user;
            store = connected();
        }

        private Store connected() throws MessagingException {
            Store fresh = Session.getInstance(new Properties()).getStore("imap");
            fresh.connect("127.0.0.1", server.imap, user, "secret");
            return fresh;
        }

        void reconnects() throws MessagingException {
            close();
            store = connected();
        }

        void makes(String folder) throws MessagingException {
            assertThat(store.getFolder(folder).create(Folder.HOLDS_MESSAGES)).isTrue();
        }

        void removes(String folder) throws MessagingException {
            assertThat(store.getFolder(folder).delete(false)).isTrue();
        }

        void delivers(String folder, String... subjects) throws MessagingException {
            for (String subject : subjects) {
                MimeMessage mail = GreenMailbox.mail(subject);
                store.getFolder(folder).appendMessages(new Message[] {mail});
            }
        }

        void reads(String folder) throws MessagingException {
            try (Folder open = open(folder)) {
                open.setFlags(open.getMessages(), new Flags(Flags.Flag.SEEN), true);
            }
        }

        void moves(String folder, int number, String to) throws MessagingException {
            try (IMAPFolder open = open(folder)) {
                open.moveMessages(new Message[] {open.getMessage(number)}, store.getFolder(to));
            }
        }

        void deletes(String folder, int number) throws MessagingException {
            try (Folder open = open(folder)) {
                open.getMessage(number).setFlag(Flags.Flag.DELETED, true);
            }
        }

        private IMAPFolder open(String folder) throws MessagingException {
            IMAPFolder open = (IMAPFolder) store.getFolder(folder);
            open.open(Folder.READ_WRITE);
            return open;
        }

        @Override
        public void close() {
            try {
                store.close();
            } catch (MessagingException e) {
                // the server ended it
            }
        }
    }
}
