// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector.mail;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The notice that Courier's POP3 server gives out instead of a mail with raw 8-bit bytes in its header, to a reader that
 * did not ask for {@code UTF8}: from the postmaster, with the mail inside as message/global (RFC 6856 §2.1 leaves the
 * form to the server). {@link Pop3Answers} asks; this is for a server that refuses, and for mails stored before.
 */
final class CourierNotice {
    private static final String SUBJECT = "cannot display unicode content";

    private CourierNotice() {}

    /** The mail inside; empty for any other mail, one that somebody passes on as a file included. */
    static Optional<byte[]> mailIn(MimePart root) {
        String subject = root.headers().text("subject").orElse("").toLowerCase(Locale.ROOT);
        boolean server = root.headers().addresses("from").stream()
                        .anyMatch(from -> from.local().equalsIgnoreCase("postmaster"))
                || root.headers()
                        .raw("from")
                        .orElse("")
                        .toLowerCase(Locale.ROOT)
                        .contains("postmaster");
        if (!server || !subject.contains(SUBJECT)) {
            return Optional.empty();
        }
        List<MimePart> mails = root.is("message/global")
                ? List.of(root)
                : root.children().stream()
                        .filter(part -> part.is("message/global") || part.is("message/rfc822"))
                        .toList();
        return mails.size() == 1
                ? Optional.of(mails.get(0).content(Integer.MAX_VALUE)).filter(bytes -> bytes.length > 0)
                : Optional.empty();
    }
}
