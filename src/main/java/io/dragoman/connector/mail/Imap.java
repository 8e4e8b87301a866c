// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector.mail;

import io.dragoman.connector.Account;
import io.dragoman.connector.Batch;
import io.dragoman.connector.PollContext;
import io.dragoman.connector.Request;
import io.dragoman.connector.TransportFailure;
import jakarta.mail.FetchProfile;
import jakarta.mail.Folder;
import jakarta.mail.FolderNotFoundException;
import jakarta.mail.Message;
import jakarta.mail.MessageRemovedException;
import jakarta.mail.MessagingException;
import jakarta.mail.UIDFolder;
import jakarta.mail.event.MessageCountAdapter;
import jakarta.mail.event.MessageCountEvent;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Future;
import org.eclipse.angus.mail.imap.IMAPFolder;
import org.eclipse.angus.mail.imap.IMAPMessage;
import org.jspecify.annotations.Nullable;

/**
 * Takes mail from an IMAP folder by our own cursor of UIDVALIDITY and UID, never by {@code \Seen}: what a person has
 * read, or what came while we were down, is taken all the same. The folder is opened read-only and nothing in it is
 * changed. When nothing is new, IDLE waits on the same connection.
 */
public final class Imap {
    /** How many mails' numbers and sizes are asked for at once. */
    private static final int WINDOW = 200;

    /** Well below the 30 minutes of RFC 2177: what a silent firewall swallowed is found on the next connection. */
    private static final Duration LONGEST_IDLE = Duration.ofMinutes(10);

    /** How long IDLE is trusted where the account does not say. */
    private static final Duration DEFAULT_LOOK = Duration.ofMinutes(1);

    /** How long a server may take to end IDLE. */
    private static final long DONE_MILLIS = 30_000;

    /** How long a server may refuse one mail before the mails behind it go on without it. */
    private static final Duration STUCK = Duration.ofMinutes(30);

    private final Account account;
    private final PollContext context;
    private final String folderName;
    private final long largest;

    public Imap(Account account, PollContext context) {
        this.account = account;
        this.context = context;
        this.folderName = EmailSettings.folder(account);
        this.largest = account.get(EmailSettings.LARGEST) * 1_000_000L;
    }

    public Batch poll(MailServer server, String position) throws TransportFailure {
        Optional<Batch> batch = Optional.empty();
        try (Mailbox mailbox = Mailbox.to(server, account.trust(), context, new ImapAnswers(largest))) {
            try {
                batch = watch(mailbox, (IMAPFolder) mailbox.connect().getFolder(folderName), position);
            } catch (FolderNotFoundException e) {
                throw mailbox.noSuchFolder(folderName);
            } catch (MessagingException | IOException | RuntimeException e) {
                mailbox.throwUnlessCut(e);
                return new Batch(List.of(), position);
            }
        }
        if (batch.isEmpty()) {
            context.rest(account.get(EmailSettings.INTERVAL));
        }
        return batch.orElse(new Batch(List.of(), position));
    }

    /**
     * Takes what is new, or waits for it; empty when the server cannot tell us. The folder is opened anew for each look:
     * some servers stay silent about one that was deleted and made again.
     */
    private Optional<Batch> watch(Mailbox mailbox, IMAPFolder folder, String position)
            throws MessagingException, IOException, TransportFailure {
        folder.addMessageCountListener(new Waker(folder));
        long deadline = System.nanoTime() + min(context.limit(), LONGEST_IDLE).toNanos();
        while (true) {
            folder.open(Folder.READ_ONLY);
            int known = folder.getMessageCount();
            Batch batch = take(mailbox, folder, start(folder, position));
            if (!batch.position().equals(position)) {
                return Optional.of(batch);
            }
            long left = (deadline - System.nanoTime()) / 1_000_000;
            if (context.stopping() || left <= 0) {
                return Optional.of(batch);
            }
            if (!canIdle(folder)) {
                return Optional.empty();
            }
            noop(folder);
            if (folder.getMessageCount() == known) {
                idle(mailbox, folder, left);
            }
            if (folder.isOpen()) {
                folder.close(false);
            }
        }
    }

    /** Asks on the folder's own connection; the store would open another one for it. */
    private static boolean canIdle(IMAPFolder folder) throws MessagingException {
        return Boolean.TRUE.equals(folder.doCommand(protocol -> protocol.hasCapability("IDLE")));
    }

    private static void noop(IMAPFolder folder) throws MessagingException {
        folder.doCommand(protocol -> {
            protocol.noop();
            return true;
        });
    }

    /** Waits for news, for as long as silence is believed; a server that does not let us end it is cut off. */
    private void idle(Mailbox mailbox, IMAPFolder folder, long millis) throws MessagingException {
        long trusted =
                account.find(EmailSettings.IMAP_LOOK).orElse(DEFAULT_LOOK).toMillis();
        Future<?> end = Mailbox.after(Math.min(trusted, millis), () -> endIdle(folder));
        Future<?> cut = mailbox.cutAfter(Math.min(trusted, millis) + DONE_MILLIS);
        try {
            folder.idle(true);
        } finally {
            end.cancel(false);
            cut.cancel(false);
        }
    }

    private static void endIdle(IMAPFolder folder) {
        try {
            noop(folder); // a command ends IDLE; asking for the count sends none within a second
        } catch (MessagingException | RuntimeException e) {
            // closed meanwhile: nobody waits
        }
    }

