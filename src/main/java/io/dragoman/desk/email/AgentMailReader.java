// SPDX-License-Identifier: Apache-2.0
package io.dragoman.desk.email;

import io.dragoman.connector.Account;
import io.dragoman.connector.MalformedPayload;
import io.dragoman.connector.Request;
import io.dragoman.connector.kit.SafeText;
import io.dragoman.connector.mail.Automatic;
import io.dragoman.connector.mail.Correspondent;
import io.dragoman.connector.mail.EventKey;
import io.dragoman.connector.mail.MailAddress;
import io.dragoman.connector.mail.MailContent;
import io.dragoman.connector.mail.MessageIds;
import io.dragoman.connector.mail.MimeHeaders;
import io.dragoman.connector.mail.MimePart;
import io.dragoman.connector.mail.MimeReader;
import io.dragoman.connector.mail.OwnAddresses;
import io.dragoman.connector.mail.OwnIds;
import io.dragoman.connector.mail.Place;
import io.dragoman.connector.mail.QuoteWords;
import io.dragoman.connector.mail.ReplyFacts;
import io.dragoman.connector.mail.Reports;
import io.dragoman.model.CustomerEvent.Receipt;
import io.dragoman.model.DeskEvent;
import io.dragoman.model.Ignored;
import io.dragoman.model.Part;
import io.dragoman.model.Status;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** A helpdesk's mail as an agent's answer, or why it is none: by whom it is, for whom, and what kind of mail. */
final class AgentMailReader {
    /** Where the address that a mail was sent to may stand, besides To and Cc. */
    private static final List<String> RECIPIENTS =
            List.of("to", "cc", "delivered-to", "x-original-to", "envelope-to", "x-delivered-to", "x-envelope-to");

    private final Account account;
    private final OwnIds ids;
    private final OwnAddresses own;
    private final ConversationAddress addresses;

    AgentMailReader(Account account) {
        this.account = account;
        this.ids = new OwnIds(account);
        this.own = new OwnAddresses(
                Set.of(account.get(EmailDeskSettings.ADDRESS).strip().toLowerCase(Locale.ROOT)));
        this.addresses = new ConversationAddress(account);
    }

    List<DeskEvent> read(Request request) throws MalformedPayload {
        refuseUnread(request.path());
        MimeReader.Mail mail = MimeReader.read(request.body());
        MimePart root = mail.root();
        String key = EventKey.of(root);
        Instant at = request.receivedAt();
        if (isReturned(root.headers())) {
            return List.of(new Ignored(key, at, "loop", "a mail of the gateway's own came back"));
        }
        Optional<DeskEvent> report = report(root, key, at);
        if (report.isPresent()) {
            return List.of(report.get());
        }
        Set<String> conversations = conversations(root.headers());
        Optional<String> refusal = refusal(root.headers(), conversations);
        if (refusal.isPresent()) {
            return List.of(new Ignored(key, at, "refused", refusal.get()));
        }
        List<DeskEvent> events = new ArrayList<>(learnt(root.headers(), conversations, key, at));
        events.addAll(answers(mail, conversations, key, at));
        return events;
    }

    private void refuseUnread(String path) throws MalformedPayload {
        int needed = MailFlood.needed(path);
        if (needed > account.get(EmailDeskSettings.MAILS_PER_MINUTE)) {
            throw new MalformedPayload("the helpdesk sends more mails to one conversation in a minute than "
                    + "mailsPerMinute takes, which looks like a loop of two machines; if it is none, set mailsPerMinute"
                    + " to " + needed + " or more and replay it");
        }
        if (!Place.of(path).whole()) {
            throw new MalformedPayload(
                    "a mail of the helpdesk could not be taken, as it is larger than largestMail or the "
                            + "mail server does not give it; it is still in the mailbox");
        }
    }

    private boolean isReturned(MimeHeaders headers) {
        return headers.all(Automatic.LOOP_HEADER).stream()
                        .anyMatch(value -> value.strip().equals(ids.loop()))
                || headers.raw("message-id").map(MessageIds::in).stream()
                        .flatMap(List::stream)
                        .anyMatch(id -> ids.own(id).isPresent());
    }

    /** What mail servers say of mails to the helpdesk: a failure is shown, and nobody's answer to a customer. */
    private Optional<DeskEvent> report(MimePart root, String key, Instant at) throws MalformedPayload {
        List<Receipt> receipts = new Reports(root, ids, own, key, at)
                .receipts().stream().map(Receipt.class::cast).toList();
        Optional<Receipt> failed = receipts.stream()
                .filter(receipt -> receipt.status() == Status.FAILED)
                .findFirst();
        if (failed.isPresent()) {
            throw new MalformedPayload(
                    "a mail to the helpdesk of conversation "
                            + ids.own(failed.get().externalId())
                                    .map(OwnIds.Own::conversation)
                                    .orElse("?")
                            + " came back undelivered (" + failed.get().detail()
                            + "): see to deskAddress and the helpdesk's mail server, then write to the customer by the gateway");
        }
        String local =
                sender(root.headers()).map(MailAddress::address).orElse("").split("@", 2)[0];
        boolean report = root.is("multipart/report")
                || (Automatic.isMachine(local.toLowerCase(Locale.ROOT)) && !receipts.isEmpty())
                || local.equalsIgnoreCase("mailer-daemon");
        return report || !receipts.isEmpty()
                ? Optional.of(
                        new Ignored(key, at, "report", "a report of a mail server, of no failure of a mail of ours"))
                : Optional.empty();
    }

