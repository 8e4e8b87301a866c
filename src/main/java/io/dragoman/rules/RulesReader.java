// SPDX-License-Identifier: Apache-2.0
package io.dragoman.rules;

import io.dragoman.rules.action.Action;
import io.dragoman.rules.action.Actions;
import io.dragoman.rules.condition.Condition;
import io.dragoman.rules.condition.Conditions;
import io.dragoman.rules.facts.Trigger;
import io.dragoman.rules.schema.RuleValues;
import io.dragoman.rules.schema.SchemaKey;
import io.dragoman.rules.schema.SchemaKey.Form;
import io.dragoman.rules.text.QuotedText;
import io.dragoman.rules.text.TextFolding;
import io.dragoman.yaml.Node;
import io.dragoman.yaml.Problems;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Reads {@code rules.yaml}. */
final class RulesReader {
    /** The keys of a rule that are neither conditions nor actions. */
    static final List<SchemaKey> KEYS = List.of(
            new SchemaKey(
                    SchemaKey.RULE + "name",
                    Form.TEXT,
                    "What the rule is called in explanations; no two rules share a name.",
                    "Refunds"),
            new SchemaKey(
                    SchemaKey.RULE + "when",
                    Form.MAP,
                    "What must all be so for the rule to apply; without it, it always applies.",
                    "{}"),
            new SchemaKey(
                    SchemaKey.RULE + "stop", Form.FLAG, "When the rule applies, no later rule is evaluated.", "true"));

    private static final Set<String> NAMES = SchemaKey.names(
            Stream.of(KEYS, TriggerReader.KEYS, Actions.KEYS)
                    .flatMap(List::stream)
                    .toList(),
            SchemaKey.RULE);

    private final Conditions conditions;
    private final Actions actions;
    private final TriggerReader triggers;
    private final Problems problems;

    RulesReader(Conditions conditions, Actions actions, Problems problems) {
        this.conditions = conditions;
        this.actions = actions;
        this.triggers = new TriggerReader(problems);
        this.problems = problems;
    }

    List<Rule> read(Node root) {
        root.needEntries(problems);
        root.allowKeys(problems, Set.of("rules", "guard", "quiet", "consent"));
        List<Rule> rules = new ArrayList<>();
        Set<String> names = new HashSet<>();
        Map<Trigger, String> stopped = new HashMap<>();
        for (Node node : root.get("rules").map(list -> list.needItems(problems)).orElse(List.of())) {
            Rule rule = rule(node, names);
            String by = stopped.get(rule.on());
            if (by != null) {
                problems.warn(node, "is never reached: rule " + QuotedText.quote(by) + " always applies and stops.");
            } else if (rule.stop() && rule.when().isEmpty() && node.get("when").isEmpty()) {
                stopped.put(rule.on(), rule.name());
            }
            rules.add(rule);
        }
        return rules;
    }

    private Rule rule(Node node, Set<String> names) {
        node.needEntries(problems);
        node.allowKeys(problems, NAMES);
        String name = name(node, names);
        Trigger on = triggers.read(node);
        List<Condition> when = node.get("when").map(conditions::read).orElse(List.of());
        int before = problems.all().size();
        List<Action> then = actions.read(node);
        boolean stop = node.get("stop")
                .map(value -> Boolean.TRUE.equals(RuleValues.flag(value, problems)))
                .orElse(false);
        boolean understood = node.shape() == Node.Shape.MAP && problems.all().size() == before;
        if (then.isEmpty()
                && !stop
                && understood
                && NAMES.containsAll(node.entries().keySet())) {
            problems.warn(node, "does nothing. Give it an action, such as reply, team or tags.");
        }
        return new Rule(name, on, when, then, stop);
    }

    private String name(Node node, Set<String> names) {
        Node given = node.get("name").orElse(null);
        if (given == null) {
            if (node.shape() == Node.Shape.MAP) {
                problems.add(node, "has no name. Give it one: explanations and backtests call rules by name.");
            }
            return node.path();
        }
        String name = RuleValues.text(given, problems);
        if (name == null) {
            return node.path();
        }
        if (!names.add(TextFolding.fold(name))) {
            problems.add(
                    given, "is " + QuotedText.quote(name) + " as another rule is. Give each rule a name of its own.");
        }
        return name;
    }
}
