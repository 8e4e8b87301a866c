// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector.mail;

import io.dragoman.model.Hashes;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;

/**
 * What makes a second copy of a mail recognisable: a hash of what its writer's side fixed, namely Message-ID, Date,
 * From, Subject and body. Not where it stands in the mailbox, since a server may number its mails anew; not the whole
 * mail, since servers add fields and change line ends; and not the Message-ID alone, which the sender chooses, so that
 * a reused one would hide a different mail. A mail without a Message-ID also counts its Received fields: a form that
 * sends the same text twice sends two mails.
 */
public final class EventKey {
    private EventKey() {}

    public static String of(MimePart mail) {
        MessageDigest digest = Hashes.sha256();
        MimeHeaders headers = mail.headers();
        for (String name : List.of("message-id", "date", "from", "subject")) {
            add(digest, headers.all(name));
        }
        if (!headers.has("message-id")) {
            add(digest, headers.all("received"));
        }
        addBody(digest, mail);
        return "mail:" + HexFormat.of().formatHex(digest.digest());
    }

    /** For what could not be fetched: all that is known is where it stands. */
    public static String of(String place) {
        return "mail:" + Hashes.sha256Hex(place);
    }

    /** A digest of the whole mail, for one without an id. */
    public static String digest(byte[] raw) {
        return HexFormat.of().formatHex(Hashes.sha256(raw), 0, 20);
    }

    private static void add(MessageDigest digest, List<String> values) {
        for (String value : values) {
            String flat = value.replaceAll("\\s+", " ").trim();
            digest.update((flat.length() + ":" + flat).getBytes(StandardCharsets.UTF_8));
        }
        digest.update((byte) '\n');
    }

    /** Carriage returns and line breaks at the end do not count. */
    private static void addBody(MessageDigest digest, MimePart mail) {
        byte[] raw = mail.raw();
        int end = mail.end();
        while (end > mail.start() && (raw[end - 1] == '\n' || raw[end - 1] == '\r')) {
            end--;
        }
        int from = mail.start();
        for (int i = mail.start(); i < end; i++) {
            if (raw[i] == '\r') {
                digest.update(raw, from, i - from);
                from = i + 1;
            }
        }
        digest.update(raw, Math.min(from, end), Math.max(0, end - from));
    }
}
