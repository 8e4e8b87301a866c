// SPDX-License-Identifier: Apache-2.0
package io.dragoman.rules.action;

import io.dragoman.model.ConversationBuilder;
import io.dragoman.rules.schema.RuleValues;
import io.dragoman.rules.schema.SchemaKey.Form;
import java.util.stream.Stream;

/**
 * Hands the conversation to one person of the team.
 *
 * <pre>assignee: mara</pre>
 *
 * @param assignee in the desk's words
 */
public record SetAssignee(String assignee) implements SetOnce {
    static final ActionType TYPE = ActionType.of(
            "assignee",
            Form.TEXT,
            "The agent that the conversation is assigned to, by the desk's name for them.",
            "mara",
            SetAssignee.class,
            (node, context) -> Stream.ofNullable(RuleValues.text(node, context.problems()))
                    .map(SetAssignee::new)
                    .toList());

    @Override
    public String subject() {
        return "assignee";
    }

    @Override
    public String value() {
        return assignee;
    }

    @Override
    public void change(ConversationBuilder conversation) {
        conversation.assignee(assignee);
    }
}
