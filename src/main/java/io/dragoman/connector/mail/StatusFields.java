// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector.mail;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The fields of a delivery status report about one recipient (RFC 3464), wherever they stand.
 *
 * @param action in lower case; empty where it is missing
 * @param status as it stands; empty where it is missing
 * @param said the answer of the server that refused the mail; empty where it is missing
 * @param recipient empty where none is named
 */
record StatusFields(String action, String status, String said, String recipient) {
    private static final int MOST = 100;

    /** Some gateways indent the fields in their text, or quote them. */
    private static final Pattern INDENT = Pattern.compile(
            "(?im)^[ \\t>|]{1,20}(?=(final-recipient|original-recipient|action|status|diagnostic-code)[ \\t]{0,4}:)");

    /** The groups of fields of a text, one for each recipient. Linear: each paragraph is read once. */
    static List<StatusFields> in(String text) {
        byte[] bytes = INDENT.matcher(text).replaceAll("").getBytes(StandardCharsets.ISO_8859_1);
        List<StatusFields> groups = new ArrayList<>();
        int from = 0;
        while (from < bytes.length && groups.size() < MOST) {
            int to = from;
            int next = MimeHeaders.nextLine(bytes, to, bytes.length);
            while (to < bytes.length && MimeHeaders.lineEnd(bytes, to, next) > to) {
                to = next;
                next = MimeHeaders.nextLine(bytes, to, bytes.length);
            }
            if (to > from) {
                groups.addAll(of(MimeHeaders.read(bytes, from, to)));
            }
            from = Math.max(to, next);
        }
        return groups;
    }

    /** The group that a header is, in a part whose own header is missing; empty for any other header. */
    static List<StatusFields> of(MimeHeaders fields) {
        boolean named = fields.has("final-recipient");
        boolean group = (fields.has("action") && (fields.has("status") || named))
                || (named && (fields.has("status") || fields.has("diagnostic-code")))
                || !BounceReason.enhanced(fields.raw("status").orElse("")).isEmpty();
        if (!group) {
            return List.of();
        }
        String recipient = fields.raw("final-recipient")
                .or(() -> fields.raw("original-recipient"))
                .or(() -> fields.raw("x-actual-recipient"))
                .orElse("");
        return List.of(new StatusFields(
                fields.field("action").value().toLowerCase(Locale.ROOT),
                fields.raw("status").orElse(""),
                fields.raw("diagnostic-code").orElse(""),
                bare(recipient)));
    }

    private static String bare(String recipient) {
        String address = recipient.substring(recipient.indexOf(';') + 1).replaceAll("[<>\\s]", "");
        return MailAddress.valid(address) ? address : "";
    }
}
