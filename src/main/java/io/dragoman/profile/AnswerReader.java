// SPDX-License-Identifier: Apache-2.0
package io.dragoman.profile;

import io.dragoman.connector.Outcome;
import io.dragoman.connector.Response;
import io.dragoman.connector.kit.ErrorCodes;
import io.dragoman.model.Reason;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a provider's answer to a message means. Immutable.
 *
 * @param title the provider's name, which begins the sentences for the operator
 * @param form of its body
 * @param accepted whether the answer took the message; null where each of 2xx without a code did
 * @param id of the message, or a desk's of the conversation, at the provider; null where it gives none
 * @param written a desk's id for what was written into its conversation; null where it gives none
 * @param code of its error; null where it gives none
 * @param after how many seconds to wait, where the body tells; null where it does not
 * @param errors what the codes mean
 * @param why what else of an error may be shown: codes and names of fields; null for nothing
 */
public record AnswerReader(
        String title,
        Documents.Form form,
        @Nullable Expression accepted,
        @Nullable Expression id,
        @Nullable Expression written,
        @Nullable Expression code,
        @Nullable Expression after,
        ErrorCodes<String> errors,
        @Nullable Expression why) {
    /** A code may be shown: it is one word. */
    private static final String CODE = "[A-Za-z0-9_.:-]{1,64}";

    /** The names of fields likewise: what else a provider says may repeat what a customer wrote, or a secret. */
    private static final String WHY = "[A-Za-z0-9_.:\\[\\]-]{1,64}";

    private static final int MOST_WORDS = 5;
    private static final long LONGEST_WAIT = 86_400;
    private static final int NO_CONTENT = 204;

    /** The value of an expression on an answer; null where it has none. */
    public @Nullable Object value(Expression expression, Response response, Map<String, Object> sent)
            throws ExpressionFailed {
        return expression.evaluate(body(response), variables(response, sent), response.body().length);
    }

    /** The body of an answer; null where it cannot be read. */
    public @Nullable Object body(Response response) {
        return Documents.read(form, response.body()).orElse(null);
    }

    /** The code of an answer; empty where it has none. */
    public Optional<String> code(Response response, Map<String, Object> sent) {
        try {
            return code == null
                    ? Optional.empty()
                    : Optional.ofNullable(code.text(body(response), variables(response, sent)));
        } catch (ExpressionFailed e) {
            return Optional.empty(); // as its outcome says
        }
    }

    private static Map<String, Object> variables(Response response, Map<String, Object> sent) {
        Map<String, Object> variables = new HashMap<>(sent);
        variables.put("status", response.status());
        variables.put("headers", response.headers());
        return variables;
    }

    /** How the attempt ended. */
    public Outcome outcome(Response response, Map<String, Object> sent) {
        Map<String, Object> variables = variables(response, sent);
        Optional<Object> body = Documents.read(form, response.body());
        try {
            boolean unreadable = body.isEmpty() && response.status() != NO_CONTENT;
            return unreadable && response.ok() && (accepted != null || code != null)
                    ? unclear(response, "an answer that cannot be read")
                    : outcome(response, body.orElse(null), variables);
        } catch (ExpressionFailed e) {
            return response.ok() ? unclear(response, String.valueOf(e.getMessage())) : Outcome.of(response, title);
        }
    }

    private Outcome outcome(Response response, @Nullable Object body, Map<String, Object> variables)
            throws ExpressionFailed {
        String error = code == null ? null : code.text(body, variables);
        boolean taken = accepted == null ? response.ok() && error == null : accepted.test(body, variables);
        if (taken) {
            return new Outcome.Sent(text(id, body, variables), List.of(), null, text(written, body, variables));
        }
        Outcome outcome = withReason(
                error != null && error.matches(CODE) ? errors.outcome(response, error) : Outcome.of(response, title),
                response,
                variables);
        return outcome instanceof Outcome.Retry retry && retry.after() == null
                ? new Outcome.Retry(retry.reason(), retry.detail(), pause(body, variables))
                : outcome;
    }

    /** With the provider's own words for it, which are JSON also where its good answers are not. */
    private Outcome withReason(Outcome outcome, Response response, Map<String, Object> variables) {
        Object body = why == null
                ? null
                : Documents.read(Documents.Form.JSON, response.body()).orElse(null);
        if (why == null || body == null) {
            return outcome;
        }
        try {
            List<?> said = why.list(body, variables);
            String words = (said == null ? List.of() : said)
                    .stream()
                            .map(Expression::asText)
                            .filter(word -> word != null && word.matches(WHY))
                            .distinct()
                            .limit(MOST_WORDS)
                            .collect(Collectors.joining(", "));
            return words.isEmpty() ? outcome : outcome.adding(": " + words);
        } catch (ExpressionFailed e) {
            return outcome; // an error of another form
        }
    }

    private static @Nullable String text(
            @Nullable Expression expression, @Nullable Object body, Map<String, Object> variables)
            throws ExpressionFailed {
        return expression == null ? null : expression.text(body, variables);
    }

    private @Nullable Duration pause(@Nullable Object body, Map<String, Object> variables) throws ExpressionFailed {
        Object seconds = after == null ? null : after.evaluate(body, variables);
        return seconds instanceof Number number
                ? Duration.ofSeconds(Math.max(0, Math.min(LONGEST_WAIT, number.longValue())))
                : null;
    }

    private Outcome unclear(Response response, String what) {
        return new Outcome.Uncertain(Reason.PROVIDER_DOWN, title + " answered " + response.status() + " with " + what);
    }
}
