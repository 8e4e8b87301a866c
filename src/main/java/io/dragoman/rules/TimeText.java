// SPDX-License-Identifier: Apache-2.0
package io.dragoman.rules;

import java.time.DateTimeException;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** How explanations tell a time. */
final class TimeText {
    private static final DateTimeFormatter FORMAT = DateTimeFormatter.ofPattern("EEE yyyy-MM-dd HH:mm", Locale.ENGLISH);

    private TimeText() {}

    /** When the message came in by the clock of these hours, and what day that is. */
    static String at(Facts facts, Hours hours) {
        String holiday = hours.holiday(facts.situation().now())
                .map(name -> name.isEmpty() ? ", a holiday" : ", holiday " + QuotedText.quote(name))
                .orElse("");
        try {
            return FORMAT.format(facts.situation().now().atZone(hours.zone())) + " " + hours.zone() + holiday;
        } catch (DateTimeException e) {
            return facts.situation().now() + holiday;
        }
    }
}
