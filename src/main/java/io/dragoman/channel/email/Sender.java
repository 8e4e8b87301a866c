// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.email;

import io.dragoman.connector.Account;
import io.dragoman.connector.Outbound.ToCustomer;
import io.dragoman.connector.Transport;
import io.dragoman.connector.kit.SafeText;
import io.dragoman.connector.mail.Automatic;
import io.dragoman.connector.mail.EmailSettings;
import io.dragoman.connector.mail.HeaderText;
import io.dragoman.connector.mail.MailAddress;
import io.dragoman.connector.mail.MailBody;
import io.dragoman.connector.mail.MessageIds;
import io.dragoman.connector.mail.OwnIds;
import io.dragoman.connector.mail.QuoteWords;
import io.dragoman.model.Part;
import io.dragoman.model.Participant;
import io.dragoman.model.Reason;
import jakarta.mail.Address;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes one mail. Its Message-ID follows from the delivery's key, so that a second attempt is the same mail. */
final class Sender {
    private static final int LONGEST_SUBJECT = 400;

    private final Account account;
    private final Transport transport;
    private final OwnIds ids;
    private final String address;

    Sender(Account account, Transport transport) {
        this.account = account;
        this.transport = transport;
        this.ids = new OwnIds(account);
        this.address = account.get(EmailSettings.ADDRESS);
    }

    /** Why a message cannot become a mail; the text says so without showing it. */
    static final class Unwritable extends Exception {
        private static final long serialVersionUID = 1L;

        private final Reason reason;

        Unwritable(Reason reason, String message) {
            super(message);
            this.reason = reason;
        }

        Reason reason() {
            return reason;
        }

        String detail() {
            return String.valueOf(getMessage());
        }
    }

    /** The Message-ID, without brackets, that the mail for this delivery has. */
    String messageId(ToCustomer out) {
        return ids.messageId(out.conversation(), out.key(), address.substring(address.lastIndexOf('@') + 1));
    }

    byte[] write(ToCustomer out) throws Unwritable, IOException, MessagingException {
        check(out);
        MimeMessage mail = MailBody.mail();
        headers(mail, out);
        content(mail, out.parts());
        return MailBody.bytes(mail);
    }

    /** A line break in a header value would let its writer add header fields of their own. */
    private static void check(ToCustomer out) throws Unwritable {
        refuseBreaks(out.address(), "the address");
        refuseBreaks(out.subject(), "the subject");
        refuseBreaks(out.author(), "the author's name");
        refuseBreaks(out.replyTo(), "the id of the mail answered");
        for (String reference : out.references()) {
            refuseBreaks(reference, "a reference");
        }
        if (!MailAddress.valid(out.address())) {
            throw new Unwritable(Reason.RECIPIENT_UNKNOWN, "the address is no mail address");
        }
        if (out.address().chars().anyMatch(c -> c > 126)) {
            throw new Unwritable(Reason.UNSUPPORTED, "the address needs SMTPUTF8, which is not supported here");
        }
    }

    private static void refuseBreaks(@Nullable String value, String what) throws Unwritable {
        if (value != null && HeaderText.breaks(value)) {
            throw new Unwritable(Reason.CONTENT_REFUSED, what + " holds a control character");
        }
    }

    private void headers(MimeMessage mail, ToCustomer out) throws MessagingException, IOException {
        String name = account.find(EmailSettings.NAME).orElse(out.author());
        mail.setFrom(new InternetAddress(address, name, "UTF-8"));
        mail.setRecipient(Message.RecipientType.TO, new InternetAddress(out.address(), false));
        mail.addRecipients(Message.RecipientType.TO, addresses(out.alsoTo()));
        mail.addRecipients(Message.RecipientType.CC, addresses(out.cc()));
        if (account.get(EmailSettings.REPLY_TOKENS)) {
            ids.replyTo(address, out.conversation()).ifPresent(token -> MailBody.set(mail, "Reply-To", token));
        }
        mail.setSubject(subject(out), "UTF-8");
        mail.setSentDate(Date.from(transport.clock().instant()));
        MailBody.set(mail, "Message-ID", "<" + messageId(out) + ">");
        // an agent seldom says which mail is answered: then it is the last one, so that every mail program threads it
        String replyTo = out.replyTo() != null || out.references().isEmpty()
                ? out.replyTo()
                : out.references().get(out.references().size() - 1);
        if (replyTo != null && MessageIds.writable(replyTo)) {
            MailBody.set(mail, "In-Reply-To", "<" + replyTo + ">");
        }
        String references = references(out);
        if (!references.isEmpty()) {
            MailBody.set(mail, "References", references);
        }
        if (out.automatic()) {
            MailBody.set(mail, "Auto-Submitted", "auto-replied");
            MailBody.set(mail, "X-Auto-Response-Suppress", "All");
            MailBody.set(mail, Automatic.LOOP_HEADER, ids.loop());
        }
    }

    private static Address[] addresses(List<Participant> people) throws MessagingException, IOException {
        Address[] addresses = new Address[people.size()];
        for (int i = 0; i < addresses.length; i++) {
            String name = people.get(i).name();
            InternetAddress address = new InternetAddress(people.get(i).address(), false);
            address.setPersonal(name == null ? null : SafeText.line(name, 200), "UTF-8");
            addresses[i] = address;
        }
        return addresses;
    }

    private String subject(ToCustomer out) {
        String subject = out.subject() == null ? "" : SafeText.line(out.subject(), LONGEST_SUBJECT);
        if (subject.isEmpty()) {
            return out.replyTo() == null ? account.find(EmailSettings.NAME).orElse(address) : "Re:";
        }
        boolean answers = out.replyTo() != null || !out.references().isEmpty();
        return answers && !QuoteWords.isReply(subject) ? "Re: " + subject : subject;
    }

    /** The conversation's ids, oldest first, the one answered last; trimmed in the middle. */
    private static String references(ToCustomer out) {
        List<String> all = new ArrayList<>(out.references());
        if (out.replyTo() != null) {
            all.remove(out.replyTo());
            all.add(out.replyTo());
        }
        return MailBody.references(all);
    }

    private void content(MimeMessage mail, List<Part> parts) throws MessagingException, IOException, Unwritable {
        List<MimeBodyPart> files = new ArrayList<>();
        List<Part.Text> texts = new ArrayList<>();
        for (Part part : parts) {
            if (part instanceof Part.Text text) {
                texts.add(text);
            } else if (part instanceof Part.Media media && media.id() != null) {
                files.add(file(media, media.id()));
            } else if (part instanceof Part.Media media && media.url() != null) {
                texts.add(new Part.Text(MailBody.link(media, media.url())));
            } else {
                throw new Unwritable(Reason.UNSUPPORTED, "a mail cannot show a part of this message");
            }
        }
        account.find(EmailSettings.MARKER).ifPresent(marker -> texts.add(0, new Part.Text(marker)));
        MailBody.fill(mail, texts, files);
    }

    private MimeBodyPart file(Part.Media media, String id) throws MessagingException, IOException, Unwritable {
        byte[] bytes;
        try (InputStream in = transport.open(id)) {
            bytes = in.readNBytes((int) Email.LARGEST_FILE + 1);
        }
        if (bytes.length > Email.LARGEST_FILE) {
            throw new Unwritable(Reason.TOO_LARGE, "a file is larger than " + Email.LARGEST_FILE + " bytes");
        }
        return MailBody.file(media, bytes);
    }
}
