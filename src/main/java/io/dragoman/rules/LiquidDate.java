// SPDX-License-Identifier: Apache-2.0
package io.dragoman.rules;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.format.FormatStyle;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import liqp.TemplateContext;
import liqp.filters.Filter;
import org.jspecify.annotations.Nullable;

/**
 * The filter {@code date}: in the zone of the hours, in the reply's language, without the machine's clock. {@code %x},
 * {@code %X} and {@code %c} are the date, the time and both as that language writes them.
 */
final class LiquidDate extends Filter {
    private static final Pattern DIRECTIVE = Pattern.compile("%[-_0^#:]{0,8}[0-9]{0,9}([a-zA-Z%+])");

    private final ZoneId zone;
    private final Locale locale;

    LiquidDate(ZoneId zone, Locale locale) {
        super("date");
        this.zone = zone;
        this.locale = locale;
    }

    @Override
    public @Nullable Object apply(@Nullable Object value, TemplateContext context, @Nullable Object... arguments) {
        Object time = time(value, context);
        if (time instanceof CharSequence) {
            return time;
        }
        if (time instanceof ZonedDateTime at && LiquidFilters.argument(arguments, 0) instanceof CharSequence format) {
            arguments[0] = localized(format.toString(), at);
        }
        return LiquidFilters.library("date").apply(time, context, arguments);
    }

    /** Now is when the message came in; a text is a time only in ISO form. */
    private @Nullable Object time(@Nullable Object value, TemplateContext context) {
        if (value instanceof Instant instant) {
            return instant.atZone(zone);
        }
        if (!(value instanceof CharSequence)) {
            return value;
        }
        String text = String.valueOf(value).strip();
        if (text.equals("now") || text.equals("today")) {
            return context.get("now");
        }
        try {
            return text.length() == 10
                    ? LocalDate.parse(text).atStartOfDay(zone)
                    : OffsetDateTime.parse(text).toZonedDateTime();
        } catch (DateTimeParseException e) {
            return value;
        }
    }

    /** The format with what is the language's own written out. English without a country stays as in Shopify's Liquid. */
    private String localized(String format, ZonedDateTime at) {
        if (locale.equals(Locale.ENGLISH) || locale.equals(Locale.US)) {
            return format;
        }
        Matcher directive = DIRECTIVE.matcher(format);
        return directive.replaceAll(found -> Matcher.quoteReplacement(written(found.group(), found.group(1), at)));
    }

    private String written(String directive, String letter, ZonedDateTime at) {
        try {
            return switch (letter) {
                case "x" -> plain(DateTimeFormatter.ofLocalizedDate(FormatStyle.SHORT), at);
                case "X" -> plain(DateTimeFormatter.ofLocalizedTime(FormatStyle.MEDIUM), at);
                case "c" -> plain(DateTimeFormatter.ofLocalizedDateTime(FormatStyle.MEDIUM), at);
                default -> directive;
            };
        } catch (DateTimeException e) {
            return directive;
        }
    }

    private String plain(DateTimeFormatter formatter, ZonedDateTime at) {
        return formatter.withLocale(locale).format(at).replace("%", "%%");
    }
}
