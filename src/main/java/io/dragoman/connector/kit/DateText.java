// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector.kit;

import java.util.regex.Pattern;

/** Dates as mail programs write them above a quote, told by their digits alone: in any language, script and calendar. */
public final class DateText {
    /** A year of the Gregorian, the Buddhist, the Persian or the Islamic calendar. */
    private static final Pattern YEAR =
            Pattern.compile("(?<![\\d.,])(19[5-9]\\d|20\\d\\d|21[0-4]\\d|2[56]\\d\\d|1[34]\\d\\d)(?!\\d)");

    private static final Pattern SHORT = Pattern.compile("(?<!\\d)\\d{1,4}([./-]) ?\\d{1,2}\\1 ?\\d{1,4}(?!\\d)");
    private static final Pattern TIME = Pattern.compile("(?<![\\d:.,])\\d{1,2} ?[:∶：hH時时點点시] ?\\d{2}(?!\\d)");

    /** Finnish, Danish, Indonesian and others write 10.05. */
    private static final Pattern DOTTED_TIME =
            Pattern.compile("(?<![\\d.,])[0-2]?\\d\\.[0-5]\\d(\\.[0-5]\\d)?(?![\\d.])");

    private static final Pattern GROUP = Pattern.compile("\\d{1,4}");

    private DateText() {}

    /** Whether a text holds a date: a day with a year or a time. */
    public static boolean isIn(String text) {
        return text.chars().anyMatch(Character::isDigit) && isInDigits(digits(text));
    }

    /** Whether a text holds a date and a time of day. */
    public static boolean withTimeIn(String text) {
        if (!isIn(text)) {
            return false;
        }
        String digits = digits(text);
        return (TIME.matcher(digits).find()
                || (DOTTED_TIME.matcher(digits).find()
                        && (YEAR.matcher(digits).find() || SHORT.matcher(digits).find())));
    }

    private static boolean isInDigits(String digits) {
        long groups = GROUP.matcher(digits).results().limit(4).count();
        return SHORT.matcher(digits).find()
                || (groups >= 2 && YEAR.matcher(digits).find())
                || (groups >= 3 && TIME.matcher(digits).find());
    }

    /** A text with the digits of every script as 0 to 9, and without the marks that only tell a direction. */
    private static String digits(String text) {
        StringBuilder digits = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            int value = c < 128 ? -1 : Character.isDigit(c) ? Character.digit(c, 10) : -1;
            if (value >= 0) {
                digits.append(value);
            } else if (Character.getType(c) != Character.FORMAT) {
                digits.appendCodePoint(c);
            }
        });
        return digits.toString();
    }
}
