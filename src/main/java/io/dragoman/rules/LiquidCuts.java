// SPDX-License-Identifier: Apache-2.0
package io.dragoman.rules;

import static io.dragoman.rules.LiquidFilters.argument;
import static io.dragoman.rules.LiquidFilters.filter;
import static io.dragoman.rules.LiquidFilters.library;
import static io.dragoman.rules.LiquidFilters.text;

import io.dragoman.model.UnicodeText;
import java.util.List;
import java.util.regex.Pattern;
import liqp.LValue;
import liqp.TemplateContext;
import liqp.filters.Filter;
import org.jspecify.annotations.Nullable;

/** Filters that count and cut: by what a reader sees as one character, never inside an emoji or off a letter's marks. */
final class LiquidCuts {
    static final List<Filter> FILTERS = List.of(
            filter("truncate", LiquidCuts::truncate),
            filter("truncatewords", LiquidCuts::truncateWords),
            filter("slice", LiquidCuts::slice),
            filter("size", LiquidCuts::size),
            filter("split", LiquidCuts::split));

    private static final int USUAL_LENGTH = 50;
    private static final int USUAL_WORDS = 15;
    private static final Pattern SPACE = Pattern.compile("\\s+");

    private LiquidCuts() {}

    private static Object truncate(@Nullable Object value, TemplateContext context, @Nullable Object[] arguments) {
        List<String> characters = UnicodeText.characters(text(value, context));
        int length = arguments.length > 0 ? number(arguments[0]) : USUAL_LENGTH;
        String ending = ending(arguments, context);
        if (characters.size() <= length) {
            return String.join("", characters);
        }
        int kept = Math.max(0, length - UnicodeText.characters(ending).size());
        return String.join("", characters.subList(0, kept)) + ending;
    }

    private static Object truncateWords(@Nullable Object value, TemplateContext context, @Nullable Object[] arguments) {
        String text = text(value, context);
        List<String> words = List.of(SPACE.split(text.strip(), -1));
        int length = Math.max(1, arguments.length > 0 ? number(arguments[0]) : USUAL_WORDS);
        return words.size() <= length ? text : String.join(" ", words.subList(0, length)) + ending(arguments, context);
    }

    private static String ending(@Nullable Object[] arguments, TemplateContext context) {
        return arguments.length > 1 ? text(arguments[1], context) : "...";
    }

    private static @Nullable Object slice(
            @Nullable Object value, TemplateContext context, @Nullable Object[] arguments) {
        if (LValue.BREAK.isArray(value) || arguments.length == 0) {
            return library("slice").apply(value, context, arguments);
        }
        List<String> characters = UnicodeText.characters(text(value, context));
        int size = characters.size();
        int offset = number(arguments[0]);
        int from = offset < 0 ? size + offset : offset;
        int length = arguments.length > 1 ? number(arguments[1]) : 1;
        if (from < 0 || from >= size || length <= 0) {
            return "";
        }
        return String.join("", characters.subList(from, from + Math.min(length, size - from)));
    }

    private static @Nullable Object size(
            @Nullable Object value, TemplateContext context, @Nullable Object[] arguments) {
        return value instanceof CharSequence text
                ? Long.valueOf(UnicodeText.characters(text.toString()).size())
                : library("size").apply(value, context, arguments);
    }

    private static @Nullable Object split(
            @Nullable Object value, TemplateContext context, @Nullable Object[] arguments) {
        return argument(arguments, 0) instanceof CharSequence between && between.length() == 0
                ? UnicodeText.characters(text(value, context))
                : library("split").apply(value, context, arguments);
    }

    private static int number(@Nullable Object argument) {
        return LValue.BREAK.asNumber(argument).intValue();
    }
}
