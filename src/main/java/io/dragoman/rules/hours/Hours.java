// SPDX-License-Identifier: Apache-2.0
package io.dragoman.rules.hours;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.MonthDay;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * When a business is open, by its own clock. A span belongs to the day it starts on: a holiday cancels the spans
 * that start on it, and one that began the evening before runs to its end. On the day when clocks skip an hour, a time
 * within that hour means its end; when they repeat one, a span that touches it has both. Immutable.
 */
public final class Hours {
    /** As far as a next opening is looked for; after that it never opens. */
    private static final int HORIZON_DAYS = 400;

    private final ZoneId zone;
    private final Map<DayOfWeek, List<Span>> week;
    private final Map<LocalDate, Holiday> holidays;
    private final Map<MonthDay, Holiday> yearly;

    public Hours(
            ZoneId zone,
            Map<DayOfWeek, List<Span>> week,
            Map<LocalDate, Holiday> holidays,
            Map<MonthDay, Holiday> yearly) {
        this.zone = zone;
        this.week = Map.copyOf(week);
        this.holidays = Map.copyOf(holidays);
        this.yearly = Map.copyOf(yearly);
    }

    /**
     * From one time of day to another.
     *
     * @param from minutes since midnight
     * @param to above {@code from}; above 24 hours when it ends on the next day
     */
    public record Span(int from, int to) {}

    /** A day with a name and hours of its own, mostly none. */
    public record Holiday(String name, List<Span> spans) {}

    private record Interval(Instant start, Instant end) {
        boolean holds(Instant at) {
            return !at.isBefore(start) && at.isBefore(end);
        }
    }

    /** The zone whose clock counts. */
    public ZoneId zone() {
        return zone;
    }

    /** Whether it is open at that moment. */
    public boolean isOpen(Instant at) {
        return around(at) != null;
    }

    /** That moment itself when it is open then, else the next opening; nothing when none comes within 400 days. */
    public Optional<Instant> nextOpen(Instant at) {
        if (isOpen(at)) {
            return Optional.of(at);
        }
        LocalDate day = day(at);
        for (int i = -1; i <= HORIZON_DAYS; i++) {
            for (Interval interval : intervals(day.plusDays(i))) {
                if (interval.start().isAfter(at)) {
                    return Optional.of(interval.start());
                }
            }
        }
        return Optional.empty();
    }

    /** When it closes next after being open; nothing when it never opens, or never closes within 400 days. */
    public Optional<Instant> nextClose(Instant at) {
        Optional<Instant> start = nextOpen(at);
        if (start.isEmpty()) {
            return Optional.empty();
        }
        Instant end = start.get();
        Instant horizon = end.plus(Duration.ofDays(HORIZON_DAYS));
        for (Interval more = around(end); more != null; more = around(end)) {
            end = more.end();
            if (end.isAfter(horizon)) {
                return Optional.empty();
            }
        }
        return Optional.of(end);
    }

    /** The name of the holiday that this moment's day is; empty for a nameless one. */
    public Optional<String> holiday(Instant at) {
        return Optional.ofNullable(holidayOn(day(at))).map(Holiday::name);
    }

    private @Nullable Interval around(Instant at) {
        LocalDate day = day(at);
        for (LocalDate candidate : List.of(day, day.minusDays(1))) {
            for (Interval interval : intervals(candidate)) {
                if (interval.holds(at)) {
                    return interval;
                }
            }
        }
        return null;
    }

    private LocalDate day(Instant at) {
        try {
            return at.atZone(zone).toLocalDate();
        } catch (DateTimeException e) {
            return LocalDate.EPOCH; // beyond every calendar; no decision may fail on it
        }
    }

    private @Nullable Holiday holidayOn(LocalDate day) {
        Holiday dated = holidays.get(day);
        return dated != null ? dated : yearly.get(MonthDay.from(day));
    }

    private List<Interval> intervals(LocalDate day) {
        Holiday holiday = holidayOn(day);
        List<Span> spans = holiday != null ? holiday.spans() : week.getOrDefault(day.getDayOfWeek(), List.of());
        List<Interval> intervals = new ArrayList<>();
        for (Span span : spans) {
            Instant start = instant(day, span.from(), true);
            Instant end = instant(day, span.to(), false);
            if (start.isBefore(end)) {
                intervals.add(new Interval(start, end));
            }
        }
        return intervals;
    }

    private Instant instant(LocalDate day, int minutes, boolean start) {
        LocalDateTime time = day.atStartOfDay().plusMinutes(minutes);
        ZoneOffsetTransition change = zone.getRules().getTransition(time);
        if (change == null) {
            return time.toInstant(zone.getRules().getOffset(time));
        }
        if (change.isGap()) {
            return change.getInstant();
        }
        return time.toInstant(start ? change.getOffsetBefore() : change.getOffsetAfter());
    }
}
