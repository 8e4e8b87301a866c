// SPDX-License-Identifier: Apache-2.0
package io.dragoman.rules;

import io.dragoman.rules.Decision.Check;

/**
 * One thing that must be so for a rule to match.
 *
 * @param label the condition as written
 */
record Condition(String label, Test test) {
    /** Looks at the facts; an exception counts as not met. */
    @FunctionalInterface
    interface Test {
        Finding test(Facts facts);
    }

    /** What came of it, and what was found against what was wanted. */
    record Finding(boolean passed, String why) {}

    Check check(Facts facts) {
        Finding finding;
        try {
            finding = test.test(facts);
        } catch (RuntimeException | StackOverflowError e) {
            finding = new Finding(false, "could not be checked: " + e.getClass().getSimpleName());
        }
        return new Check(label, finding.passed(), finding.why());
    }
}
