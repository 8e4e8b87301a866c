// SPDX-License-Identifier: Apache-2.0
package io.dragoman.rules;

import io.dragoman.rules.text.QuotedText;
import java.util.LinkedHashMap;
import java.util.Map;
import liqp.exceptions.ExceededMaxIterationsException;
import org.jspecify.annotations.Nullable;

/** A Liquid template that parsed. Thread-safe. */
final class Template {
    private final liqp.Template template;

    Template(liqp.Template template) {
        this.template = template;
    }

    /** A text, or why there is none. */
    record Rendering(String text, @Nullable String failure) {
        @Override
        public String toString() {
            return "Rendering[" + text.length() + " chars]";
        }
    }

    /**
     * Fills in the variables; those unknown are empty. Synchronized because a liqp template keeps the values of the
     * rendering under way in a field: two threads would mix up two customers.
     */
    synchronized Rendering render(Map<String, Object> variables) {
        Map<String, Object> all = new LinkedHashMap<>(variables);
        all.put(EvaluationBudget.KEY, new EvaluationBudget());
        try {
            String text = template.renderUnguarded(all).strip();
            return text.isEmpty() ? new Rendering("", "it came out empty") : new Rendering(text, null);
        } catch (RuntimeException | StackOverflowError e) {
            return new Rendering("", "its template failed: " + reason(e));
        }
    }

    /** Without what the exceptions quote: that may be a customer's words. */
    private static String reason(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            String said = QuotedText.orEmpty(cause.getMessage());
            if (cause instanceof EvaluationBudget.Refused || said.contains(": no filter available named: ")) {
                return said;
            }
            if (cause instanceof ExceededMaxIterationsException) {
                return "more than " + Liquid.MOST_ITERATIONS + " rounds of a loop";
            }
        }
        String said = QuotedText.orEmpty(failure.getMessage());
        if (said.startsWith("rendered string exceeds")) {
            return "more than " + Liquid.LONGEST_TEXT + " characters";
        }
        int colon = said.indexOf(':');
        String place = said.startsWith("error on line ") && colon > 0 ? " (" + said.substring(0, colon) + ")" : "";
        return failure.getClass().getSimpleName() + place;
    }
}
