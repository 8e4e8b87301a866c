// SPDX-License-Identifier: Apache-2.0
package io.dragoman.rules.condition;

import io.dragoman.rules.condition.Condition.Finding;
import io.dragoman.rules.facts.Facts;
import io.dragoman.rules.schema.RuleValues;
import io.dragoman.rules.text.QuotedText;
import io.dragoman.rules.text.TextFolding;
import io.dragoman.yaml.Node;
import io.dragoman.yaml.Problems;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Conditions on a value that is one of several, whatever its case. */
final class OneOf {
    private OneOf() {}

    static List<Condition> of(String label, List<String> wanted, Function<Facts, @Nullable String> value) {
        Set<String> folded = Search.fold(wanted);
        return List.of(new Condition(QuotedText.label(label, wanted), facts -> {
            String found = value.apply(facts);
            return finding(found != null && folded.contains(TextFolding.fold(found)), found, wanted);
        }));
    }

    /** One for each name below a node, on the value of that name. */
    static List<Condition> named(
            String label, Node node, Problems problems, Function<Facts, Map<String, String>> values) {
        List<Condition> conditions = new ArrayList<>();
        node.needEntries(problems)
                .forEach((name, value) -> conditions.addAll(
                        of(label + "." + name, RuleValues.texts(value, problems), facts -> values.apply(facts)
                                .get(name))));
        return conditions;
    }

    static Finding finding(boolean passed, @Nullable String found, Collection<String> wanted) {
        String is = found == null || found.isEmpty() ? "is not set" : "is " + QuotedText.quote(found);
        return new Finding(passed, passed ? is : is + ", not " + QuotedText.quote(wanted));
    }
}
