// SPDX-License-Identifier: Apache-2.0
package io.dragoman.model;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * Times as text, ISO 8601 in UTC with milliseconds: {@code 2026-11-21T10:02:11.120Z}. Each message has a dozen of them:
 * by Java's formatter they took a quarter of the time in which its JSON was read and written.
 */
final class UtcText {
    private static final DateTimeFormatter ANY_YEAR = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);
    private static final String FORM = "0000-00-00T00:00:00.000Z";
    private static final long DAY = 86_400_000;

    private UtcText() {}

    static String of(Instant time) {
        long millis = time.toEpochMilli();
        LocalDate date = LocalDate.ofEpochDay(Math.floorDiv(millis, DAY));
        if (date.getYear() < 0 || date.getYear() > 9999) {
            return ANY_YEAR.format(time);
        }
        int inDay = (int) Math.floorMod(millis, DAY);
        char[] text = FORM.toCharArray();
        put(text, 4, date.getYear());
        put(text, 7, date.getMonthValue());
        put(text, 10, date.getDayOfMonth());
        put(text, 13, inDay / 3_600_000);
        put(text, 16, inDay / 60_000 % 60);
        put(text, 19, inDay / 1_000 % 60);
        put(text, 23, inDay % 1_000);
        return String.valueOf(text);
    }

    /** Digits before {@code end}, over the zeros that are there. */
    private static void put(char[] text, int end, int number) {
        int at = end;
        for (int left = number; left > 0; left /= 10) {
            text[--at] = (char) ('0' + left % 10);
        }
    }

    /**
     * Reads what {@link #of} wrote, and any other ISO 8601 time in UTC.
     *
     * @throws java.time.format.DateTimeParseException when it is none
     */
    static Instant parse(String text) {
        for (int i = 0; i < FORM.length(); i++) {
            char wanted = FORM.charAt(i);
            char found = text.length() == FORM.length() ? text.charAt(i) : ' ';
            if (wanted == '0' ? found < '0' || found > '9' : found != wanted) {
                return Instant.parse(text);
            }
        }
        int month = number(text, 5, 7);
        int day = number(text, 8, 10);
        int hour = number(text, 11, 13);
        int minute = number(text, 14, 16);
        int second = number(text, 17, 19);
        if (month < 1 || month > 12 || day < 1 || day > 28 || hour > 23 || minute > 59 || second > 59) {
            return Instant.parse(text); // it knows how long each month is
        }
        long days = LocalDate.of(number(text, 0, 4), month, day).toEpochDay();
        long inDay = hour * 3_600_000L + minute * 60_000L + second * 1_000L + number(text, 20, 23);
        return Instant.ofEpochMilli(days * DAY + inDay);
    }

    private static int number(String text, int from, int to) {
        int number = 0;
        for (int i = from; i < to; i++) {
            number = number * 10 + text.charAt(i) - '0';
        }
        return number;
    }
}
