// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector.mail;

/** Finds {@code {123}} at the end of a line of IMAP, which announces that many bytes (RFC 3501 §4.3). */
final class LiteralMark {
    private enum Seen {
        NOTHING,
        BRACE,
        NUMBER,
        CLOSED,
        RETURN,
        ALL
    }

    private Seen seen = Seen.NOTHING;
    private long number;

    void next(byte one) {
        if (one == '{') {
            number = 0;
            seen = Seen.BRACE;
        } else if (one >= '0' && one <= '9' && (seen == Seen.BRACE || seen == Seen.NUMBER)) {
            number = Math.min(number * 10 + one - '0', Integer.MAX_VALUE);
            seen = Seen.NUMBER;
        } else if (one == '}' && seen == Seen.NUMBER) {
            seen = Seen.CLOSED;
        } else if (one == '\r' && seen == Seen.CLOSED) {
            seen = Seen.RETURN;
        } else {
            seen = one == '\n' && seen == Seen.RETURN ? Seen.ALL : Seen.NOTHING;
        }
    }

    /** Whether the line that just ended announces something. */
    boolean isThere() {
        return seen == Seen.ALL;
    }

    /** How many bytes; a number that is too large for the library is the largest. */
    long announced() {
        return number;
    }
}
