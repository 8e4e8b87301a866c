// SPDX-License-Identifier: Apache-2.0
package io.dragoman.profile;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Times as providers write them. Pure. */
public final class ProviderTime {
    private static final Pattern NUMBER = Pattern.compile("(\\d{1,16})(?:\\.\\d+)?");
    private static final Pattern ISO = Pattern.compile(
            "(\\d{4}-\\d\\d-\\d\\d)[T ](\\d\\d:\\d\\d(?::\\d\\d)?)((?:[.,]\\d{1,9})?) ?(Z|UTC|GMT|[+-]\\d\\d(?::?\\d\\d)?)?");

    private ProviderTime() {}

    /**
     * Seconds since 1970, milliseconds or microseconds where they are so many, ISO 8601 with or without its colons, or a
     * date and time, which is taken as UTC where no zone is written; {@code now} for what is none, a day to come, or
     * before 1970.
     */
    public static Instant read(@Nullable String text, Instant now) {
        Instant at = text == null ? now : find(text).orElse(now);
        return at.isAfter(now.plus(Duration.ofDays(1))) || at.isBefore(Instant.EPOCH) ? now : at;
    }

    /** The same, of any year; empty for what is none. */
    static Optional<Instant> find(String text) {
        return number(text.strip()).or(() -> iso(text.strip()));
    }

    private static Optional<Instant> number(String text) {
        Matcher number = NUMBER.matcher(text);
        if (!number.matches()) {
            return Optional.empty();
        }
        long value = Long.parseLong(number.group(1));
        return Optional.of(
                value >= 100_000_000_000_000L
                        ? Instant.ofEpochMilli(value / 1000)
                        : value >= 100_000_000_000L ? Instant.ofEpochMilli(value) : Instant.ofEpochSecond(value));
    }

    private static Optional<Instant> iso(String text) {
        Matcher iso = ISO.matcher(text);
        if (!iso.matches()) {
            return Optional.empty();
        }
        String zone = iso.group(4) == null || iso.group(4).matches("Z|UTC|GMT") ? "Z" : iso.group(4);
        try {
            return Optional.of(LocalDateTime.parse(
                            iso.group(1) + "T" + iso.group(2) + iso.group(3).replace(',', '.'))
                    .toInstant(ZoneOffset.of(zone)));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** A time in a form of its own, as ISO 8601; nothing for what has another form. */
    static @Nullable String parse(String text, String pattern, String zone) {
        try {
            DateTimeFormatter form = DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH);
            return form.withZone(ZoneId.of(zone)).parse(text, Instant::from).toString();
        } catch (DateTimeException e) {
            return null;
        }
    }

    /** A time in ISO 8601 in another form. */
    static @Nullable String format(String iso, String pattern, String zone) {
        try {
            return DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH)
                    .withZone(ZoneId.of(zone))
                    .format(OffsetDateTime.parse(iso));
        } catch (DateTimeException e) {
            return null;
        }
    }
}
