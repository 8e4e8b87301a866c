// SPDX-License-Identifier: Apache-2.0
package io.dragoman.rules.hours;

import io.dragoman.rules.text.QuotedText;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** How explanations tell a time. */
public final class TimeText {
    private static final DateTimeFormatter FORMAT = DateTimeFormatter.ofPattern("EEE yyyy-MM-dd HH:mm", Locale.ENGLISH);

    private TimeText() {}

    /** A time by the clock of these hours, and what day that is. */
    public static String at(Instant now, Hours hours) {
        String holiday = hours.holiday(now)
                .map(name -> name.isEmpty() ? ", a holiday" : ", holiday " + QuotedText.quote(name))
                .orElse("");
        try {
            return FORMAT.format(now.atZone(hours.zone())) + " " + hours.zone() + holiday;
        } catch (DateTimeException e) {
            return now + holiday;
        }
    }
}
