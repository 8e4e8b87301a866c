// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.meta;

import io.dragoman.connector.Response;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Times as the Graph API writes them: {@code 2026-11-21T10:02:11+0000}, with or without the colon. */
final class GraphTime {
    private static final DateTimeFormatter FORM = new DateTimeFormatterBuilder()
            .append(DateTimeFormatter.ISO_LOCAL_DATE_TIME)
            .optionalStart()
            .appendOffset("+HHMM", "+0000")
            .optionalEnd()
            .optionalStart()
            .appendOffsetId()
            .optionalEnd()
            .toFormatter(Locale.ROOT);

    private GraphTime() {}

    /** When Meta answered, by its own clock; null when it did not say. */
    static @Nullable Instant of(Response response) {
        try {
            return Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(
                    response.headers().getOrDefault("date", "")));
        } catch (DateTimeException e) {
            return null;
        }
    }

    /** Null when it is none. */
    static @Nullable Instant of(String text) {
        try {
            return Instant.from(FORM.parse(text.strip()));
        } catch (DateTimeException e) {
            return null;
        }
    }
}
