// SPDX-License-Identifier: Apache-2.0
package io.dragoman.simulator.mail;

import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.util.Optional;

/** One mail as a mailbox shows it. */
public record Mail(MimeMessage message) {
    /** The first value of a header, unfolded; empty when it is not there. */
    public String header(String name) {
        try {
            return Optional.ofNullable(message.getHeader(name, null))
                    .map(value -> value.replaceAll("\\r?\\n[ \\t]+", " "))
                    .orElse("");
        } catch (MessagingException e) {
            throw new IllegalStateException(e);
        }
    }

    public String messageId() {
        return header("Message-ID");
    }

    public String subject() {
        try {
            return Optional.ofNullable(message.getSubject()).orElse("");
        } catch (MessagingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The plain text, without white space at its end. */
    public String text() {
        try {
            return text(message).strip();
        } catch (MessagingException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String text(Part part) throws MessagingException, IOException {
        if (part.isMimeType("text/plain")) {
            return String.valueOf(part.getContent()).replace("\r\n", "\n");
        }
        if (part.getContent() instanceof Multipart parts) {
            for (int i = 0; i < parts.getCount(); i++) {
                String text = text(parts.getBodyPart(i));
                if (!text.isEmpty()) {
                    return text;
                }
            }
        }
        return "";
    }

    @Override
    public String toString() {
        return "Mail[…]";
    }
}
