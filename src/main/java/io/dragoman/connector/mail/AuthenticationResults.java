// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector.mail;

import java.util.Locale;

/** What our own mail server found out about a mail's sender (RFC 8601). */
public final class AuthenticationResults {
    private AuthenticationResults() {}

    /**
     * Whether our server vouches for the sender's domain. Only its topmost field counts: whatever stands below may
     * have come with the mail.
     *
     * @param server the authserv-id that our server writes
     * @param domain of the sender's address
     */
    public static boolean pass(MimeHeaders headers, String server, String domain) {
        for (String field : headers.all("authentication-results")) {
            String[] clauses = uncommented(field).toLowerCase(Locale.ROOT).split(";");
            String id = clauses[0].trim().split("\\s+")[0];
            if (id.equals(server.toLowerCase(Locale.ROOT))) {
                return passes(clauses, domain.toLowerCase(Locale.ROOT));
            }
        }
        return false;
    }

    private static boolean passes(String[] clauses, String domain) {
        for (int i = 1; i < clauses.length; i++) {
            String[] words = clauses[i].trim().split("\\s+");
            if (words[0].equals("dmarc=pass")) {
                for (String word : words) {
                    if (word.startsWith("header.from=") && !word.substring(12).equals(domain)) {
                        return false;
                    }
                }
                return true;
            }
        }
        return false;
    }

    /** Without comments, in which anything may stand. */
    private static String uncommented(String field) {
        StringBuilder text = new StringBuilder();
        int depth = 0;
        for (int i = 0; i < field.length(); i++) {
            char c = field.charAt(i);
            depth += c == '(' ? 1 : 0;
            if (depth == 0) {
                text.append(c);
            }
            depth -= c == ')' && depth > 0 ? 1 : 0;
        }
        return text.toString();
    }
}
