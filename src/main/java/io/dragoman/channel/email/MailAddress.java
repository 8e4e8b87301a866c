// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.email;

import io.dragoman.connector.kit.SafeText;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One address of a mail's header.
 *
 * @param name the decoded display name; null for none
 * @param address with its domain in lower case
 */
record MailAddress(@Nullable String name, String address) {
    /** RFC 5321 allows 64 + 1 + 255. */
    private static final int LONGEST = 320;

    private static final int MOST = 500;
    private static final int LONGEST_FIELD = 64 * 1024;

    /** The part before the at sign. */
    String local() {
        return address.substring(0, address.lastIndexOf('@'));
    }

    String domain() {
        return address.substring(address.lastIndexOf('@') + 1);
    }

    @Override
    public String toString() {
        return "MailAddress[…]";
    }

    /** Whether mail can be sent there: one at sign with something on both sides, nothing that a header would obey. */
    static boolean valid(String address) {
        int at = address.lastIndexOf('@');
        return at > 0
                && at < address.length() - 1
                && address.length() <= LONGEST
                && address.chars().allMatch(c -> c > ' ' && c != 127 && "<>,;:()[]\\\"".indexOf(c) < 0)
                && address.indexOf('@') == at;
    }

    /** Reads an address list as leniently as it is written. Never throws; what is no address is left out. */
    static List<MailAddress> parse(String raw) {
        Scanner scanner = new Scanner();
        for (int i = 0; i < Math.min(raw.length(), LONGEST_FIELD) && scanner.found.size() < MOST; i++) {
            scanner.take(raw.charAt(i), i + 1 < raw.length() ? raw.charAt(i + 1) : ' ');
        }
        scanner.finish();
        return List.copyOf(scanner.found);
    }

    /** The state of one pass over an address list. */
    private static final class Scanner {
        private final List<MailAddress> found = new ArrayList<>();
        private final StringBuilder words = new StringBuilder();
        private final StringBuilder angle = new StringBuilder();
        private final StringBuilder comment = new StringBuilder();
        private boolean quoted;
        private boolean escaped;
        private boolean inAngle;
        private int depth;

        private void take(char c, char next) {
            if (escaped) {
                escaped = false;
                target().append(c);
            } else if (quoted || depth > 0) {
                inside(c, next);
            } else {
                outside(c);
            }
        }

        private void inside(char c, char next) {
            if (c == '\\' && "\"\\()".indexOf(next) >= 0) {
                escaped = true;
            } else if (quoted && c == '"') {
                quoted = false;
            } else if (depth > 0 && c == '(') {
                depth++;
            } else if (depth > 0 && c == ')') {
                depth--;
            } else {
                target().append(c);
            }
        }

        private void outside(char c) {
            switch (c) {
                case '"' -> quoted = true;
                case '(' -> depth = 1;
                case '<' -> {
                    inAngle = true;
                    angle.setLength(0);
                }
                case '>' -> inAngle = false;
                case ',', ';' -> finish();
                case ':' -> {
                    if (inAngle || words.indexOf("@") >= 0) {
                        target().append(c);
                    } else {
                        words.setLength(0); // a group's name
                    }
                }
                default -> target().append(c);
            }
        }

        private StringBuilder target() {
            return depth > 0 ? comment : inAngle ? angle : words;
        }

        private void finish() {
            boolean bare = angle.length() == 0;
            String address = bare ? lastWordWithAt(words.toString()) : address(angle.toString());
            if (valid(address)) {
                String label = bare ? comment.toString() : words.toString();
                String name = SafeText.line(EncodedWords.decode(label.isBlank() ? comment.toString() : label), 200);
                found.add(new MailAddress(
                        name.isEmpty() || name.equalsIgnoreCase(address) ? null : name, SafeText.address(address)));
                words.setLength(0);
            } else if (bare && words.length() > 0 && words.length() < 200) {
                words.append(','); // "Doe, John <j@example.com>" without its quotes
            } else {
                words.setLength(0);
            }
            angle.setLength(0);
            comment.setLength(0);
            inAngle = false;
        }

        private static String lastWordWithAt(String text) {
            String found = "";
            if (text.indexOf('@') < 0) {
                return found;
            }
            for (String word : text.trim().split("[\\s,]+")) {
                found = word.indexOf('@') > 0 ? word : found;
            }
            return address(found);
        }

        private static String address(String raw) {
            String bare = EncodedWords.decode(raw).trim();
            bare = bare.toLowerCase(Locale.ROOT).startsWith("mailto:") ? bare.substring(7) : bare;
            int route = bare.startsWith("@") ? bare.indexOf(':') : -1;
            return bare.substring(route + 1);
        }
    }
}
