// SPDX-License-Identifier: Apache-2.0
package io.dragoman.rules.action;

import io.dragoman.rules.schema.RuleValues;
import io.dragoman.rules.schema.SchemaKey;
import io.dragoman.rules.schema.SchemaKey.Form;
import io.dragoman.rules.text.QuotedText;
import io.dragoman.yaml.Node;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Adds a tag to the contact, for all of their conversations.
 *
 * <pre>contact: {tags: [vip]}</pre>
 */
public record AddContactTag(String tag) implements Action {
    static final ActionType TYPE = new ActionType(
            new SchemaKey(
                    SchemaKey.RULE + "contact.tags",
                    Form.TEXTS,
                    "Tags to add to the contact, for all of their conversations.",
                    "[vip]"),
            "contactTag",
            AddContactTag.class,
            AddContactTag::read);

    private static List<AddContactTag> read(Node node, ActionContext context) {
        node.needEntries(context.problems());
        node.allowKeys(context.problems(), Set.of("tags"));
        return node.get("tags").map(tags -> RuleValues.texts(tags, context.problems())).orElse(List.of()).stream()
                .map(AddContactTag::new)
                .toList();
    }

    @Override
    public String subject() {
        return "contact tags";
    }

    @Override
    public String value() {
        return tag;
    }

    @Override
    public Optional<String> slot() {
        return Optional.of("contact tag " + tag);
    }

    @Override
    public String done() {
        return "adds tag " + QuotedText.quote(tag) + " to the contact";
    }

    @Override
    public String overridden(Action first, String rule) {
        return "tag " + QuotedText.quote(tag) + " was added to the contact before";
    }
}
