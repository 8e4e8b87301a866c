// SPDX-License-Identifier: Apache-2.0
package io.dragoman.rules.condition;

import io.dragoman.model.Part;
import io.dragoman.model.Words;
import io.dragoman.rules.condition.Condition.Finding;
import io.dragoman.rules.schema.RuleValues;
import io.dragoman.rules.schema.SchemaKey.Form;
import io.dragoman.rules.text.QuotedText;
import io.dragoman.yaml.Node;
import java.util.List;
import java.util.stream.Stream;

/**
 * What the message holds: a type of part, or what its media are.
 *
 * <pre>has: [image, file]</pre>
 */
final class HasCondition {
    private static final List<String> CONTENTS = Stream.concat(
                    Words.all(Part.MediaKind.class).stream(), Part.types().stream())
            .toList();

    static final ConditionType TYPE = ConditionType.of(
            "has", Form.WORDS, CONTENTS, "What the message holds, any of these.", "[image, file]", HasCondition::read);

    private static List<Condition> read(String label, Node node, ConditionContext context) {
        List<String> wanted = RuleValues.allKnown(node, "content", CONTENTS, context.problems());
        return List.of(new Condition(QuotedText.label(label, wanted), facts -> {
            List<String> found = facts.situation().event().parts().stream()
                    .flatMap(HasCondition::words)
                    .distinct()
                    .toList();
            boolean passed = wanted.stream().anyMatch(found::contains);
            return new Finding(
                    passed, "has " + String.join(", ", found) + (passed ? "" : ", not " + QuotedText.quote(wanted)));
        }));
    }

    private static Stream<String> words(Part part) {
        Stream<String> kinds = part instanceof Part.Media media ? Stream.of(Words.of(media.media())) : Stream.empty();
        return Stream.concat(kinds, Stream.of(part.type()));
    }

    private HasCondition() {}
}
