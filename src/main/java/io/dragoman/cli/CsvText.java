// SPDX-License-Identifier: Apache-2.0
package io.dragoman.cli;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Lines of CSV as RFC 4180 has them. A text that a spreadsheet would take for a formula gets an apostrophe before it
 * (OWASP, CSV Injection), for tags and teams can hold what a customer wrote; control characters become blanks.
 */
final class CsvText {
    private static final String FORMULA = "=+-@＝＋－＠";

    private CsvText() {}

    /** A line with its end; null is an empty cell. */
    static String line(@Nullable Object... cells) {
        return Arrays.stream(cells).map(CsvText::cell).collect(Collectors.joining(",", "", "\r\n"));
    }

    private static String cell(@Nullable Object value) {
        if (value == null) {
            return "";
        } else if (value instanceof Double number) {
            return BigDecimal.valueOf(number).toPlainString();
        }
        return value instanceof String text ? "\"" + guarded(text).replace("\"", "\"\"") + "\"" : value.toString();
    }

    private static String guarded(String text) {
        StringBuilder clean = new StringBuilder(text.length());
        text.codePoints().forEach(c -> clean.appendCodePoint(Character.isISOControl(c) ? ' ' : c));
        boolean formula = clean.codePoints().filter(CsvText::isVisible).limit(1).anyMatch(c -> FORMULA.indexOf(c) >= 0);
        return formula ? "'" + clean : clean.toString();
    }

    private static boolean isVisible(int c) {
        return !Character.isWhitespace(c) && !Character.isSpaceChar(c) && Character.getType(c) != Character.FORMAT;
    }
}
