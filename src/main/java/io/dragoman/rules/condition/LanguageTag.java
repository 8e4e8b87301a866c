// SPDX-License-Identifier: Apache-2.0
package io.dragoman.rules.condition;

import io.dragoman.rules.facts.Facts;
import io.dragoman.rules.schema.RuleValues;
import io.dragoman.rules.text.Languages;
import io.dragoman.rules.text.QuotedText;
import io.dragoman.yaml.Node;
import io.dragoman.yaml.Problems;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Conditions on a language; {@code de} takes in {@code de-AT}. */
final class LanguageTag {
    private LanguageTag() {}

    static List<Condition> read(String label, Node node, Problems problems, Function<Facts, @Nullable String> value) {
        List<String> wanted = RuleValues.texts(node, problems);
        for (Node item : RuleValues.items(node)) {
            if (item.shape() == Node.Shape.TEXT && !item.text().isBlank() && !Languages.isTag(item.text())) {
                problems.add(
                        item,
                        "is " + QuotedText.quote(item.text()) + " but must be a language tag, such as de or pt-BR.");
            }
        }
        return List.of(new Condition(QuotedText.label(label, wanted), facts -> {
            String found = value.apply(facts);
            boolean passed = found != null && wanted.stream().anyMatch(tag -> Languages.within(found, tag));
            return OneOf.finding(passed, found, wanted);
        }));
    }
}
