// SPDX-License-Identifier: Apache-2.0
package io.dragoman.app.measure;

import io.dragoman.store.MeasureFigures.Where;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What the lines of a report are about. */
public enum Grouping {
    CHANNEL,
    KIND,
    DESK,
    TEAM,
    LANGUAGE,
    /** The hour of the day, from 00 to 23. */
    HOUR,
    DAY;

    /** Whether the lines are times, in which nobody stays or goes. */
    boolean isTime() {
        return this == HOUR || this == DAY;
    }

    /** The group of something; null where there is no such thing, as for a conversation without a team. */
    @Nullable
    String of(Where where, Instant at, ZoneId zone) {
        return switch (this) {
            case CHANNEL -> where.channel();
            case KIND -> where.kind();
            case DESK -> where.desk();
            case TEAM -> where.team();
            case LANGUAGE -> where.language();
            case HOUR ->
                String.format(
                        Locale.ROOT, "%02d", ZonedDateTime.ofInstant(at, zone).getHour());
            case DAY -> at.atZone(zone).toLocalDate().toString();
        };
    }
}
