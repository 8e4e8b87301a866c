// SPDX-License-Identifier: Apache-2.0
package io.dragoman.desk.email;

import com.google.auto.service.AutoService;
import io.dragoman.connector.Account;
import io.dragoman.connector.Batch;
import io.dragoman.connector.Connector;
import io.dragoman.connector.Desk;
import io.dragoman.connector.DeskCapability;
import io.dragoman.connector.Features;
import io.dragoman.connector.MalformedPayload;
import io.dragoman.connector.MediaSource;
import io.dragoman.connector.OAuthLogin;
import io.dragoman.connector.Outbound.ToDesk;
import io.dragoman.connector.Outcome;
import io.dragoman.connector.PollContext;
import io.dragoman.connector.Polled;
import io.dragoman.connector.Request;
import io.dragoman.connector.RetrySafety;
import io.dragoman.connector.Setting;
import io.dragoman.connector.Transport;
import io.dragoman.connector.TransportFailure;
import io.dragoman.connector.Verified;
import io.dragoman.connector.mail.EmailSettings;
import io.dragoman.connector.mail.MailFiles;
import io.dragoman.connector.mail.OAuthSettings;
import io.dragoman.model.DeskEvent;
import io.dragoman.model.Part;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The helpdesk that takes mail: it is written to as the customer, and its agents' mails are read from a mailbox. */
@AutoService(Connector.class)
public final class EmailDesk implements Desk, Polled, MediaSource, OAuthLogin {
    private final MailFlood flood = new MailFlood();

    @Override
    public String kind() {
        return "email";
    }

    @Override
    public String description() {
        return "Any helpdesk that takes mail: each conversation is a ticket, agents' mails are the answers.";
    }

    @Override
    public Map<DeskCapability, String> capabilities() {
        return Map.of(
                DeskCapability.ANSWERS, "mail",
                DeskCapability.NOTES, "kept back",
                DeskCapability.FILES_TO, "yes",
                DeskCapability.FILES_FROM, "yes",
                DeskCapability.CHANGES, "as a note");
    }

    @Override
    public Features features() {
        return Features.receives("IMAP (IDLE) or POP3")
                .sends("mails, threaded")
                .receipts("bounces")
                .verification(
                        "our own login; the conversation by a signed token in the address; the sender by `senders`")
                .needs("address", "deskAddress", "tokenSecret", "imap or pop3", "smtp or sending")
                .setUp(
                        "Let a domain's mail (such as reply.example.com) come to one mailbox, whatever stands before "
                                + "the @, and give the gateway a login to it: IMAP (or POP3) and SMTP.",
                        "Make a secret for the tokens: `openssl rand -base64 32`.",
                        "See what your helpdesk does with mail in [desks-by-mail.md](desks-by-mail.md): who counts as the "
                                + "customer, which mails are no answers.")
                .missed("nothing is: the cursor finds every mail, however long the gateway was away");
    }

    @Override
    public List<Setting<?>> settings() {
        return EmailDeskSettings.all();
    }

    @Override
    public List<String> problems(Account account) {
        return EmailDeskSettings.problems(account);
    }

    @Override
    public List<DeskEvent> read(Account account, Verified verified) throws MalformedPayload {
        return new AgentMailReader(account).read(verified.request());
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
        return flood.marked(account, EmailSettings.poll(account, position, transport, context));
    }

    @Override
    public Outcome deliver(Account account, ToDesk notice, Transport transport) {
        return new NoticeMail(account, transport).send(notice);
    }

    @Override
    public Outcome fetch(Account account, Part.Media media, Request origin, Transport transport) {
        return MailFiles.fetch(account, media, origin, transport);
    }

    /** No helpdesk can be asked for a Message-ID by mail; most show two mails of one Message-ID as one. */
    @Override
    public RetrySafety retrySafety() {
        return RetrySafety.NEITHER;
    }
}
