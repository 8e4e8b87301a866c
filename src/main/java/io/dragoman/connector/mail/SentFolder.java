// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector.mail;

import io.dragoman.connector.Account;
import io.dragoman.connector.LoginWaits;
import io.dragoman.connector.Transport;
import io.dragoman.connector.TransportFailure;
import io.dragoman.model.Reason;
import jakarta.mail.Flags;
import jakarta.mail.FolderNotFoundException;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * Adds a copy of what was sent to a folder of the mailbox, as mail programs do. The mail is out by then: what goes wrong
 * here is said, and changes nothing about it. Bounded, for until it ends it is not recorded that the mail was sent.
 * Thread-safe.
 */
public final class SentFolder {
    private static final Duration LONGEST = Duration.ofSeconds(10);

    /** For how long a server is left alone that gave no answer; the delay of one mail is enough. */
    private static final Duration SILENCE = Duration.ofMinutes(1);

    private final Map<MailServer, Wait> waits = new ConcurrentHashMap<>();

    /**
     * Why a server is not asked now.
     *
     * @param refusals of the login in a row
     */
    private record Wait(int refusals, Instant until, String why) {}

    /**
     * Adds a mail, as read, to the folder that an account names, if any.
     *
     * @return why there is no copy, as a clause for the operator; empty when all is well
     */
    public Optional<String> add(Account account, byte[] mail, Transport transport) {
        Optional<String> folder = account.find(EmailSettings.IMAP_SENT);
        return folder.isEmpty()
                ? Optional.empty()
                : problem(account, folder.get(), mail, transport)
                        .map(why -> "there is no copy of it in imap.sent: " + why);
    }

    private Optional<String> problem(Account account, String folder, byte[] mail, Transport transport) {
        MailServer server = EmailSettings.IMAP.of(account);
        try {
            server = server.grant() == null ? server.withSecret(transport) : server;
        } catch (TransportFailure e) {
            return Optional.of(e.detail());
        }
        Clock clock = transport.clock();
        Wait wait = waits.get(server);
        if (wait != null && clock.instant().isBefore(wait.until())) {
            return Optional.of(wait.why() + ", so it is not tried before " + wait.until());
        }
        TransportFailure failure = failure(account, server, folder, mail, transport);
        Wait next = failure == null ? null : next(failure, wait, clock.instant());
        if (next == null) {
            waits.remove(server);
        } else {
            waits.put(server, next);
        }
        return Optional.ofNullable(failure).map(TransportFailure::detail);
    }

    private static @Nullable Wait next(TransportFailure failure, @Nullable Wait before, Instant now) {
        Instant second = now.truncatedTo(ChronoUnit.SECONDS);
        if (failure.isLoginRefused()) {
            int refusals = before == null ? 1 : before.refusals() + 1;
            return new Wait(refusals, second.plus(LoginWaits.after(refusals)), failure.detail());
        }
        return failure.reason() == Reason.TIMEOUT ? new Wait(0, second.plus(SILENCE), failure.detail()) : null;
    }

    private static @Nullable TransportFailure failure(
            Account account, MailServer server, String folder, byte[] mail, Transport transport) {
        try {
            server.loggedIn(transport, now -> {
                append(account, now, folder, mail);
                return folder;
            });
            return null;
        } catch (TransportFailure e) {
            return e;
        }
    }

    private static void append(Account account, MailServer server, String folder, byte[] mail) throws TransportFailure {
        try (Mailbox mailbox = Mailbox.to(server, account.trust(), new ImapAnswers(0))) {
            Future<?> end = mailbox.cutAfter(LONGEST.toMillis());
            try {
                mailbox.connect().getFolder(folder).appendMessages(new Message[] {new Copy(mail)});
            } catch (FolderNotFoundException e) {
                throw mailbox.noSuchFolder(folder);
            } catch (MessagingException | RuntimeException e) {
                throw mailbox.isCut() ? mailbox.tooLate() : mailbox.failure(e);
            } finally {
                end.cancel(false);
            }
        }
    }

    /** A mail that is written byte by byte as it was sent. */
    private static final class Copy extends MimeMessage {
        private final byte[] bytes;

        Copy(byte[] bytes) throws MessagingException {
            super(Session.getInstance(new Properties()), new ByteArrayInputStream(bytes));
            this.bytes = bytes.clone();
            setFlag(Flags.Flag.SEEN, true);
        }

        @Override
        public void writeTo(OutputStream out) throws IOException {
            out.write(bytes);
        }
    }
}
