// SPDX-License-Identifier: Apache-2.0
package io.dragoman.rules.text;

import io.dragoman.model.UnicodeText;
import java.util.Collection;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** How explanations quote values. */
public final class QuotedText {
    private static final int LONGEST = 60;
    /** A cut looks at the code point behind it. */
    private static final int BEYOND = 2;

    private QuotedText() {}

    /** A value in quotes, on one line, cut when long. */
    public static String quote(String value) {
        String line = oneLine(value, LONGEST);
        return "'" + line + (oneLine(value, 2 * LONGEST).length() > line.length() ? "…" : "") + "'";
    }

    /** Values in quotes, separated by commas. */
    public static String quote(Collection<String> values) {
        return values.stream().map(QuotedText::quote).collect(Collectors.joining(", "));
    }

    /** A condition as written: a key and its values. */
    public static String label(String key, Collection<String> values) {
        return key + ": " + oneLine(String.join(", ", values), 200);
    }

    /** A text with every run of white space and control characters as one blank, cut at {@code longest}. */
    public static String oneLine(String text, int longest) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < text.length() && line.length() < longest + BEYOND; ) {
            int point = text.codePointAt(i);
            i += Character.charCount(point);
            boolean blank = Character.isWhitespace(point) || Character.isISOControl(point);
            if (!blank) {
                line.appendCodePoint(point);
            } else if (line.length() > 0 && line.charAt(line.length() - 1) != ' ') {
                line.append(' ');
            }
        }
        return UnicodeText.cut(line.toString(), longest).strip();
    }

    /** A text, or the empty one for none. */
    public static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }
}
