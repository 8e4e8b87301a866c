// SPDX-License-Identifier: Apache-2.0
package io.dragoman.rules.condition;

import io.dragoman.rules.condition.Condition.Finding;
import io.dragoman.rules.schema.RuleValues;
import io.dragoman.rules.schema.SchemaKey.Form;
import io.dragoman.rules.text.QuotedText;
import io.dragoman.rules.text.SenderPattern;
import io.dragoman.yaml.Node;
import java.util.List;

/**
 * An address of the sender; a star stands for any characters.
 *
 * <pre>from: ["*@example.com", "+49*"]</pre>
 */
final class FromCondition {
    static final ConditionType TYPE = ConditionType.of(
            "from",
            Form.TEXTS,
            "The sender's address; * stands for any characters.",
            "\"*@example.com\"",
            FromCondition::read);

    private static List<Condition> read(String label, Node node, ConditionContext context) {
        List<String> wanted = RuleValues.texts(node, context.problems());
        List<SenderPattern> patterns = wanted.stream().map(SenderPattern::new).toList();
        return List.of(new Condition(QuotedText.label(label, wanted), facts -> {
            List<String> addresses = facts.addresses();
            for (String address : addresses) {
                if (patterns.stream().anyMatch(pattern -> pattern.matches(address))) {
                    return new Finding(true, "is " + QuotedText.quote(address));
                }
            }
            return new Finding(false, "is " + QuotedText.quote(addresses) + ", not " + QuotedText.quote(wanted));
        }));
    }

    private FromCondition() {}
}