    Set<String> conversations(MimeHeaders headers) {
        return RECIPIENTS.stream()
                .flatMap(name -> headers.addresses(name).stream())
                .flatMap(address -> addresses.conversation(address).stream())
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** Why nobody may be answered by a mail; empty when somebody may. */
    private Optional<String> refusal(MimeHeaders headers, Set<String> conversations) {
        if (conversations.isEmpty()) {
            boolean forged = RECIPIENTS.stream()
                    .flatMap(name -> headers.addresses(name).stream())
                    .anyMatch(addresses::hasForm);
            return Optional.of(
                    forged
                            ? "the token in the address is not one of ours: tokenSecret was changed, or somebody guesses"
                            : "it is for no conversation: no recipient's address has a token");
        }
        Optional<MailAddress> sender = sender(headers);
        if (sender.isPresent() && !hasOneSender(headers)) {
            return Optional.of("its From names several senders, so that nobody is known to have written it");
        }
        return sender.isPresent() && maySpeak(sender.get())
                ? Optional.empty()
                : Optional.of("its sender is none of the helpdesk's; who else may answer stands in senders");
    }

    private boolean maySpeak(MailAddress sender) {
        String desk = account.get(EmailDeskSettings.DESK_ADDRESS);
        List<String> known = EmailDeskSettings.values(account, EmailDeskSettings.SENDERS, ",");
        List<String> senders = known.isEmpty() ? List.of(desk.substring(desk.lastIndexOf('@'))) : known;
        String address = sender.address().toLowerCase(Locale.ROOT);
        return senders.stream()
                .map(one -> one.toLowerCase(Locale.ROOT))
                .anyMatch(one -> one.startsWith("@") ? address.endsWith(one) : address.equals(one));
    }

    private static Optional<MailAddress> sender(MimeHeaders headers) {
        return headers.addresses("from").stream().findFirst();
    }

    /** What names several writers is nobody's: mail servers prove but one of them. */
    private static boolean hasOneSender(MimeHeaders headers) {
        return headers.all("from").size() == 1 && headers.addresses("from").size() == 1;
    }

    /** Also of a notification, which is never passed on: the first one often names the ticket. */
    private List<DeskEvent> learnt(MimeHeaders headers, Set<String> conversations, String key, Instant at) {
        Set<String> ours = MessageIds.references(headers).stream()
                .filter(id -> ids.own(id).isPresent())
                .collect(Collectors.toSet());
        Map<String, String> kept = MailThread.learnt(headers, ours);
        List<DeskEvent> learnt = new ArrayList<>();
        if (!kept.isEmpty()) {
            conversations.forEach(conversation -> learnt.add(
                    new DeskEvent.ReferenceChanged(key + ":kept:" + conversation, at, conversation, null, null, kept)));
        }
        return learnt;
    }

    private List<DeskEvent> answers(MimeReader.Mail mail, Set<String> conversations, String key, Instant at) {
        MimeHeaders headers = mail.root().headers();
        Optional<String> notification = notification(headers);
        if (notification.isPresent()) {
            return List.of(new Ignored(key, at, "notification", notification.get()));
        }
        List<Part> parts = parts(mail);
        if (parts.isEmpty()) {
            return List.of(new Ignored(key, at, "empty", "it holds no answer above what it quotes"));
        }
        String author = sender(headers).map(MailAddress::name).orElse(null);
        return conversations.stream()
                .<DeskEvent>map(conversation -> new DeskEvent.AgentReplied(
                        conversations.size() == 1 ? key : key + ":" + conversation,
                        at,
                        conversation,
                        parts,
                        author == null ? null : SafeText.line(author, 100),
                        null))
                .toList();
    }

    /** Why a mail is no agent's answer by its header; empty for an answer. */
    Optional<String> notification(MimeHeaders headers) {
        return account.get(EmailDeskSettings.PRODUCT)
                .notification(headers, this::isOurs)
                .or(() -> bySubject(headers));
    }

    private boolean isOurs(String address) {
        MailAddress plain = new MailAddress(null, address);
        return own.has(address) || addresses.hasForm(plain);
    }

    private Optional<String> bySubject(MimeHeaders headers) {
        String subject = headers.text("subject")
                .orElse("")
                .replaceAll("\\[[^\\[\\]]{1,100}\\]", " ")
                .strip()
                .toLowerCase(Locale.ROOT);
        return EmailDeskSettings.values(account, EmailDeskSettings.IGNORE_SUBJECTS, "|").stream()
                        .anyMatch(start -> subject.startsWith(start.toLowerCase(Locale.ROOT)))
                ? Optional.of("its subject is one of ignoreSubjects")
                : Optional.empty();
    }

    /** The answer's text and files. What servers and readers say of the mail itself is not for the customer. */
    private List<Part> parts(MimeReader.Mail mail) {
        MimeHeaders headers = mail.root().headers();
        boolean quotes = !MessageIds.references(headers).isEmpty()
                && !QuoteWords.isForward(headers.text("subject").orElse(""));
        ReplyFacts facts = quotes
                ? ReplyFacts.of(
                        headers,
                        own,
                        Correspondent.of(headers, own),
                        null,
                        null,
                        account.get(EmailDeskSettings.SIGNATURES))
                : null;
        boolean framed = account.get(EmailDeskSettings.PRODUCT).frames();
        AgentText text = new AgentText(account);
        List<Part> parts = new ArrayList<>();
        for (Part part : MailContent.of(mail, facts)) {
            if (part instanceof Part.Text written) {
                String said = framed && written.full() != null ? written.full() : written.text();
                text.of(said).ifPresent(answer -> parts.add(new Part.Text(SafeText.text(answer))));
            } else if (part instanceof Part.Media media
                    && String.valueOf(media.source()).startsWith("part:")) {
                parts.add(media);
            }
        }
        return parts;
    }
}
