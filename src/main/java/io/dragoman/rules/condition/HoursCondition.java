// SPDX-License-Identifier: Apache-2.0
package io.dragoman.rules.condition;

import io.dragoman.rules.condition.Condition.Finding;
import io.dragoman.rules.hours.Calendars;
import io.dragoman.rules.hours.Hours;
import io.dragoman.rules.hours.TimeText;
import io.dragoman.rules.schema.RuleValues;
import io.dragoman.rules.schema.SchemaKey;
import io.dragoman.rules.schema.SchemaKey.Form;
import io.dragoman.yaml.Node;
import io.dragoman.yaml.Problems;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether the business is open when the message comes in.
 *
 * <pre>hours: {is: closed, name: night}</pre>
 */
final class HoursCondition {
    static final ConditionType TYPE = ConditionType.of(
            "hours",
            Form.OPENING,
            "Whether the business is open when the message comes in.",
            "closed",
            HoursCondition::read);

    private static final List<String> STATES = List.of("open", "closed");

    static final List<SchemaKey> KEYS = List.of(
            new SchemaKey("opening.is", Form.WORD, STATES, "What they must be.", "closed"),
            new SchemaKey(
                    "opening.name", Form.TEXT, "Which of the hours.yaml are meant; default when left out.", "night"));

    private static List<Condition> read(String label, Node node, ConditionContext context) {
        Problems problems = context.problems();
        boolean map = node.shape() == Node.Shape.MAP;
        if (map) {
            node.allowKeys(problems, SchemaKey.names(KEYS, "opening."));
        }
        Node state = map ? node.get("is").orElse(null) : node;
        if (state == null) {
            problems.add(node, "has no 'is'. Write is: open or is: closed.");
            return List.of();
        }
        String wanted = RuleValues.known(state, "state of the hours", STATES, problems);
        String name = name(node, map, context);
        Hours hours = name == null ? null : context.calendars().get(name).orElse(null);
        return name == null || hours == null || wanted == null
                ? List.of()
                : List.of(condition(
                        label + ": " + wanted + (name.equals(Calendars.DEFAULT) ? "" : " (" + name + ")"),
                        hours,
                        wanted.equals("open")));
    }

    private static Condition condition(String label, Hours hours, boolean wanted) {
        return new Condition(label, facts -> {
            boolean open = hours.isOpen(facts.situation().now());
            return new Finding(
                    open == wanted,
                    (open ? "open" : "closed") + " at "
                            + TimeText.at(facts.situation().now(), hours));
        });
    }

    private static @Nullable String name(Node node, boolean map, ConditionContext context) {
        Calendars calendars = context.calendars();
        Node name = map ? node.get("name").orElse(null) : null;
        if (name != null) {
            return RuleValues.known(
                    name, "name in hours.yaml", calendars.named().keySet(), context.problems());
        }
        String usual = calendars.usual().orElse(null);
        if (usual == null) {
            context.problems()
                    .add(
                            node,
                            calendars.named().isEmpty()
                                    ? "asks for the hours, but hours.yaml has none. Write down when you are open there."
                                    : "does not say which hours are meant. Name some 'default' in hours.yaml,"
                                            + " or write {is: closed, name: …}.");
        }
        return usual;
    }

    private HoursCondition() {}
}
