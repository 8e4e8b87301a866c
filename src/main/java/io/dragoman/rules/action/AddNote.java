// SPDX-License-Identifier: Apache-2.0
package io.dragoman.rules.action;

import io.dragoman.rules.schema.RuleValues;
import io.dragoman.rules.schema.SchemaKey.Form;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Adds a note for the agents; every rule may.
 *
 * <pre>note: Check the order number first.</pre>
 */
public record AddNote(String note) implements Action {
    static final ActionType TYPE = ActionType.of(
            "note",
            Form.TEXT,
            "A note for the agents.",
            "Check the order number first.",
            AddNote.class,
            (node, context) -> Stream.ofNullable(RuleValues.text(node, context.problems()))
                    .map(AddNote::new)
                    .toList());

    @Override
    public String subject() {
        return "note";
    }

    @Override
    public String value() {
        return note;
    }

    @Override
    public Optional<String> slot() {
        return Optional.empty();
    }

    @Override
    public String done() {
        return "adds a note";
    }

    @Override
    public String overridden(Action first, String rule) {
        return done();
    }

    @Override
    public Optional<String> detail() {
        return Optional.of("note for the agents: " + note);
    }

    @Override
    public String toString() {
        return "AddNote[…]";
    }
}
