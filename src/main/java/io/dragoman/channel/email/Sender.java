// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.email;

import io.dragoman.connector.Account;
import io.dragoman.connector.Outbound.ToCustomer;
import io.dragoman.connector.Transport;
import io.dragoman.connector.kit.HtmlCleaner;
import io.dragoman.connector.kit.SafeText;
import io.dragoman.connector.mail.Automatic;
import io.dragoman.connector.mail.EmailSettings;
import io.dragoman.connector.mail.HeaderText;
import io.dragoman.connector.mail.MailAddress;
import io.dragoman.connector.mail.MailContent;
import io.dragoman.connector.mail.MessageIds;
import io.dragoman.connector.mail.OwnIds;
import io.dragoman.connector.mail.QuoteWords;
import io.dragoman.model.Part;
import io.dragoman.model.Participant;
import io.dragoman.model.Reason;
import jakarta.activation.DataHandler;
import jakarta.mail.Address;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.util.ByteArrayDataSource;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Properties;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Writes one mail. Its Message-ID follows from the delivery's key, so that a second attempt is the same mail. */
final class Sender {
    /** Some servers refuse long header fields; the oldest and the closest ids are the ones that thread. */
    private static final int LONGEST_REFERENCES = 1_000;

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
        MimeMessage mail = new FixedMessage();
        headers(mail, out);
        content(mail, out.parts());
        mail.saveChanges();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        mail.writeTo(bytes);
        return bytes.toByteArray();
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
            ids.replyTo(address, out.conversation()).ifPresent(token -> set(mail, "Reply-To", token));
        }
        mail.setSubject(subject(out), "UTF-8");
        mail.setSentDate(Date.from(transport.clock().instant()));
        set(mail, "Message-ID", "<" + messageId(out) + ">");
        // an agent seldom says which mail is answered: then it is the last one, so that every mail program threads it
        String replyTo = out.replyTo() != null || out.references().isEmpty()
                ? out.replyTo()
                : out.references().get(out.references().size() - 1);
        if (replyTo != null && MessageIds.writable(replyTo)) {
            set(mail, "In-Reply-To", "<" + replyTo + ">");
        }
        String references = references(out);
        if (!references.isEmpty()) {
            set(mail, "References", references);
        }
        if (out.automatic()) {
            set(mail, "Auto-Submitted", "auto-replied");
            set(mail, "X-Auto-Response-Suppress", "All");
            set(mail, Automatic.LOOP_HEADER, ids.loop());
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

    private static void set(MimeMessage mail, String name, String value) {
        try {
            mail.setHeader(name, value);
        } catch (MessagingException e) {
            throw new IllegalStateException("a new mail takes any header", e);
        }
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
        List<String> bracketed = new ArrayList<>(all.stream()
                .filter(MessageIds::writable)
                .distinct()
                .map(id -> "<" + id + ">")
                .toList());
        int length = bracketed.stream().mapToInt(id -> id.length() + 1).sum();
        while (length > LONGEST_REFERENCES && bracketed.size() > 2) {
            length -= bracketed.remove(1).length() + 1;
        }
        return String.join("\r\n ", bracketed);
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
                texts.add(new Part.Text(link(media, media.url())));
            } else {
                throw new Unwritable(Reason.UNSUPPORTED, "a mail cannot show a part of this message");
            }
        }
        account.find(EmailSettings.MARKER).ifPresent(marker -> texts.add(0, new Part.Text(marker)));
        MimeBodyPart body = body(texts);
        if (files.isEmpty()) {
            mail.setDataHandler(body.getDataHandler());
            return;
        }
        MimeMultipart mixed = new MimeMultipart("mixed");
        mixed.addBodyPart(body);
        for (MimeBodyPart file : files) {
            mixed.addBodyPart(file);
        }
        mail.setContent(mixed);
    }

    private static String link(Part.Media media, String url) {
        return media.fileName() == null ? url : media.fileName() + ": " + url;
    }

    private static MimeBodyPart body(List<Part.Text> texts) throws MessagingException {
        String plain = texts.stream().map(Part.Text::text).collect(Collectors.joining("\r\n\r\n"));
        MimeBodyPart body = new MimeBodyPart();
        if (texts.stream().allMatch(text -> text.html() == null)) {
            body.setText(plain, "UTF-8");
            return body;
        }
        String html = texts.stream().map(Sender::html).collect(Collectors.joining("\r\n"));
        MimeMultipart forms = new MimeMultipart("alternative");
        MimeBodyPart plainForm = new MimeBodyPart();
        plainForm.setText(plain, "UTF-8");
        forms.addBodyPart(plainForm);
        MimeBodyPart htmlForm = new MimeBodyPart();
        htmlForm.setText("<!DOCTYPE html><html><body>" + html + "</body></html>", "UTF-8", "html");
        forms.addBodyPart(htmlForm);
        body.setContent(forms);
        return body;
    }

    private static String html(Part.Text text) {
        return text.html() == null
                ? "<p>" + org.jsoup.nodes.Entities.escape(text.text()).replace("\n", "<br>") + "</p>"
                : HtmlCleaner.cleanOwn(text.html());
    }

    private MimeBodyPart file(Part.Media media, String id) throws MessagingException, IOException, Unwritable {
        byte[] bytes;
        try (InputStream in = transport.open(id)) {
            bytes = in.readNBytes((int) Email.LARGEST_FILE + 1);
        }
        if (bytes.length > Email.LARGEST_FILE) {
            throw new Unwritable(Reason.TOO_LARGE, "a file is larger than " + Email.LARGEST_FILE + " bytes");
        }
        String type = media.mimeType().matches(MailContent.MIME_TYPE) ? media.mimeType() : "application/octet-stream";
        MimeBodyPart file = new MimeBodyPart();
        file.setDataHandler(new DataHandler(new ByteArrayDataSource(bytes, type)));
        file.setHeader("Content-Transfer-Encoding", "base64");
        String name = media.fileName() == null ? null : SafeText.fileName(media.fileName());
        if (name != null) {
            file.setFileName(name);
        }
        file.setDisposition(media.media() == Part.MediaKind.IMAGE ? "inline" : "attachment");
        return file;
    }

    /** Keeps the Message-ID that it was given. */
    private static final class FixedMessage extends MimeMessage {
        FixedMessage() {
            super(Session.getInstance(new Properties()));
        }

        @Override
        protected void updateMessageID() {
            // it is set already
        }
    }
}
