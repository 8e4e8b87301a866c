// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector.mail;

import io.dragoman.connector.kit.HtmlCleaner;
import io.dragoman.connector.kit.SafeText;
import io.dragoman.model.Part;
import jakarta.activation.DataHandler;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.util.ByteArrayDataSource;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.stream.Collectors;
import org.jsoup.nodes.Entities;

/** Puts texts and files into a mail that is to be sent. */
public final class MailBody {
    /** Some servers refuse long header fields; the oldest and the closest ids are the ones that thread. */
    private static final int LONGEST_REFERENCES = 1_000;

    private MailBody() {}

    /** A new mail, which keeps the Message-ID that it is given. */
    public static MimeMessage mail() {
        return new FixedMessage();
    }

    /** Sets a header field of a new mail. */
    public static void set(MimeMessage mail, String name, String value) {
        try {
            mail.setHeader(name, value);
        } catch (MessagingException e) {
            throw new IllegalStateException("a new mail takes any header", e);
        }
    }

    /** Makes texts and files the content of a mail. */
    public static void fill(MimeMessage mail, List<Part.Text> texts, List<MimeBodyPart> files)
            throws MessagingException {
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

    private static MimeBodyPart body(List<Part.Text> texts) throws MessagingException {
        String plain = texts.stream().map(Part.Text::text).collect(Collectors.joining("\r\n\r\n"));
        MimeBodyPart body = new MimeBodyPart();
        if (texts.stream().allMatch(text -> text.html() == null)) {
            body.setText(plain, "UTF-8");
            return body;
        }
        String html = texts.stream().map(MailBody::html).collect(Collectors.joining("\r\n"));
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
                ? "<p>" + Entities.escape(text.text()).replace("\n", "<br>") + "</p>"
                : HtmlCleaner.cleanOwn(text.html());
    }

    /** A file to be attached. */
    public static MimeBodyPart file(Part.Media media, byte[] bytes) throws MessagingException {
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

    /** A file that is not attached, as a line with its link. */
    public static String link(Part.Media media, String url) {
        return media.fileName() == null ? url : media.fileName() + ": " + url;
    }

    /** The value of a References field; the ids are trimmed in the middle, and empty when there are none. */
    public static String references(List<String> ids) {
        List<String> bracketed = new ArrayList<>(ids.stream()
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

    /** The finished mail as it goes out. */
    public static byte[] bytes(MimeMessage mail) throws MessagingException, IOException {
        mail.saveChanges();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        mail.writeTo(bytes);
        return bytes.toByteArray();
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
