// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector;

import io.dragoman.model.Reason;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;

/**
 * How often an account may do in a day or a month what its provider charges for. Days and months are those of UTC.
 * Immutable.
 *
 * @param name the setting that says so, such as {@code paid.sendsPerDay}: uses are counted under it
 * @param most how many
 */
public record Budget(String name, int most, Period period) {
    /** What is refused is tried again after this, in case that somebody raised the limit. */
    private static final Duration AGAIN = Duration.ofHours(1);

    /** How long uses are counted together. */
    public enum Period {
        DAY {
            @Override
            LocalDate start(LocalDate day) {
                return day;
            }

            @Override
            LocalDate next(LocalDate start) {
                return start.plusDays(1);
            }
        },
        MONTH {
            @Override
            LocalDate start(LocalDate day) {
                return day.withDayOfMonth(1);
            }

            @Override
            LocalDate next(LocalDate start) {
                return start.plusMonths(1);
            }
        };

        abstract LocalDate start(LocalDate day);

        abstract LocalDate next(LocalDate start);

        /** The first day of the period that holds a time. */
        public LocalDate of(Instant at) {
            return start(at.atZone(ZoneOffset.UTC).toLocalDate());
        }

        /** When it ends. */
        public Instant end(Instant at) {
            return next(of(at)).atStartOfDay(ZoneOffset.UTC).toInstant();
        }
    }

    /** What the operator is told when there is too little of it left. */
    public String exhausted(Instant now) {
        return name + ": " + most + " is reached until " + period.end(now);
    }

    /** How an attempt ends for which there is too little of it left: surely not sent. */
    public Outcome refusal(Instant now) {
        Duration end = Duration.between(now, period.end(now));
        return new Outcome.Retry(Reason.BUDGET_EXHAUSTED, exhausted(now), end.compareTo(AGAIN) < 0 ? end : AGAIN);
    }
}
