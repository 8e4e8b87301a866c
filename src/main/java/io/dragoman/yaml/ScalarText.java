// SPDX-License-Identifier: Apache-2.0
package io.dragoman.yaml;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** How a text is written in YAML so that it is read as the same text wherever it stands. */
final class ScalarText {
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_./+-]*");

    /** Words that other readers of YAML take for something else than a text; ours only the first. */
    private static final Set<String> WORDS = Set.of("null", "yes", "no", "on", "off", "y", "n");

    private ScalarText() {}

    static String of(String text) {
        if (PLAIN.matcher(text).matches() && !WORDS.contains(text.toLowerCase(Locale.ROOT))) {
            return text;
        }
        StringBuilder quoted = new StringBuilder("\"");
        text.codePoints().forEach(point -> quoted.append(written(point)));
        return quoted.append('"').toString();
    }

    private static String written(int point) {
        return switch (point) {
            case '"' -> "\\\"";
            case '\\' -> "\\\\";
            case '\n' -> "\\n";
            case '\r' -> "\\r";
            case '\t' -> "\\t";
            default ->
                isShown(point)
                        ? Character.toString(point)
                        : String.format(Locale.ROOT, point > 0xFFFF ? "\\U%08X" : "\\u%04X", point);
        };
    }

    /** Control characters, separators of lines and halves of pairs are written as numbers. */
    private static boolean isShown(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE,
                    Character.UNASSIGNED,
                    Character.PRIVATE_USE -> false;
            default -> true;
        };
    }
}
