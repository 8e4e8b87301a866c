// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.email;

import com.google.auto.service.AutoService;
import io.dragoman.connector.Account;
import io.dragoman.connector.Batch;
import io.dragoman.connector.Channel;
import io.dragoman.connector.Connector;
import io.dragoman.connector.Features;
import io.dragoman.connector.Limits;
import io.dragoman.connector.Limits.Unit;
import io.dragoman.connector.MalformedPayload;
import io.dragoman.connector.MediaSource;
import io.dragoman.connector.OAuthLogin;
import io.dragoman.connector.Outbound.ToCustomer;
import io.dragoman.connector.Outcome;
import io.dragoman.connector.PollContext;
import io.dragoman.connector.Polled;
import io.dragoman.connector.Request;
import io.dragoman.connector.RetrySafety;
import io.dragoman.connector.Setting;
import io.dragoman.connector.Transport;
import io.dragoman.connector.TransportFailure;
import io.dragoman.connector.Verified;
import io.dragoman.connector.WritesFirst;
import io.dragoman.connector.kit.SafeText;
import io.dragoman.connector.mail.EmailSettings;
import io.dragoman.connector.mail.ErrorTable;
import io.dragoman.connector.mail.MailAddress;
import io.dragoman.connector.mail.MailApi;
import io.dragoman.connector.mail.MailFiles;
import io.dragoman.connector.mail.OAuthSettings;
import io.dragoman.connector.mail.OwnAddresses;
import io.dragoman.connector.mail.SendMethod;
import io.dragoman.connector.mail.SentFolder;
import io.dragoman.model.CustomerEvent;
import io.dragoman.model.Part;
import io.dragoman.model.Reason;
import jakarta.mail.MessagingException;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Mail: a mailbox read by IMAP or POP3, answers sent by SMTP or the API of its provider. */
@AutoService(Connector.class)
public final class Email implements Channel, Polled, MediaSource, OAuthLogin, WritesFirst {
    /** What most mail servers take, after a third is added for encoding. */
    static final long LARGEST_FILE = 20_000_000;

    /** As many as a round of correspondents has; a mailing is no answer. */
    private static final int MOST_COPIES = 20;

    private static final int LONGEST_TEXT = 1_000_000;

    private final SentFolder sentFolder = new SentFolder();

    @Override
    public String kind() {
        return "email";
    }

    @Override
    public String description() {
        return "A mailbox: mail by IMAP or POP3, answers by SMTP, Microsoft Graph or Gmail, one conversation a thread.";
    }

    @Override
    public Features features() {
        return Features.receives("IMAP (IDLE) or POP3")
                .sends("SMTP, Graph or Gmail API, threaded")
                .receipts("bounces")
                .verification("our own login (password or OAuth 2); threads by signed tokens")
                .needs("address", "imap or pop3", "smtp or sending")
                .setUp("Let the mail server have a login for the gateway: an address of its own, IMAP (or "
                        + "POP3) to read it, SMTP to send as it. Microsoft 365 and Google demand OAuth 2, step by "
                        + "step in [channels/email.md](channels/email.md).")
                .missed("nothing is: the cursor (UIDVALIDITY and UID, or UIDL) finds every mail, whatever "
                        + "`\\Seen` says and however long the gateway was away; a folder numbered anew is read "
                        + "again, 30 days back from the last mail taken. An old mail that a person moves in at "
                        + "the very time of a renumbering is not seen")
                .begins("any address; it needs a subject");
    }

    @Override
    public List<Setting<?>> settings() {
        return EmailSettings.all();
    }

    @Override
    public List<String> problems(Account account) {
        return EmailSettings.problems(account);
    }

    @Override
    public List<CustomerEvent> read(Account account, Verified verified) {
        return new InboundReader(account).read(verified.request());
    }

    @Override
    public Optional<OAuthLogin.Client> oauth(Account account) {
        return OAuthSettings.client(account);
    }

    @Override
    public Object login(Account account, Transport transport) {
        return EmailSettings.login(account, transport);
    }

    @Override
    public Batch poll(Account account, String position, Transport transport, PollContext context)
            throws TransportFailure {
        return EmailSettings.poll(account, position, transport, context);
    }

    @Override
    public Outcome send(Account account, ToCustomer message, Transport transport) {
        try {
            Sender sender = new Sender(account, transport);
            Copies copies = new Copies(OwnAddresses.of(account));
            byte[] mail = sender.write(copies.admit(message));
            Outcome outcome = handOver(account, message, copies, mail, sender.messageId(message), transport);
            return outcome instanceof Outcome.Sent sent
                    ? new Outcome.Sent(
                            sent.externalId(),
                            copies.losses(),
                            sentFolder.add(account, mail, transport).orElse(null))
                    : outcome;
        } catch (TransportFailure e) {
            return Outcome.of(e);
        } catch (Sender.Unwritable e) {
            return new Outcome.Refused(e.reason(), e.detail());
        } catch (IOException e) {
            return new Outcome.Retry(Reason.PROVIDER_DOWN, "a file of the message cannot be read");
        } catch (MessagingException e) {
            return new Outcome.Refused(Reason.CONTENT_REFUSED, "the message cannot be written as a mail");
        }
    }

    private static Outcome handOver(
            Account account, ToCustomer message, Copies copies, byte[] mail, String messageId, Transport transport)
            throws TransportFailure {
        if (account.get(EmailSettings.SENDING) != SendMethod.SMTP) {
            return MailApi.send(account, mail, messageId, transport);
        }
        boolean nobody = message.automatic() && account.get(EmailSettings.NULL_SENDER);
        String from = nobody ? "" : account.get(EmailSettings.ADDRESS);
        return ErrorTable.outcome(copies.handOver(transport, EmailSettings.SMTP.of(account), from, mail), messageId);
    }

    @Override
    public Outcome fetch(Account account, Part.Media media, Request origin, Transport transport) {
        return MailFiles.fetch(account, media, origin, transport);
    }

    @Override
    public CustomerEvent.Sender recipient(Account account, String address) throws MalformedPayload {
        String plain = SafeText.address(address.strip());
        if (!MailAddress.valid(plain) || plain.chars().anyMatch(c -> c > 126)) {
            throw new MalformedPayload("must be a plain mail address such as anna@example.com");
        }
        if (OwnAddresses.of(account).has(plain)) {
            throw new MalformedPayload("is an address of this mailbox itself");
        }
        return new CustomerEvent.Sender(plain, List.of(MailAddress.identity(plain, false)), null, null);
    }

    @Override
    public boolean hasSubjects() {
        return true;
    }

    @Override
    public Limits limits(Account account) {
        return Limits.text(LONGEST_TEXT, Unit.UTF_16)
                .caption(LONGEST_TEXT)
                .anyMedia(MailApi.largest(account).orElse(LARGEST_FILE))
                .together(MailApi.largest(account).orElse(LARGEST_FILE))
                .copies(MOST_COPIES)
                .build();
    }

    /**
     * Servers do not look at Message-IDs, and none can be asked. A second copy does little harm, though: it has the
     * same Message-ID, so that many readers and every helpdesk show the two as one.
     */
    @Override
    public RetrySafety retrySafety() {
        return RetrySafety.NEITHER;
    }
}
