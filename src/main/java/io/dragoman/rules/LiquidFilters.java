// SPDX-License-Identifier: Apache-2.0
package io.dragoman.rules;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import liqp.LValue;
import liqp.PlainBigDecimal;
import liqp.TemplateContext;
import liqp.filters.Filter;
import liqp.filters.Filters;
import org.jspecify.annotations.Nullable;

/**
 * The filters of templates: the library's, and our own in place of those that go by the machine's language, cut inside
 * a character or forget an argument.
 */
final class LiquidFilters {
    private static final Map<String, Filter> LIBRARY = Filters.DEFAULT_FILTERS.getMap();

    private static final Pattern NUMBER = Pattern.compile("\\s*-?\\d{1,40}(\\.\\d{0,40})?\\s*");
    /** Decimal places, and places before the point, that rounding knows. */
    private static final int MOST_PLACES = 18;

    private static final List<Filter> OWN = List.of(
            filter("upcase", (value, context, arguments) -> text(value, context).toUpperCase(locale(context))),
            filter("downcase", (value, context, arguments) -> text(value, context)
                    .toLowerCase(locale(context))),
            filter("capitalize", (value, context, arguments) -> capitalized(text(value, context), locale(context))),
            filter("round", (value, context, arguments) -> rounded(value, argument(arguments, 0))),
            filter("default", LiquidFilters::orDefault),
            filter("where", LiquidFilters::where));

    private LiquidFilters() {}

    /** What a filter does. */
    @FunctionalInterface
    interface Body {
        @Nullable
        Object apply(@Nullable Object value, TemplateContext context, @Nullable Object[] arguments);
    }

    /** Every filter that a template may use. */
    static Collection<Filter> all() {
        return Filters.of(LIBRARY)
                .mergeWith(Filters.of(
                        Stream.concat(OWN.stream(), LiquidCuts.FILTERS.stream()).toList()))
                .getMap()
                .values();
    }

    static Filter filter(String name, Body body) {
        return new Filter(name) {
            @Override
            public @Nullable Object apply(
                    @Nullable Object value, TemplateContext context, @Nullable Object... arguments) {
                return body.apply(value, context, arguments);
            }
        };
    }

    /** The library's filter of that name. */
    static Filter library(String name) {
        Filter filter = LIBRARY.get(name);
        if (filter == null) {
            throw new IllegalStateException("there is no Liquid filter " + name);
        }
        return filter;
    }

    static String text(@Nullable Object value, TemplateContext context) {
        return LValue.BREAK.asString(value, context);
    }

    static @Nullable Object argument(@Nullable Object[] arguments, int index) {
        return index < arguments.length ? arguments[index] : null;
    }

    /** Of the language that the reply is written in. */
    private static Locale locale(TemplateContext context) {
        return context.getParser().locale;
    }

    private static String capitalized(String text, Locale locale) {
        if (text.isEmpty()) {
            return text;
        }
        int first = text.offsetByCodePoints(0, 1);
        return text.substring(0, first).toUpperCase(locale)
                + text.substring(first).toLowerCase(locale);
    }

    /** Half away from zero; a number that needs fewer places has fewer, as in Shopify's Liquid. */
    private static Object rounded(@Nullable Object value, @Nullable Object places) {
        int scale = number(places)
                .min(BigDecimal.valueOf(MOST_PLACES))
                .max(BigDecimal.valueOf(-MOST_PLACES))
                .intValue();
        BigDecimal bare = number(value).setScale(scale, RoundingMode.HALF_UP).stripTrailingZeros();
        return new PlainBigDecimal(bare.setScale(Math.max(0, bare.scale()), RoundingMode.UNNECESSARY)
                .toPlainString());
    }

    /** A number, or the text of one in plain digits; 0 for anything else. */
    private static BigDecimal number(@Nullable Object value) {
        if (value instanceof Double real) {
            return Double.isFinite(real) ? BigDecimal.valueOf(real) : BigDecimal.ZERO;
        }
        String text = String.valueOf(value);
        return NUMBER.matcher(text).matches() ? new BigDecimal(text.strip()) : BigDecimal.ZERO;
    }

    /** {@code allow_false: true} keeps a value that is false. */
    private static @Nullable Object orDefault(
            @Nullable Object value, TemplateContext context, @Nullable Object[] arguments) {
        boolean allowed = Arrays.stream(arguments)
                .anyMatch(argument ->
                        argument instanceof Map<?, ?> named && LValue.BREAK.asBoolean(named.get("allow_false")));
        if (Boolean.FALSE.equals(value) && allowed) {
            return value;
        }
        Object instead = argument(arguments, 0) instanceof Map<?, ?> ? null : argument(arguments, 0);
        return LValue.BREAK.isFalsy(value, context) ? instead : value;
    }

    /** A number is found whatever its Java type; what else is compared stays the library's. */
    private static @Nullable Object where(
            @Nullable Object value, TemplateContext context, @Nullable Object[] arguments) {
        if (argument(arguments, 1) instanceof Number wanted
                && value instanceof Collection<?> items
                && items.stream().allMatch(Map.class::isInstance)) {
            String key = text(arguments[0], context);
            return items.stream()
                    .filter(item -> LValue.areEqual(((Map<?, ?>) item).get(key), wanted))
                    .toList();
        }
        return library("where").apply(value, context, arguments);
    }
}
