// SPDX-License-Identifier: Apache-2.0
package io.dragoman.rules.hours;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Optional;

/** A span of each day, which may go over midnight, in whatever zone. */
public record QuietSpan(LocalTime from, LocalTime until) {
    private static final Duration LONGEST = Duration.ofDays(2);

    /** Reads {@code 21:00-08:00}. */
    public static Optional<QuietSpan> parse(String text) {
        String[] times = text.strip().split("\\s*[-–]\\s*", 2);
        try {
            QuietSpan span = new QuietSpan(LocalTime.parse(times[0]), LocalTime.parse(times[times.length - 1]));
            return span.from.equals(span.until) ? Optional.empty() : Optional.of(span);
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /**
     * The first moment from {@code at} on that is in the span in none of the zones; where there is none within two days,
     * the first that is not in the first zone's.
     */
    public Instant end(Instant at, List<ZoneId> zones) {
        Instant next = at;
        Instant last;
        do {
            last = next;
            for (ZoneId zone : zones) {
                next = end(next, zone);
            }
        } while (next.isAfter(last) && Duration.between(at, next).compareTo(LONGEST) < 0);
        return next.equals(last) ? next : end(at, zones.get(0));
    }

    private Instant end(Instant at, ZoneId zone) {
        ZonedDateTime local = at.atZone(zone);
        LocalTime time = local.toLocalTime();
        boolean overMidnight = from.isAfter(until);
        boolean evening = overMidnight && !time.isBefore(from);
        boolean quiet = overMidnight ? evening || time.isBefore(until) : !time.isBefore(from) && time.isBefore(until);
        return quiet
                ? local.toLocalDate()
                        .plusDays(evening ? 1 : 0)
                        .atTime(until)
                        .atZone(zone)
                        .toInstant()
                : at;
    }

    /** As it is written. */
    public String text() {
        return from + "-" + until;
    }
}
