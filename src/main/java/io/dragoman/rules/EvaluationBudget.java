// SPDX-License-Identifier: Apache-2.0
package io.dragoman.rules;

import java.lang.reflect.Array;
import java.math.BigDecimal;
import java.util.Collection;
import liqp.TemplateContext;
import org.jspecify.annotations.Nullable;

/**
 * The work that one rendering may still do, in characters and items passed through filters. Counted rather than timed,
 * so that the same situation gives the same reply on a busy machine.
 */
final class EvaluationBudget {
    /** Where a rendering's variables hold it: no template can write this name. */
    static final String KEY = " work";

    private static final int MOST = 200_000;
    private static final int LARGEST_VALUE = 20_000;
    private static final int MOST_DIGITS = 40;

    private int done;

    /** A template does what a reply may not; the message quotes no values. */
    static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Refused(String message) {
            super(message, null, false, false);
        }
    }

    /** Counts a value that went into a filter or came out of it. */
    static void count(TemplateContext context, @Nullable Object value) {
        int size = size(value);
        if (size > LARGEST_VALUE) {
            throw new Refused("a value of more than " + LARGEST_VALUE + " characters or items");
        }
        if (context.get(KEY) instanceof EvaluationBudget work) {
            work.done += size;
            if (work.done > MOST) {
                throw new Refused("more than " + MOST + " characters went through its filters");
            }
        }
    }

    private static int size(@Nullable Object value) {
        if (value instanceof CharSequence text) {
            return text.length() + 1;
        }
        if (value instanceof BigDecimal number
                && (number.precision() > MOST_DIGITS || Math.abs(number.scale()) > MOST_DIGITS)) {
            throw new Refused("a number of more than " + MOST_DIGITS + " digits");
        }
        if (value instanceof Collection<?> items) {
            return items.size() + 1;
        }
        return value != null && value.getClass().isArray() ? Array.getLength(value) + 1 : 1;
    }
}
