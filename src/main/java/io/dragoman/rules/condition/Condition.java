// SPDX-License-Identifier: Apache-2.0
package io.dragoman.rules.condition;

import io.dragoman.rules.facts.Facts;

/**
 * One thing that must be so for a rule to match.
 *
 * @param label the condition as written
 */
public record Condition(String label, Test test) {
    /** Looks at the facts; an exception counts as not met. */
    @FunctionalInterface
    public interface Test {
        Finding test(Facts facts);
    }

    /** What came of it, and what was found against what was expected. */
    public record Finding(boolean passed, String why) {}

    /** Looks whether it is met. */
    public Finding check(Facts facts) {
        try {
            return test.test(facts);
        } catch (RuntimeException | StackOverflowError e) {
            return new Finding(false, "could not be checked: " + e.getClass().getSimpleName());
        }
    }
}
