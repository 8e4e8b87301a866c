// SPDX-License-Identifier: Apache-2.0
package io.dragoman.desk.email;

import io.dragoman.connector.Account;
import io.dragoman.connector.Outbound.ToDesk;
import io.dragoman.connector.Outcome;
import io.dragoman.connector.Transport;
import io.dragoman.connector.TransportFailure;
import io.dragoman.connector.kit.FileText;
import io.dragoman.connector.kit.SafeText;
import io.dragoman.connector.mail.Automatic;
import io.dragoman.connector.mail.EmailSettings;
import io.dragoman.connector.mail.ErrorTable;
import io.dragoman.connector.mail.MailApi;
import io.dragoman.connector.mail.MailBody;
import io.dragoman.connector.mail.OwnIds;
import io.dragoman.connector.mail.SendMethod;
import io.dragoman.model.Conversation;
import io.dragoman.model.DeskNotice;
import io.dragoman.model.Message;
import io.dragoman.model.Part;
import io.dragoman.model.Reason;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Optional;

/**
 * Writes to the helpdesk as the customer: one mail a notice, whose Message-ID follows from the delivery's key, so that a
 * second attempt is the same mail. No header says that a program wrote it, or the helpdesk would not take it for a
 * customer's.
 */
final class NoticeMail {
    private static final int LONGEST_TITLE = 120;

    /** In place of the room for files: they are not to be sent. */
    private static final long REFUSED = -1;

    private final Account account;
    private final Transport transport;
    private final OwnIds ids;

    NoticeMail(Account account, Transport transport) {
        this.account = account;
        this.transport = transport;
        this.ids = new OwnIds(account);
    }

    Outcome send(ToDesk told) {
        DeskNotice notice = told.notice();
        MailThread thread = MailThread.of(told.kept());
        boolean opens =
                notice.type() == DeskNotice.Type.MESSAGE_RECEIVED || notice.type() == DeskNotice.Type.MESSAGE_SENT;
        if (!NoticeWords.isWorthAMail(notice)) {
            return new Outcome.Sent(null);
        }
        if (!thread.isOpen() && !opens) {
            return new Outcome.Sent(
                    null,
                    List.of("The helpdesk was not sent " + notice.type().word() + ": it has no ticket for it yet."));
        }
        Optional<String> address =
                new ConversationAddress(account).of(notice.data().conversation().id());
        if (address.isEmpty()) {
            return new Outcome.Refused(Reason.UNSUPPORTED, "the conversation's id makes no address");
        }
        try {
            return sendWithFiles(told, thread, address.get());
        } catch (TransportFailure e) {
            return Outcome.of(e);
        } catch (IOException | MessagingException e) {
            return new Outcome.Refused(Reason.CONTENT_REFUSED, "the notice cannot be written as a mail");
        }
    }

    /** A mail that is refused with files in it is sent once more, with their links: few servers say what they refuse. */
    private Outcome sendWithFiles(ToDesk told, MailThread thread, String address)
            throws TransportFailure, IOException, MessagingException {
        long room = account.get(EmailDeskSettings.LARGEST_FILES) * 1_000_000L;
        Content content = content(told.notice(), room);
        Outcome outcome = send(told, thread, address, content);
        boolean mayBeForFiles = outcome instanceof Outcome.Refused refused
                && !content.files().isEmpty()
                && (refused.reason() == Reason.TOO_LARGE || refused.reason() == Reason.CONTENT_REFUSED);
        return mayBeForFiles ? send(told, thread, address, content(told.notice(), REFUSED)) : outcome;
    }

    private Outcome send(ToDesk told, MailThread thread, String address, Content content)
            throws TransportFailure, IOException, MessagingException {
        Conversation conversation = told.notice().data().conversation();
        String domain = address.substring(address.lastIndexOf('@') + 1);
        String id = ids.messageId(conversation.id(), told.key(), domain);
        String title = thread.isOpen() ? thread.subject() : title(told.notice());
        MimeMessage mail = MailBody.mail();
        headers(mail, told.notice(), address, id);
        mail.setSubject(title, "UTF-8");
        String references = MailBody.references(thread.references());
        if (!references.isEmpty()) {
            MailBody.set(mail, "In-Reply-To", last(thread));
            MailBody.set(mail, "References", references);
        }
        String text =
                content.paragraphs().isEmpty() ? "[A message without text]" : String.join("\n\n", content.paragraphs());
        MailBody.fill(mail, List.of(new Part.Text(text.replace("\n", "\r\n"))), content.files());
        Outcome outcome = handOver(MailBody.bytes(mail), address, id);
        return outcome instanceof Outcome.Sent
                ? new Outcome.Sent(null, content.losses()).keeping(thread.after(id, title))
                : outcome;
    }

    private static String last(MailThread thread) {
        List<String> all = thread.references();
        return "<" + all.get(all.size() - 1) + ">";
    }

