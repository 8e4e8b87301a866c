// SPDX-License-Identifier: Apache-2.0
package io.dragoman.profile;

import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one evaluation may still do. Steps are counted, so that the same payload ends the same on a busy machine; the
 * time is only for what a step alone can cost. For one evaluation.
 */
final class ExpressionBounds {
    private static final int MOST_STEPS = 200_000;
    private static final int DEEPEST = 1_000;
    private static final int LONGEST_TEXT = 2_000_000;
    /** Of a text that stands in the input: a file of 12 MB in Base64. */
    private static final int LONGEST_FILE = 16 * 1024 * 1024;

    private static final int MOST_ITEMS = 50_000;
    private static final long LONGEST_NANOS = 2_000_000_000L;

    private final long begun = System.nanoTime();
    private final int longestText;
    private int steps;
    private int depth;

    /** @param size of the input, in bytes: what stands in it may be as long */
    ExpressionBounds(int size) {
        longestText = Math.max(LONGEST_TEXT, Math.min(size, LONGEST_FILE));
    }

    /** An evaluation that does more than it may. */
    static final class Exceeded extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Exceeded(String message) {
            super(message, null, false, false);
        }
    }

    void enter() {
        if (++depth > DEEPEST) {
            throw new Exceeded("it is nested more than " + DEEPEST + " levels deep");
        }
        if (++steps > MOST_STEPS) {
            throw new Exceeded("it takes more than " + MOST_STEPS + " steps");
        }
        if (System.nanoTime() - begun > LONGEST_NANOS) {
            throw new Exceeded("it takes longer than " + LONGEST_NANOS / 1_000_000_000 + " s");
        }
    }

    /** A text that doubles with each step, or a range of millions, ends here. */
    void leave(@Nullable Object result) {
        depth--;
        if (result instanceof CharSequence text && text.length() > longestText) {
            throw new Exceeded("a text has more than " + longestText + " characters");
        }
        int items =
                result instanceof Collection<?> list ? list.size() : result instanceof Map<?, ?> map ? map.size() : 0;
        if (items > MOST_ITEMS) {
            throw new Exceeded("a list has more than " + MOST_ITEMS + " items");
        }
    }
}
