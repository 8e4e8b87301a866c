// SPDX-License-Identifier: Apache-2.0
package io.dragoman.rules.action;

import io.dragoman.model.Conversation.Priority;
import io.dragoman.model.ConversationBuilder;
import io.dragoman.model.Words;
import io.dragoman.rules.schema.RuleValues;
import io.dragoman.rules.schema.SchemaKey;
import io.dragoman.rules.schema.SchemaKey.Form;
import io.dragoman.yaml.Node;
import java.util.Arrays;
import java.util.List;

/**
 * Says how urgent the conversation becomes.
 *
 * <pre>priority: high</pre>
 */
public record SetPriority(Priority priority) implements SetOnce {
    private static final List<String> WORDS = Words.all(Priority.class);

    static final ActionType TYPE = new ActionType(
            new SchemaKey(
                    SchemaKey.RULE + "priority", Form.WORD, WORDS, "How urgent the conversation becomes.", "high"),
            "priority",
            SetPriority.class,
            SetPriority::read);

    private static List<SetPriority> read(Node node, ActionContext context) {
        String word = RuleValues.known(node, "priority", WORDS, context.problems());
        return Arrays.stream(Priority.values())
                .filter(priority -> Words.of(priority).equals(word))
                .map(SetPriority::new)
                .toList();
    }

    @Override
    public String subject() {
        return "priority";
    }

    @Override
    public String value() {
        return Words.of(priority);
    }

    @Override
    public void change(ConversationBuilder conversation) {
        conversation.priority(priority);
    }
}
