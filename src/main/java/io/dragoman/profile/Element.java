// SPDX-License-Identifier: Apache-2.0
package io.dragoman.profile;

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
 *
 * @param index its place among those of the request, from 0
 * @param origin the request that it is from
 */
public record Element(@Nullable Object value, Map<String, Object> variables, int index, Origin origin) {

    /**
     * What all elements of a request share.
     *
     * @param country of phone numbers without one, where the account names it
     * @param size of the body, in bytes
     */
    public record Origin(Instant receivedAt, Optional<String> country, int size) {}

    public Instant receivedAt() {
        return origin.receivedAt();
    }

    /** Of phone numbers without one, where the account names it. */
    public Optional<String> country() {
        return origin.country();
    }

    /** Whether a condition holds; one that is not there does. */
    public boolean matches(@Nullable Expression condition) throws MalformedPayload {
        return condition == null || Expression.isTrue(evaluate(condition));
    }

    /** A text or number that says something, where there is one. */
    public Optional<String> find(@Nullable Expression expression) throws MalformedPayload {
        return Optional.ofNullable(Expression.asText(evaluate(expression)));
    }

    /** One that must be there. */
    public String need(Expression expression) throws MalformedPayload {
        return find(expression)
                .orElseThrow(() -> new MalformedPayload(expression.place() + " has no value in what was sent"));
    }

    /** A text as it was written, blank too; empty where there is none. */
    public Optional<String> written(@Nullable Expression expression) throws MalformedPayload {
        Object found = evaluate(expression);
        return found instanceof String text
                ? Optional.of(JsonFields.clean(text))
                : Optional.ofNullable(Expression.asText(found));
    }

    /** The items of a list, or a single value; none where there is nothing. */
    public List<?> items(@Nullable Expression expression) throws MalformedPayload {
        Object found = evaluate(expression);
        return found == null ? List.of() : found instanceof List<?> list ? list : List.of(found);
    }

    /** Any value; null where there is none. */
    @Nullable
    Object evaluate(@Nullable Expression expression) throws MalformedPayload {
        try {
            return expression == null ? null : expression.evaluate(value, variables, origin.size());
        } catch (ExpressionFailed e) {
            throw new MalformedPayload(String.valueOf(e.getMessage()));
        }
    }

    @Override
    public String toString() {
        return "Element[…]";
    }
}