    private ImapPosition start(IMAPFolder folder, String position) throws MessagingException {
        long validity = folder.getUIDValidity();
        if (position.isEmpty()) {
            boolean all = account.get(EmailSettings.START) == EmailSettings.Start.ALL;
            return all
                    ? new ImapPosition(validity, 0, Instant.EPOCH, 0, null, null)
                    : new ImapPosition(
                            validity, lastUid(folder), context.clock().instant(), 0, null, null);
        }
        ImapPosition from = ImapPosition.read(position);
        return from.uidValidity() == validity ? from : from.renumbered(validity, lastUid(folder));
    }

    private static long lastUid(IMAPFolder folder) throws MessagingException {
        int count = folder.getMessageCount();
        return count == 0 ? 0 : folder.getUID(folder.getMessage(count));
    }

    private Batch take(Mailbox mailbox, IMAPFolder folder, ImapPosition from)
            throws MessagingException, IOException, TransportFailure {
        int first = firstAfter(folder, from.uid());
        List<Request> requests = new ArrayList<>();
        ImapPosition reached = from;
        long bytes = 0;
        Message[] window = first == 0 ? new Message[0] : described(folder, first);
        for (Message message : window) {
            IMAPMessage mail = (IMAPMessage) message;
            int size = Math.max(0, mail.getSize());
            if (requests.size() >= Mailbox.MOST || (!requests.isEmpty() && bytes + size > Mailbox.LARGEST_BATCH)) {
                break;
            }
            long uid = folder.getUID(mail);
            @Nullable Instant arrived = instant(mail.getReceivedDate());
            if (!reached.isOld(uid, arrived)) {
                Instant at = arrived == null ? context.clock().instant() : arrived;
                try {
                    Request request = request(mail, folderName + "/" + reached.uidValidity() + "/" + uid, at);
                    bytes += request.body().length;
                    requests.add(
                            reached.isBackfilled(uid)
                                    ? Request.backfilled(request.path(), request.body(), at)
                                    : request);
                } catch (MessageRemovedException e) {
                    break; // somebody is tidying up: the next poll sees the folder as it is then
                } catch (MessagingException | IOException e) {
                    return refused(mailbox, folder, requests, reached, uid, e);
                }
            }
            reached = reached.after(uid, context.clock().instant());
        }
        return new Batch(requests, reached.write());
    }

    /** A mail that the server will not give stops the line for a while, but not for ever. */
    private Batch refused(
            Mailbox mailbox,
            IMAPFolder folder,
            List<Request> requests,
            ImapPosition reached,
            long uid,
            Exception problem)
            throws TransportFailure {
        if (!requests.isEmpty() || mailbox.isCut()) {
            return new Batch(requests, reached.write());
        }
        Instant now = context.clock().instant();
        if (reached.stuckSince() == null) {
            return new Batch(requests, reached.stuck(now).write());
        }
        if (!folder.isOpen() || now.isBefore(reached.stuckSince().plus(STUCK))) {
            throw mailbox.failure(problem);
        }
        String place = Place.unfetchable(folderName + "/" + reached.uidValidity() + "/" + uid);
        return new Batch(
                List.of(Request.polled(place, new byte[0], now)),
                reached.after(uid, now).write());
    }

    /** The number of the first mail with a higher UID; UIDs rise with numbers, so halving finds it. */
    private static int firstAfter(IMAPFolder folder, long uid) throws MessagingException {
        int high = folder.getMessageCount();
        if (high == 0 || folder.getUID(folder.getMessage(high)) <= uid) {
            return 0;
        }
        int low = 1;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (folder.getUID(folder.getMessage(middle)) > uid) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    private static Message[] described(IMAPFolder folder, int first) throws MessagingException {
        Message[] window = folder.getMessages(first, Math.min(folder.getMessageCount(), first + WINDOW - 1));
        FetchProfile profile = new FetchProfile();
        profile.add(UIDFolder.FetchProfileItem.UID);
        profile.add(FetchProfile.Item.SIZE);
        profile.add(IMAPFolder.FetchProfileItem.INTERNALDATE);
        folder.fetch(window, profile);
        return window;
    }

    private Request request(IMAPMessage mail, String place, Instant at) throws MessagingException, IOException {
        mail.setPeek(true);
        long size = mail.getSize();
        if (size <= largest) {
            try (InputStream in = mail.getMimeStream()) {
                byte[] raw = RawMail.read(in, largest);
                if (raw != null && raw.length < size && raw.length % Mailbox.FETCH_SIZE == 0) {
                    throw new IOException("the server refused a piece"); // which the library takes for the end
                }
                if (raw != null) {
                    return Request.polled(place, raw, at);
                }
            }
        }
        try (InputStream in = mail.getMimeStream()) {
            return Request.polled(Place.headersOnly(place, size), RawMail.header(in), at);
        }
    }

    /** Ends IDLE for news that came while it began: the library sees them and goes on waiting. */
    private static final class Waker extends MessageCountAdapter {
        private final IMAPFolder folder;

        private Waker(IMAPFolder folder) {
            this.folder = folder;
        }

        @Override
        public void messagesAdded(MessageCountEvent event) {
            endIdle(folder);
        }
    }

    private static @Nullable Instant instant(@Nullable Date date) {
        return date == null ? null : date.toInstant();
    }

    private static Duration min(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
