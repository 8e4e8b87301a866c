// SPDX-License-Identifier: Apache-2.0
package io.dragoman.rules.condition;

import io.dragoman.rules.condition.Condition.Finding;
import io.dragoman.rules.facts.Facts;
import io.dragoman.rules.schema.RuleValues;
import io.dragoman.yaml.Node;
import io.dragoman.yaml.Problems;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;

/** Conditions on something that is so or not. */
final class Flag {
    private Flag() {}

    /**
     * Reads one.
     *
     * @param what what is so, for explanations
     */
    static List<Condition> read(String label, Node node, Problems problems, Predicate<Facts> value, String what) {
        Boolean wanted = RuleValues.flag(node, problems);
        return List.of(new Condition(label + ": " + wanted, facts -> {
            boolean found = value.test(facts);
            return new Finding(Objects.equals(found, wanted), found ? what : "not so that " + what);
        }));
    }
}
