// SPDX-License-Identifier: Apache-2.0
package io.dragoman.cli;

import io.dragoman.app.measure.Grouping;
import io.dragoman.app.measure.MeasureQueries.Question;
import io.dragoman.app.report.Period;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** How measures are counted, and what their lines are about. */
final class MeasureOptions {
    @Option(
            names = "--by",
            paramLabel = "WHAT",
            description = "The measures by ${COMPLETION-CANDIDATES}, instead of who waits and the figures.")
    private @Nullable Grouping by;

    @Option(
            names = "--zone",
            paramLabel = "ZONE",
            converter = Zone.class,
            description = "The time zone of hours and days, such as Europe/Berlin (default UTC).")
    private ZoneId zone = ZoneOffset.UTC;

    @Option(
            names = "--hours",
            paramLabel = "NAME",
            description = "The business hours that times are counted in (default: those named default).")
    private String hours = "default";

    @Option(
            names = "--contact-days",
            paramLabel = "N",
            description =
                    "Who comes back within so many days of the closing was not helped at the first contact (default 7).")
    private int contactDays = Question.CONTACT_DAYS;

    Question question(Period period) {
        return new Question(period, by, zone, hours, Math.max(1, Math.min(contactDays, 90)));
    }

    /** A time zone. */
    static final class Zone implements ITypeConverter<ZoneId> {
        @Override
        public ZoneId convert(String value) {
            try {
                return ZoneId.of(value);
            } catch (DateTimeException e) {
                throw new TypeConversionException("'" + value + "' is no time zone; write it as Europe/Berlin.");
            }
        }
    }
}
