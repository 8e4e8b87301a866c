// SPDX-License-Identifier: Apache-2.0
package io.dragoman.rules;

import io.dragoman.rules.text.QuotedText;
import io.dragoman.yaml.Node;
import io.dragoman.yaml.Problems;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import liqp.TemplateContext;
import liqp.TemplateParser;
import liqp.exceptions.LiquidException;
import liqp.filters.Filter;
import liqp.parser.Flavor;
import org.jspecify.annotations.Nullable;

/** Parses templates with liqp, bounded in every dimension, without files and without the machine's clock. */
final class Liquid {
    static final int MOST_ITERATIONS = 1_000;
    static final int LONGEST_TEXT = 10_000;
    private static final int LONGEST_TEMPLATE = 16_000;

    private static final Set<String> SUMS = Set.of(
            "abs", "at_least", "at_most", "ceil", "divided_by", "floor", "minus", "modulo", "plus", "round", "times");
    private static final Pattern NUMBER = Pattern.compile("\\s*-?\\d{1,18}(\\.\\d{1,9})?\\s*");

    private final ZoneId zone;
    private final Problems problems;
    private final Map<Locale, TemplateParser> parsers = new HashMap<>();

    Liquid(ZoneId zone, Problems problems) {
        this.zone = zone;
        this.problems = problems;
    }

    /** A template whose dates speak that language, or problems at the places where it is wrong. */
    Optional<Template> parse(Node node, Locale locale) {
        String source = node.needText(problems);
        if (source.isBlank() || source.length() > LONGEST_TEMPLATE) {
            if (node.shape() == Node.Shape.TEXT) {
                problems.add(
                        node,
                        source.isBlank()
                                ? "is blank. Write the text of the reply."
                                : "has more than " + LONGEST_TEMPLATE + " characters. Shorten the reply.");
            }
            return Optional.empty();
        }
        try {
            Template template =
                    new Template(parsers.computeIfAbsent(locale, this::parser).parse(source));
            rehearse(node, template);
            return Optional.of(template);
        } catch (LiquidException e) {
            Node.Place place = node.within(Math.max(1, e.line), Math.max(0, e.charPositionInLine));
            problems.add(
                    node.file(), place.line(), place.column(), node.path(), "is not a Liquid template: " + said(e));
        } catch (RuntimeException | StackOverflowError e) {
            problems.add(node, "is not a Liquid template: " + said(e));
        }
        return Optional.empty();
    }

    /** Unknown filters and includes show only when a template is rendered. */
    private void rehearse(Node node, Template template) {
        String failure = template.render(Map.of(
                        "contact", Map.of("name", "Ana", "tags", List.of()),
                        "message", Map.of("text", "1"),
                        "now", ZonedDateTime.of(2026, 1, 1, 12, 0, 0, 0, zone)))
                .failure();
        if (failure != null && failure.startsWith("its template failed")) {
            problems.add(node, "does not render: " + failure + ".");
        }
    }

    private static String said(Throwable failure) {
        String message = QuotedText.orEmpty(failure.getMessage());
        int expecting = message.indexOf(" expecting {");
        String line = QuotedText.oneLine(expecting > 0 ? message.substring(0, expecting) : message, 200);
        return line.replaceFirst("^(parser|lexer) error \"", "").replaceFirst("\" on line \\d+, index \\d+$", "") + ".";
    }

    private TemplateParser parser(Locale locale) {
        TemplateParser.Builder builder = new TemplateParser.Builder()
                .withFlavor(Flavor.LIQUID)
                .withStrictTypedExpressions(false)
                .withLocale(locale)
                .withDefaultTimeZone(zone)
                .withErrorMode(TemplateParser.ErrorMode.STRICT)
                .withMaxTemplateSizeBytes((long) LONGEST_TEMPLATE)
                .withMaxIterations(MOST_ITERATIONS)
                .withMaxSizeRenderedString(LONGEST_TEXT)
                .withNameResolver(name -> {
                    throw new EvaluationBudget.Refused("a reply cannot include files");
                });
        LiquidFilters.all().forEach(filter -> builder.withFilter(new Bounded(filter)));
        return builder.withFilter(new Bounded(new LiquidDate(zone, locale)))
                .withBlock(new For())
                .build();
    }

    /** A filter that counts its work and takes only plain numbers. */
    private static final class Bounded extends Filter {
        private final Filter filter;

        Bounded(Filter filter) {
            super(filter.name);
            this.filter = filter;
        }

        @Override
        public @Nullable Object apply(@Nullable Object value, TemplateContext context, @Nullable Object... parameters) {
            EvaluationBudget.count(context, value);
            for (int i = 0; i < parameters.length; i++) {
                EvaluationBudget.count(context, parameters[i]);
                parameters[i] = plain(parameters[i]);
            }
            Object result = filter.apply(plain(value), context, parameters);
            EvaluationBudget.count(context, result);
            return result;
        }

        /** A customer's "1e999999999" must not be reckoned with. */
        private @Nullable Object plain(@Nullable Object value) {
            boolean sum = SUMS.contains(name) && value instanceof CharSequence;
            return sum && !NUMBER.matcher(String.valueOf(value)).matches() ? Integer.valueOf(0) : value;
        }
    }
}
