// SPDX-License-Identifier: Apache-2.0
package io.dragoman.rules.action;

import io.dragoman.model.Conversation;
import io.dragoman.model.ConversationBuilder;
import io.dragoman.rules.schema.RuleValues;
import io.dragoman.rules.schema.SchemaKey.Form;
import java.util.List;
import java.util.Optional;

/**
 * Closes the conversation.
 *
 * <pre>close: true</pre>
 */
public record CloseConversation() implements Action {
    static final ActionType TYPE = ActionType.of(
            "close",
            Form.FLAG,
            "Closes the conversation.",
            "true",
            CloseConversation.class,
            (node, context) -> Boolean.TRUE.equals(RuleValues.flag(node, context.problems()))
                    ? List.of(new CloseConversation())
                    : List.of());

    @Override
    public String subject() {
        return "close";
    }

    @Override
    public String value() {
        return "true";
    }

    @Override
    public Optional<String> slot() {
        return Optional.of("close");
    }

    @Override
    public String done() {
        return "closes the conversation";
    }

    @Override
    public String overridden(Action first, String rule) {
        return "the conversation was closed before";
    }

    @Override
    public void change(ConversationBuilder conversation) {
        conversation.status(Conversation.State.CLOSED);
    }
}
