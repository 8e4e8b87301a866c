// SPDX-License-Identifier: Apache-2.0
package io.dragoman.rules.action;

import io.dragoman.model.ConversationBuilder;
import io.dragoman.rules.schema.RuleValues;
import io.dragoman.rules.schema.SchemaKey;
import io.dragoman.rules.schema.SchemaKey.Form;
import io.dragoman.rules.text.QuotedText;
import io.dragoman.yaml.Node;
import io.dragoman.yaml.Problems;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Keeps something about the conversation under a name; each name is set by the first rule that sets it.
 *
 * <pre>attribute: {order: late, source: ad}</pre>
 */
public record SetAttribute(String name, String value) implements SetOnce {
    private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{M}\\p{N}_-]{1,64}");

    static final ActionType TYPE = new ActionType(
            new SchemaKey(
                    SchemaKey.RULE + "attribute.*",
                    Form.TEXT,
                    "What to keep about the conversation under that name.",
                    "late"),
            "attribute",
            SetAttribute.class,
            SetAttribute::read);

    private static List<SetAttribute> read(Node node, ActionContext context) {
        Problems problems = context.problems();
        List<SetAttribute> attributes = new ArrayList<>();
        node.needEntries(problems).forEach((name, each) -> {
            if (!NAME.matcher(name).matches()) {
                problems.add(
                        each,
                        "stands under " + QuotedText.quote(name)
                                + ", but an attribute's name is at most 64 letters, digits, hyphens and underscores.");
            }
            String value = RuleValues.text(each, problems);
            if (value != null) {
                attributes.add(new SetAttribute(name, value));
            }
        });
        return attributes;
    }

    @Override
    public String subject() {
        return "attribute " + name;
    }

    @Override
    public void change(ConversationBuilder conversation) {
        conversation.attributes(Map.of(name, value));
    }
}
