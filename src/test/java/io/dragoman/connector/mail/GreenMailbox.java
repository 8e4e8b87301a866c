// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector.mail;

import com.icegreen.greenmail.imap.ImapHostManager;
import com.icegreen.greenmail.store.MailFolder;
import com.icegreen.greenmail.user.GreenMailUser;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.dragoman.channel.email.Email;
import io.dragoman.connector.Account;
import io.dragoman.connector.Batch;
import io.dragoman.connector.Signature;
import io.dragoman.connector.TestPollContext;
import io.dragoman.model.CustomerEvent;
import io.dragoman.model.Event;
import jakarta.mail.Flags;
import jakarta.mail.Folder;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Store;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A real mailbox on this machine, with IMAP and POP3, and accounts that read it. */
abstract class GreenMailbox {
    static final Email EMAIL = new Email();

    final GreenMail server = new GreenMail(new ServerSetup[] {
        TestAccount.server(ServerSetup.PROTOCOL_IMAP), TestAccount.server(ServerSetup.PROTOCOL_POP3)
    });
    final TestPollContext context = TestAccount.context(Duration.ofMillis(200));
    GreenMailUser user;

    @BeforeEach
    void start() {
        server.start();
        user = server.setUser("support@shop.example", "support", "secret");
    }

    @AfterEach
    void stop() {
        server.stop();
    }

    void everythingIsSeen() throws MessagingException {
        try (Store store = Session.getInstance(new Properties()).getStore("imap")) {
            store.connect("127.0.0.1", server.getImap().getPort(), "support", "secret");
            Folder folder = store.getFolder("INBOX");
            folder.open(Folder.READ_WRITE);
            folder.setFlags(folder.getMessages(), new Flags(Flags.Flag.SEEN), true);
            folder.close(false);
        }
    }

    MailFolder inbox() throws com.icegreen.greenmail.store.FolderException {
        ImapHostManager hosts = server.getManagers().getImapHostManager();
        return hosts.getInbox(user);
    }

    void arrives(String subject) throws Exception {
        user.deliver(mail(subject));
    }

    static MimeMessage mail(String subject) throws MessagingException {
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

    Account imap(String... more) {
        return with(more, "imap", server.getImap().getPort());
    }

    Account pop3(String... more) {
        return with(more, "pop3", server.getPop3().getPort());
    }

    static Account with(String[] more, String group, int port) {
        List<String> all = new ArrayList<>(
                List.of(group + ".host", "127.0.0.1", group + ".port", String.valueOf(port), group + ".tls", "false"));
        all.addAll(List.of(group + ".user", "support", group + ".password", "secret", "interval", "50s"));
        all.addAll(List.of(more));
        return TestAccount.with(all.toArray(String[]::new));
    }

    static List<CustomerEvent.MessageReceived> events(Batch batch) {
        return batch.requests().stream()
                .flatMap(request -> new Email().read(TestAccount.with(), Signature.polled(request)).stream())
                .map(CustomerEvent.MessageReceived.class::cast)
                .toList();
    }

    static List<String> subjects(Batch batch) {
        return events(batch).stream()
                .map(event -> String.valueOf(event.threading().subject()))
                .toList();
    }

    static List<String> keys(Batch batch) {
        return events(batch).stream().map(Event::key).toList();
    }
}
