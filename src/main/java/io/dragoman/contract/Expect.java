// SPDX-License-Identifier: Apache-2.0
package io.dragoman.contract;

import java.util.Collection;
import java.util.List;

/** The demands of checks. */
final class Expect {
    /** What is shown of a value at most. */
    private static final int SHOWN = 300;

    private Expect() {}

    static void that(boolean holds, String found, String expected) {
        if (!holds) {
            throw new CheckFailed(shortened(found), expected);
        }
    }

    static void equal(Object found, Object expected, String what) {
        that(found.equals(expected), what + " is " + found, shortened(String.valueOf(expected)));
    }

    static void distinct(Collection<?> values, String what) {
        that(List.copyOf(values).size() == values.stream().distinct().count(), what + ": " + values, "each once");
    }

    /** What is shown has none of these in it. */
    static void hides(String shown, Collection<String> hidden) {
        for (String one : hidden) {
            that(!shown.contains(one), "a text that shows " + one + ": " + shown, "no secret and no message text");
        }
    }

    static String shortened(String text) {
        return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
    }
}
