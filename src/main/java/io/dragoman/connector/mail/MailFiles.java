// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector.mail;

import io.dragoman.connector.Account;
import io.dragoman.connector.Outcome;
import io.dragoman.connector.Request;
import io.dragoman.connector.Transport;
import io.dragoman.connector.kit.SizeText;
import io.dragoman.model.Part;
import io.dragoman.model.Reason;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Optional;

/** Takes files out of the mail that they came with: nothing has to be fetched from anywhere. */
public final class MailFiles {
    private MailFiles() {}

    /** Stores the bytes of a file that {@link MailContent} named. */
    public static Outcome fetch(Account account, Part.Media media, Request origin, Transport transport) {
        String source = media.source() == null ? "" : media.source();
        byte[] bytes;
        int largest = account.get(EmailSettings.LARGEST) * 1_000_000;
        if (source.equals("raw")) {
            bytes = origin.body();
        } else {
            String path = source.startsWith("part:") ? source.substring(5) : "none";
            Optional<MimePart> part = MimeReader.read(origin.body()).root().at(path);
            if (part.isEmpty()) {
                return new Outcome.Refused(Reason.MEDIA_REFUSED, "the mail has no such part");
            }
            bytes = part.get().content(largest + 1);
        }
        if (bytes.length > largest) {
            return new Outcome.Refused(Reason.TOO_LARGE, "the part is larger than " + SizeText.of(largest));
        }
        try {
            return new Outcome.Fetched(
                    transport.keep(new ByteArrayInputStream(bytes), media.mimeType()), media.fileName());
        } catch (IOException e) {
            return new Outcome.Retry(Reason.PROVIDER_DOWN, "the part cannot be stored");
        }
    }
}
