// SPDX-License-Identifier: Apache-2.0
package io.dragoman.profile;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A text with expressions in braces, such as {@code Bearer {settings.apiKey}}; two braces stand for one. Immutable.
 *
 * @param pieces texts and {@link Expression}s in turn
 */
record TextTemplate(List<Object> pieces) {
    TextTemplate {
        pieces = List.copyOf(pieces);
    }

    /** Reads one; the position of what is wrong is that within the text. */
    static TextTemplate parse(String written, String place) throws Expression.Invalid {
        List<Object> pieces = new ArrayList<>();
        StringBuilder literal = new StringBuilder();
        for (int at = 0; at < written.length(); at++) {
            char one = written.charAt(at);
            boolean twice = at + 1 < written.length() && written.charAt(at + 1) == one;
            if ((one == '{' || one == '}') && twice) {
                literal.append(one);
                at++;
            } else if (one == '{') {
                int end = written.indexOf('}', at);
                if (end < 0) {
                    throw new Expression.Invalid(at, "has { without its }. Write {{ for the character itself");
                }
                pieces.add(literal.toString());
                literal.setLength(0);
                pieces.add(expression(written.substring(at + 1, end), at + 1, place));
                at = end;
            } else {
                literal.append(one);
            }
        }
        pieces.add(literal.toString());
        return new TextTemplate(pieces);
    }

    private static Expression expression(String source, int position, String place) throws Expression.Invalid {
        try {
            return Expression.parse(source, place);
        } catch (Expression.Invalid e) {
            throw new Expression.Invalid(position + e.position(), String.valueOf(e.getMessage()));
        }
    }

    /** What stands before the first expression. */
    String beginning() {
        return pieces.get(0).toString();
    }

    /**
     * The text with its expressions' values; one without a value leaves nothing.
     *
     * @param encoded how a value is written at this place
     */
    String render(@Nullable Object input, Map<String, ?> variables, UnaryOperator<String> encoded)
            throws ExpressionFailed {
        StringBuilder text = new StringBuilder();
        for (Object piece : pieces) {
            if (piece instanceof Expression expression) {
                Object value = expression.evaluate(input, variables);
                String shown = value instanceof String raw ? raw : Expression.asText(value);
                text.append(shown == null ? "" : encoded.apply(shown));
            } else {
                text.append(piece);
            }
        }
        return text.toString();
    }
}
