// SPDX-License-Identifier: Apache-2.0
package io.dragoman.rules.action;

import io.dragoman.model.ConversationBuilder;
import io.dragoman.rules.schema.RuleValues;
import io.dragoman.rules.schema.SchemaKey.Form;
import java.util.stream.Stream;

/**
 * Forwards the conversation to another desk from now on.
 *
 * <pre>desk: billing-desk</pre>
 */
public record SetDesk(String desk) implements SetOnce {
    static final ActionType TYPE = ActionType.of(
            "desk",
            Form.TEXT,
            "The desk that the conversation is forwarded to from now on.",
            "billing-desk",
            SetDesk.class,
            (node, context) -> Stream.ofNullable(
                            RuleValues.known(node, "desk in desks.yaml", context.desks(), context.problems()))
                    .map(SetDesk::new)
                    .toList());

    @Override
    public String subject() {
        return "desk";
    }

    @Override
    public String value() {
        return desk;
    }

    @Override
    public void change(ConversationBuilder conversation) {
        conversation.desk(desk);
    }
}
