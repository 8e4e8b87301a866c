// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector.mail;

import io.dragoman.connector.kit.SafeText;
import io.dragoman.model.Identity;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One address of a mail's header.
 *
 * @param name the decoded display name; null for none
 * @param address with its domain in lower case
 */
public record MailAddress(@Nullable String name, String address) {
    /** RFC 5321 allows 64 + 1 + 255. */
    private static final int LONGEST = 320;

    private static final int MOST = 500;
    private static final int LONGEST_FIELD = 64 * 1024;

    /** What a person is known by who writes from an address with its domain in lower case. */
    public static Identity identity(String address, boolean verified) {
        return new Identity("email", address, verified);
    }

    /** The part before the at sign. */
    String local() {
        return address.substring(0, address.lastIndexOf('@'));
    }

    public String domain() {
        return address.substring(address.lastIndexOf('@') + 1);
    }

    /** The same address under its own name, or under this one where it has none. */
    MailAddress named(Optional<String> other) {
        return name == null ? new MailAddress(other.orElse(null), address) : this;
    }

    @Override
    public String toString() {
        return "MailAddress[…]";
    }

    /** Whether mail can be sent there: one at sign with something on both sides, nothing that a header would obey. */
    public static boolean valid(String address) {
        int at = address.lastIndexOf('@');
        return at > 0
                && at < address.length() - 1
                && address.length() <= LONGEST
                && address.chars().allMatch(c -> c > ' ' && c != 127 && "<>,;:()[]\\\"".indexOf(c) < 0)
                && address.indexOf('@') == at;
    }

    /** Reads an address list as leniently as it is written. Never throws; what is no address is left out. */
    static List<MailAddress> parse(String raw) {
        return parse(raw, null);
    }

    /**
     * Reads an address list as leniently as it is written. Never throws; what is no address is left out.
     *
     * @param charset of the rest of the mail, for bytes that nothing describes; null for none that is known
     */
    static List<MailAddress> parse(String raw, @Nullable String charset) {
        return List.copyOf(scan(raw, charset).found);
    }

    /** The first display name of an address list, even that of an address that is none. */
    static Optional<String> firstName(String raw, @Nullable String charset) {
        return Optional.ofNullable(scan(raw, charset).firstName);
    }

    private static Scanner scan(String raw, @Nullable String charset) {
        Scanner scanner = new Scanner(charset);
        for (int i = 0; i < Math.min(raw.length(), LONGEST_FIELD) && scanner.found.size() < MOST; i++) {
            scanner.take(raw.charAt(i), i + 1 < raw.length() ? raw.charAt(i + 1) : ' ');
        }
        scanner.finish();
        scanner.remember(scanner.words.toString());
        return scanner;
    }

    /** The state of one pass over an address list. */
    private static final class Scanner {
        private final @Nullable String charset;
        private final List<MailAddress> found = new ArrayList<>();
        private final StringBuilder words = new StringBuilder();
        private final StringBuilder angle = new StringBuilder();
        private final StringBuilder comment = new StringBuilder();
        /** What follows an address in angle brackets: a name that stands behind it, or the next entry. */
        private final StringBuilder tail = new StringBuilder();

        private @Nullable String firstName;
        private boolean quoted;
        private boolean escaped;
        private boolean inAngle;
        private boolean closed;
        private int depth;

        private Scanner(@Nullable String charset) {
            this.charset = charset;
        }

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
                case '<' -> open();
                case '>' -> {
                    closed = inAngle;
                    inAngle = false;
                }
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

        private void open() {
            if (closed && !tail.toString().isBlank() && valid(address(angle.toString()))) {
                String name = tail.toString(); // "Anna <a@x.example> Bert <b@x.example>": a comma is missing
                tail.setLength(0);
                finish();
                words.append(name);
            }
            inAngle = true;
            closed = false;
            angle.setLength(0);
        }

        private StringBuilder target() {
            return depth > 0 ? comment : inAngle ? angle : closed ? tail : words;
        }

        private void finish() {
            String behind = tail.toString();
            tail.setLength(0);
            if (angle.length() == 0) {
                bare();
            } else {
                bracketed(behind);
            }
            angle.setLength(0);
            comment.setLength(0);
            inAngle = false;
            closed = false;
            if (behind.indexOf('@') >= 0) {
                words.append(behind);
                bare();
                words.setLength(0);
            }
        }

        private void bracketed(String behind) {
            String address = address(angle.toString());
            String label = behind.indexOf('@') >= 0 ? words.toString() : words + " " + behind;
            if (valid(address)) {
                add(address, label.isBlank() ? comment.toString() : label);
            } else {
                remember(label.isBlank() ? comment + " " + angle : label);
            }
            words.setLength(0);
        }

        /** Words without brackets: addresses, with a name before the first or in a comment. */
        private void bare() {
            String text = words.toString();
            int known = found.size();
            StringBuilder label = new StringBuilder();
            for (String word :
                    text.indexOf('@') < 0 ? new String[0] : text.trim().split("[\\s,]+")) {
                String address = word.indexOf('@') > 0 && found.size() < MOST ? address(word) : "";
                if (valid(address)) {
                    boolean first = found.size() == known;
                    add(address, !first ? "" : comment.toString().isBlank() ? label.toString() : comment.toString());
                } else {
                    label.append(word).append(' ');
                }
            }
            if (found.size() > known) {
                words.setLength(0);
            } else if (!text.isEmpty() && text.length() < 200) {
                words.append(','); // "Doe, John <j@example.com>" without its quotes
            } else {
                words.setLength(0);
            }
        }

        private void add(String address, String label) {
            String name = name(label);
            boolean none = name.isEmpty() || name.equalsIgnoreCase(address);
            found.add(new MailAddress(none ? null : name, SafeText.address(address)));
            firstName = firstName == null && !none ? name : firstName;
        }

        /** Keeps the name of an entry whose address is none. */
        private void remember(String label) {
            String name = name(label.replaceFirst("[\\s,]{1,200}$", ""));
            firstName = firstName == null && !name.isEmpty() ? name : firstName;
        }

        private String name(String label) {
            return SafeText.line(EncodedWords.decode(label, charset), 200);
        }

        private static String address(String raw) {
            String bare = EncodedWords.decode(raw).trim();
            bare = bare.toLowerCase(Locale.ROOT).startsWith("mailto:") ? bare.substring(7) : bare;
            int route = bare.startsWith("@") ? bare.indexOf(':') : -1;
            return bare.substring(route + 1);
        }
    }
}
