// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector.mail;

import io.dragoman.connector.Account;
import io.dragoman.connector.Batch;
import io.dragoman.connector.PollContext;
import io.dragoman.connector.Request;
import io.dragoman.connector.TransportFailure;
import io.dragoman.model.Reason;
import jakarta.mail.FetchProfile;
import jakarta.mail.Flags;
import jakarta.mail.Folder;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.UIDFolder;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.angus.mail.pop3.POP3Folder;
import org.eclipse.angus.mail.pop3.POP3Message;

/**
 * Takes mail from a POP3 mailbox by its unique ids. Nothing is deleted unless {@code pop3.delete} says so, and then
 * only what the position of the last poll names, which was committed together with the mail itself.
 */
public final class Pop3 {
    /** How long a server may refuse one mail before the mails behind it go on without it. */
    private static final Duration STUCK = Duration.ofMinutes(30);

    private final Account account;
    private final PollContext context;
    private final boolean delete;
    private final long largest;

    public Pop3(Account account, PollContext context) {
        this.account = account;
        this.context = context;
        this.delete = account.find(EmailSettings.POP3_DELETE).orElse(false);
        this.largest = account.get(EmailSettings.LARGEST) * 1_000_000L;
    }

    public Batch poll(MailServer server, String position) throws TransportFailure {
        Batch batch = new Batch(List.of(), position);
        try (Mailbox mailbox = Mailbox.to(server, account.trust(), context, new Pop3Answers(server, largest))) {
            try {
                POP3Folder folder = (POP3Folder) mailbox.connect().getFolder("INBOX");
                folder.open(Folder.READ_WRITE);
                batch = take(mailbox, listed(folder), position);
                folder.close(delete);
            } catch (MessagingException | RuntimeException e) {
                mailbox.throwUnlessCut(e);
                return new Batch(List.of(), position);
            }
        }
        if (batch.position().equals(position)) {
            context.rest(account.get(EmailSettings.INTERVAL));
        }
        return batch;
    }

    private Batch take(Mailbox mailbox, Map<String, POP3Message> there, String position)
            throws MessagingException, TransportFailure {
        boolean first = position.isEmpty();
        if (first && account.get(EmailSettings.START) == EmailSettings.Start.NEW) {
            return new Batch(
                    List.of(), Pop3Position.of(there.keySet(), Set.of(), null).write());
        }
        Pop3Position from = first ? new Pop3Position("", "", null) : Pop3Position.read(position);
        Set<String> skipped = from.skippedIds();
        Set<String> taken = from.takenIds();
        skipped.retainAll(there.keySet());
        taken.retainAll(there.keySet());
        List<Request> requests = new ArrayList<>();
        Set<String> stored = new LinkedHashSet<>(taken);
        long bytes = 0;
        for (Map.Entry<String, POP3Message> mail : there.entrySet()) {
            if (taken.contains(mail.getKey())) {
                mail.getValue().setFlag(Flags.Flag.DELETED, delete);
            } else if (!skipped.contains(mail.getKey())) {
                int size = Math.max(0, mail.getValue().getSize());
                if (requests.size() >= Mailbox.MOST || (!requests.isEmpty() && bytes + size > Mailbox.LARGEST_BATCH)) {
                    break;
                }
                try {
                    requests.add(request(mail.getValue(), "POP3/" + mail.getKey()));
                } catch (MessagingException | IOException e) {
                    if (requests.isEmpty()) {
                        return refused(mailbox, from, mail.getKey(), e);
                    }
                    break;
                }
                bytes += size;
                stored.add(mail.getKey());
            }
        }
        return new Batch(requests, Pop3Position.of(skipped, stored, null).write());
    }

    /** A mail that the server will not give stops the line for a while, but not for ever. */
    private Batch refused(Mailbox mailbox, Pop3Position from, String id, Exception problem) throws TransportFailure {
        Instant now = context.clock().instant();
        Set<String> taken = from.takenIds();
        if (from.stuckSince() == null) {
            return new Batch(
                    List.of(), Pop3Position.of(from.skippedIds(), taken, now).write());
        }
        if (now.isBefore(from.stuckSince().plus(STUCK))) {
            throw mailbox.failure(problem);
        }
        Set<String> skipped = from.skippedIds();
        skipped.add(id); // not taken, so never deleted
        Request notice = Request.polled(Place.unfetchable("POP3/" + id), new byte[0], now);
        return new Batch(List.of(notice), Pop3Position.of(skipped, taken, null).write());
    }

    private static Map<String, POP3Message> listed(POP3Folder folder) throws MessagingException, TransportFailure {
        Message[] messages = folder.getMessages();
        FetchProfile profile = new FetchProfile();
        profile.add(UIDFolder.FetchProfileItem.UID);
        folder.fetch(messages, profile);
        Map<String, POP3Message> listed = new LinkedHashMap<>();
        for (Message message : messages) {
            String uid = folder.getUID(message);
            if (uid == null || uid.isBlank()) {
                throw TransportFailure.notSent(
                        Reason.UNSUPPORTED,
                        "the pop3 server gives no unique ids (UIDL), so mails cannot be identified");
            }
            listed.put(Pop3Position.shortened(uid), (POP3Message) message);
        }
        return listed;
    }

    private Request request(POP3Message mail, String place) throws MessagingException, IOException {
        Instant now = context.clock().instant();
        long size = mail.getSize();
        if (size <= largest) {
            RawMail raw = new RawMail(largest);
            try {
                mail.writeTo(raw);
                return Request.polled(place, raw.bytes(), now);
            } catch (RawMail.TooLarge e) {
                // the server's figure was wrong: the header will do
            }
        }
        try (InputStream top = mail.top(0)) {
            return Request.polled(Place.headersOnly(place, size), RawMail.header(top), now);
        }
    }
}
