// SPDX-License-Identifier: Apache-2.0
package io.dragoman.rules.action;

import io.dragoman.model.ConversationBuilder;
import io.dragoman.rules.schema.RuleValues;
import io.dragoman.rules.schema.SchemaKey;
import io.dragoman.rules.schema.SchemaKey.Form;
import io.dragoman.rules.text.QuotedText;
import java.util.List;
import java.util.Optional;

/**
 * Adds a tag to the conversation.
 *
 * <pre>tags: [refund, vip]</pre>
 */
public record AddTag(String tag) implements Action {
    static final ActionType TYPE = new ActionType(
            new SchemaKey(SchemaKey.RULE + "tags", Form.TEXTS, "Tags to add to the conversation.", "[refund]"),
            "tag",
            AddTag.class,
            (node, context) -> RuleValues.texts(node, context.problems()).stream()
                    .map(AddTag::new)
                    .toList());

    @Override
    public String subject() {
        return "tags";
    }

    @Override
    public String value() {
        return tag;
    }

    @Override
    public Optional<String> slot() {
        return Optional.of("tag " + tag);
    }

    @Override
    public String done() {
        return "adds tag " + QuotedText.quote(tag);
    }

    @Override
    public String overridden(Action first, String rule) {
        return "tag " + QuotedText.quote(tag) + " was added before";
    }

    @Override
    public void change(ConversationBuilder conversation) {
        conversation.tags(List.of(tag));
    }
}
