// SPDX-License-Identifier: Apache-2.0
package io.dragoman.profile;

import com.dashjoin.jsonata.JException;
import com.dashjoin.jsonata.Jsonata;
import io.dragoman.connector.kit.JsonFields;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One JSONata expression of a profile (docs.jsonata.org, version 2), parsed once. An evaluation is bounded in steps,
 * depth, time and size; it sees its input and the variables that it is given, and neither clock nor chance. Immutable;
 * may be evaluated by several threads at once.
 */
public final class Expression {
    private final String source;
    private final String place;
    private final Jsonata parsed;

    private Expression(String source, String place, Jsonata parsed) {
        this.source = source;
        this.place = place;
        this.parsed = parsed;
    }

    /** What is wrong with an expression, and at which character. */
    static final class Invalid extends Exception {
        private static final long serialVersionUID = 1L;

        private final int position;

        Invalid(int position, String message) {
            super(message, null, false, false);
            this.position = position;
        }

        int position() {
            return position;
        }
    }

    /**
     * Parses one.
     *
     * @param place where it stands, for the sentence when it fails, such as {@code profile telnyx: send.text.json}
     */
    static Expression parse(String source, String place) throws Invalid {
        ExpressionCheck.check(source);
        try {
            return new Expression(source, place, Jsonata.jsonata(source));
        } catch (JException e) {
            throw new Invalid(Math.max(0, e.getLocation() - 1), "is not JSONata: " + e.getMessage());
        } catch (StackOverflowError e) {
            throw new Invalid(0, "is nested too deeply, or has too many operators in a row");
        } catch (RuntimeException e) {
            throw new Invalid(0, "is not JSONata: it cannot be parsed");
        }
    }

    /** Its value; null where it has none. Numbers are numbers, lists lists, objects maps. */
    @Nullable
    public Object evaluate(@Nullable Object input, Map<String, ?> variables) throws ExpressionFailed {
        return evaluate(input, variables, 0);
    }

    /** The same of an input of so many bytes, which may hold a file in Base64. */
    @Nullable
    Object evaluate(@Nullable Object input, Map<String, ?> variables, int size) throws ExpressionFailed {
        ExpressionBounds bounds = new ExpressionBounds(size);
        Jsonata.Frame frame = parsed.createFrame();
        ExpressionFunctions.bind(frame);
        variables.forEach(frame::bind);
        frame.setEvaluateEntryCallback((expression, in, environment) -> bounds.enter());
        frame.setEvaluateExitCallback((expression, in, environment, result) -> bounds.leave(result));
        try {
            return parsed.evaluate(input, frame);
        } catch (ExpressionBounds.Exceeded e) {
            throw new ExpressionFailed(place + " was given up: " + e.getMessage());
        } catch (StackOverflowError e) {
            throw new ExpressionFailed(place + " was given up: it is nested too deeply");
        } catch (RuntimeException e) {
            if (e.getCause() instanceof ExpressionBounds.Exceeded exceeded) {
                throw new ExpressionFailed(place + " was given up: " + exceeded.getMessage());
            }
            throw new ExpressionFailed(place + " failed" + code(e)); // its message may quote what was read
        }
    }

    private static String code(RuntimeException e) {
        return e instanceof JException known && known.getError().matches("[A-Z][0-9]{4}")
                ? " with JSONata's error " + known.getError()
                : "";
    }

    /** Its value as text: numbers without exponent, true and false; null for nothing, blank text, lists and objects. */
    @Nullable
    public String text(@Nullable Object input, Map<String, ?> variables) throws ExpressionFailed {
        return asText(evaluate(input, variables));
    }

    /** A value as text, as {@link #text} gives it. */
    public static @Nullable String asText(@Nullable Object value) {
        if (value instanceof String text) {
            return text.isBlank() ? null : JsonFields.clean(text);
        }
        if (value instanceof Double || value instanceof Float) {
            double number = ((Number) value).doubleValue();
            return Double.isFinite(number)
                    ? BigDecimal.valueOf(number).stripTrailingZeros().toPlainString()
                    : null;
        }
        return value instanceof Number || value instanceof Boolean ? value.toString() : null;
    }

    /** Whether its value is true in JSONata's sense; nothing is false. */
    public boolean test(@Nullable Object input, Map<String, ?> variables) throws ExpressionFailed {
        return isTrue(evaluate(input, variables));
    }

    /** Whether a value is true in JSONata's sense; nothing is false. */
    public static boolean isTrue(@Nullable Object value) {
        return value != null && Jsonata.boolize(value);
    }

    /** Its value as a list: a single value is a list of one; null where it has none. */
    @Nullable
    public List<?> list(@Nullable Object input, Map<String, ?> variables) throws ExpressionFailed {
        Object value = evaluate(input, variables);
        return value == null ? null : value instanceof List<?> list ? list : List.of(value);
    }

    /** Where it stands in its profile. */
    public String place() {
        return place;
    }

    @Override
    public String toString() {
        return source;
    }
}
