// SPDX-License-Identifier: Apache-2.0
package io.dragoman.rules.action;

import io.dragoman.model.ConversationBuilder;
import io.dragoman.rules.schema.RuleValues;
import io.dragoman.rules.schema.SchemaKey.Form;
import java.util.stream.Stream;

/**
 * Hands the conversation to a team.
 *
 * <pre>team: billing</pre>
 */
public record SetTeam(String team) implements SetOnce {
    static final ActionType TYPE = ActionType.of(
            "team",
            Form.TEXT,
            "The team that the conversation goes to.",
            "billing",
            SetTeam.class,
            (node, context) -> Stream.ofNullable(RuleValues.text(node, context.problems()))
                    .map(SetTeam::new)
                    .toList());

    @Override
    public String subject() {
        return "team";
    }

    @Override
    public String value() {
        return team;
    }

    @Override
    public void change(ConversationBuilder conversation) {
        conversation.team(team);
    }
}
