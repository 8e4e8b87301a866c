// SPDX-License-Identifier: Apache-2.0
package io.dragoman.rules.action;

import io.dragoman.rules.schema.RuleValues;
import io.dragoman.rules.schema.SchemaKey.Form;
import io.dragoman.yaml.Node;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Forwards the message nowhere.
 *
 * <pre>drop: advertising</pre>
 *
 * @param reason kept with the message
 */
public record DropMessage(String reason) implements SetOnce {
    static final ActionType TYPE = ActionType.of(
            "drop",
            Form.TEXT,
            "Forwards the message nowhere, for the reason given here.",
            "advertising",
            DropMessage.class,
            DropMessage::read);

    private static List<DropMessage> read(Node node, ActionContext context) {
        if (node.text().equals("true") || node.text().equals("false")) {
            context.problems().add(node, "must be the reason why the message is dropped, such as drop: advertising.");
        }
        return Stream.ofNullable(RuleValues.text(node, context.problems()))
                .map(DropMessage::new)
                .toList();
    }

    @Override
    public String subject() {
        return "drop";
    }

    @Override
    public String value() {
        return reason;
    }

    @Override
    public Optional<String> detail() {
        return Optional.of("dropped: " + reason);
    }
}
