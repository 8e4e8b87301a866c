// SPDX-License-Identifier: Apache-2.0
package io.dragoman.rules;

import io.dragoman.model.Conversation.Priority;
import io.dragoman.rules.Rule.Actions;
import io.dragoman.rules.SchemaKey.Place;
import io.dragoman.yaml.Node;
import io.dragoman.yaml.Problems;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads {@code rules.yaml}. */
final class RulesReader {
    private final ConditionReader when;
    private final Set<String> replies;
    private final Set<String> desks;
    private final Problems problems;

    RulesReader(ConditionReader when, Set<String> replies, Set<String> desks, Problems problems) {
        this.when = when;
        this.replies = replies;
        this.desks = desks;
        this.problems = problems;
    }

    List<Rule> read(Node root) {
        root.needEntries(problems);
        root.allowKeys(problems, Set.of("rules", "guard"));
        List<Rule> rules = new ArrayList<>();
        Set<String> names = new HashSet<>();
        String stopped = null;
        for (Node node : root.get("rules").map(list -> list.needItems(problems)).orElse(List.of())) {
            Rule rule = rule(node, names);
            if (stopped != null) {
                problems.warn(
                        node, "is never reached: rule " + QuotedText.quote(stopped) + " always applies and stops.");
            } else if (rule.stop() && rule.when().isEmpty() && node.get("when").isEmpty()) {
                stopped = rule.name();
            }
            rules.add(rule);
        }
        return rules;
    }

    private Rule rule(Node node, Set<String> names) {
        node.needEntries(problems);
        node.allowKeys(problems, SchemaKey.names(Place.RULE));
        String name = name(node, names);
        List<Condition> conditions = node.get("when").map(when::read).orElse(List.of());
        Actions actions = actions(node);
        boolean stop = flag(node, "stop");
        if (actions.isNothing() && !stop && asksForNothing(node)) {
            problems.warn(node, "does nothing. Give it an action, such as reply, team or tags.");
        }
        return new Rule(name, conditions, actions, stop);
    }

    private static boolean asksForNothing(Node node) {
        return node.shape() == Node.Shape.MAP
                && Set.of("name", "when", "stop", "close")
                        .containsAll(node.entries().keySet());
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

    private Actions actions(Node node) {
        Node priority = node.get("priority").orElse(null);
        Node drop = node.get("drop").orElse(null);
        String urgency =
                priority == null ? null : RuleValues.known(priority, "priority", RuleSchema.PRIORITIES, problems);
        if (drop != null && (drop.text().equals("true") || drop.text().equals("false"))) {
            problems.add(drop, "must be the reason why the message is dropped, such as drop: advertising.");
        }
        return new Actions(
                known(node, "reply", "reply in replies.yaml", replies),
                text(node, "team"),
                node.get("tags").map(tags -> RuleValues.texts(tags, problems)).orElse(List.of()),
                urgency == null ? null : Priority.valueOf(urgency.toUpperCase(Locale.ROOT)),
                known(node, "desk", "desk in desks.yaml", desks),
                drop == null ? null : RuleValues.text(drop, problems),
                flag(node, "close"),
                text(node, "note"));
    }

    private @Nullable String known(Node node, String key, String what, Set<String> known) {
        Node value = node.get(key).orElse(null);
        return value == null ? null : RuleValues.known(value, what, known, problems);
    }

    private @Nullable String text(Node node, String key) {
        Node value = node.get(key).orElse(null);
        return value == null ? null : RuleValues.text(value, problems);
    }

    private boolean flag(Node node, String key) {
        Node value = node.get(key).orElse(null);
        return value != null && Boolean.TRUE.equals(RuleValues.flag(value, problems));
    }
}
