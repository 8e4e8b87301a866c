// SPDX-License-Identifier: Apache-2.0
package io.dragoman.app.explain;

import io.dragoman.model.UnicodeText;
import java.util.StringJoiner;

/** Text for a terminal of 100 columns. What came from outside loses its control characters. Not thread-safe. */
public final class TerminalText {
    private static final int WIDTH = 100;

    private final StringJoiner text = new StringJoiner("\n", "", "\n");

    /** Adds a line, broken at blanks and indented like its start where it is too long. */
    public TerminalText add(int indent, String line) {
        String rest = clean(line).strip();
        String margin = " ".repeat(indent);
        boolean first = true;
        while (true) {
            String prefix = first ? margin : margin + "  ";
            int room = WIDTH - prefix.length();
            if (rest.length() <= room) {
                text.add(prefix + rest);
                return this;
            }
            int cut = rest.lastIndexOf(' ', room);
            if (cut <= 0) {
                cut = UnicodeText.cut(rest, room).length();
            }
            text.add(prefix + rest.substring(0, cut).stripTrailing());
            rest = rest.substring(cut).strip();
            first = false;
        }
    }

    /** Adds a line as it is. */
    public TerminalText raw(String line) {
        text.add(clean(line).stripTrailing());
        return this;
    }

    /** A text cut to a number of columns. */
    public static String cut(String text, int most) {
        String clean = clean(text);
        if (clean.codePointCount(0, clean.length()) <= most) {
            return clean;
        }
        return UnicodeText.cut(clean, clean.offsetByCodePoints(0, most - 1)) + "…";
    }

    /** Neither line ends nor what a terminal would obey. */
    static String clean(String text) {
        StringBuilder clean = new StringBuilder(text.length());
        text.codePoints()
                .forEach(c -> clean.appendCodePoint(
                        Character.isISOControl(c) || (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069)
                                ? ' '
                                : c));
        return clean.toString();
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