    private Outcome handOver(byte[] mail, String address, String id) throws TransportFailure {
        if (account.get(EmailSettings.SENDING) != SendMethod.SMTP) {
            return MailApi.send(account, mail, id, transport);
        }
        String to = account.get(EmailDeskSettings.DESK_ADDRESS);
        String from = isFixed() ? account.get(EmailDeskSettings.ADDRESS) : address;
        return ErrorTable.outcome(EmailSettings.SMTP.of(account).handOver(transport, from, List.of(to), mail), id);
    }

    private boolean isFixed() {
        return account.get(EmailDeskSettings.FROM) == EmailDeskSettings.From.FIXED;
    }

    private void headers(MimeMessage mail, DeskNotice notice, String address, String id)
            throws IOException, MessagingException {
        String from = isFixed() ? account.get(EmailDeskSettings.ADDRESS) : address;
        mail.setFrom(new InternetAddress(from, name(notice.data()), "UTF-8"));
        mail.setRecipient(
                MimeMessage.RecipientType.TO, new InternetAddress(account.get(EmailDeskSettings.DESK_ADDRESS), false));
        if (isFixed()) {
            MailBody.set(mail, "Reply-To", address);
        }
        mail.setSentDate(Date.from(transport.clock().instant()));
        MailBody.set(mail, "Message-ID", "<" + id + ">");
        MailBody.set(
                mail,
                "X-Dragoman-Conversation",
                SafeText.line(notice.data().conversation().id(), 100));
        MailBody.set(mail, Automatic.LOOP_HEADER, ids.loop());
        if (account.get(EmailDeskSettings.PRODUCT) == HelpdeskProduct.ZAMMAD) {
            MailBody.set(mail, "X-Auto-Response-Suppress", "All"); // it asks for no answer, and counts all the same
        }
    }

    /** The customer with where they write, such as {@code Ana (whatsapp)}. */
    private static String name(DeskNotice.Data data) {
        String name = data.contact().name();
        String who = name == null || name.isBlank() ? data.conversation().address() : name;
        return SafeText.line(who, 100) + " (" + data.conversation().kind() + ")";
    }

    private static String title(DeskNotice notice) {
        String subject = notice.data().conversation().subject();
        Message message = notice.data().message();
        String said = subject != null ? subject : message == null ? "" : NoticeWords.text(message.parts());
        String line = SafeText.line(said.strip().lines().findFirst().orElse(""), LONGEST_TITLE);
        return line.isBlank() ? "Message from " + name(notice.data()) : line;
    }

    /**
     * What a mail says.
     *
     * @param losses what of the notice is not in it, as sentences
     */
    private record Content(List<String> paragraphs, List<MimeBodyPart> files, List<String> losses) {
        @Override
        public String toString() {
            return "Content[" + files.size() + " files]";
        }
    }

    /**
     * Files go with the mail as long as there is room; what is beyond, or not there yet, is a link that expires.
     *
     * @param room in bytes; {@link #REFUSED} where the mail server has refused them
     */
    private Content content(DeskNotice notice, long room) throws MessagingException {
        Content content = new Content(new ArrayList<>(NoticeWords.of(notice)), new ArrayList<>(), new ArrayList<>());
        Message message = notice.data().message();
        boolean shows = message != null
                && notice.type() != DeskNotice.Type.DELIVERY_UPDATED
                && notice.type() != DeskNotice.Type.MESSAGE_DELETED;
        long left = room;
        for (Part part : shows && message != null ? message.parts() : List.<Part>of()) {
            for (Part.Media media : part.attachments()) {
                Optional<byte[]> bytes = media.missing() == null ? bytes(media, left) : Optional.empty();
                if (bytes.isPresent()) {
                    left -= bytes.get().length;
                    content.files().add(MailBody.file(media, bytes.get()));
                } else {
                    tell(media, room == REFUSED, content);
                }
            }
        }
        return content;
    }

    /** What stands in place of a file. */
    private static void tell(Part.Media media, boolean refused, Content content) {
        if (media.missing() != null) {
            content.paragraphs().add("[" + FileText.missing(media) + "]");
            return;
        }
        String url = media.url();
        if (refused) {
            content.paragraphs()
                    .add("[" + FileText.title(media) + ": the mail server did not take this file"
                            + (url == null ? ", which has no link.]" : ".]"));
            content.losses().add("The helpdesk's mail server did not take a file.");
        }
        if (url != null) {
            content.paragraphs().add(MailBody.link(media, url));
        } else if (!refused) {
            content.losses().add("A file was not sent to the helpdesk: it is not stored and has no link.");
        }
    }

    private Optional<byte[]> bytes(Part.Media media, long room) {
        String id = media.id();
        if (room == REFUSED || id == null || (media.size() != null && media.size() > room)) {
            return Optional.empty();
        }
        try (InputStream in = transport.open(id)) {
            byte[] bytes = in.readNBytes((int) room + 1);
            return bytes.length > room ? Optional.empty() : Optional.of(bytes);
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
