// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.http;

import io.dragoman.connector.MalformedPayload;
import io.dragoman.connector.kit.JsonFields;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What one event is read from, with the variables that its expressions see. An expression that fails makes the event
 * malformed.
 */
record Element(@Nullable Object value, Map<String, Object> variables, Instant receivedAt) {

    /** Whether a condition holds; one that is not there does. */
    boolean matches(@Nullable Expression condition) throws MalformedPayload {
        try {
            return condition == null || condition.test(value, variables);
        } catch (ExpressionFailed e) {
            throw new MalformedPayload(String.valueOf(e.getMessage()));
        }
    }

    /** A text or number that says something, where there is one. */
    Optional<String> find(@Nullable Expression expression) throws MalformedPayload {
        try {
            return expression == null ? Optional.empty() : Optional.ofNullable(expression.text(value, variables));
        } catch (ExpressionFailed e) {
            throw new MalformedPayload(String.valueOf(e.getMessage()));
        }
    }

    /** One that must be there. */
    String need(Expression expression) throws MalformedPayload {
        return find(expression)
                .orElseThrow(() -> new MalformedPayload(expression.place() + " has no value in what was sent"));
    }

    /** A text as it was written, blank too; empty where there is none. */
    Optional<String> written(@Nullable Expression expression) throws MalformedPayload {
        Object found = evaluate(expression);
        return found instanceof String text
                ? Optional.of(JsonFields.clean(text))
                : Optional.ofNullable(Expression.asText(found));
    }

    /** The items of a list, or a single value; none where there is nothing. */
    List<?> items(@Nullable Expression expression) throws MalformedPayload {
        Object found = evaluate(expression);
        return found == null ? List.of() : found instanceof List<?> list ? list : List.of(found);
    }

    private @Nullable Object evaluate(@Nullable Expression expression) throws MalformedPayload {
        try {
            return expression == null ? null : expression.evaluate(value, variables);
        } catch (ExpressionFailed e) {
            throw new MalformedPayload(String.valueOf(e.getMessage()));
        }
    }

    @Override
    public String toString() {
        return "Element[…]";
    }
}
