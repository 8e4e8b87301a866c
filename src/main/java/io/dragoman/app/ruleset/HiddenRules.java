// SPDX-License-Identifier: Apache-2.0
package io.dragoman.app.ruleset;

import io.dragoman.yaml.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Rules that never get their turn: whatever meets their conditions meets those of an earlier one that stops. It is told
 * only where the conditions show it by themselves, the same words for the same key or a choice among fewer.
 */
final class HiddenRules {
    /** Conditions that are met by any of several words. */
    private static final List<String> CHOICES = List.of("channel", "kind");

    private HiddenRules() {}

    /** For each rule in order the name of the one that hides it, or null. */
    static List<@Nullable String> of(List<Node> rules) {
        List<@Nullable String> hidden = new ArrayList<>();
        for (int i = 0; i < rules.size(); i++) {
            String by = null;
            for (int earlier = 0; earlier < i && by == null; earlier++) {
                if (text(rules.get(earlier), "stop").equals("true") && hides(rules.get(earlier), rules.get(i))) {
                    by = text(rules.get(earlier), "name");
                }
            }
            hidden.add(by);
        }
        return hidden;
    }

    private static boolean hides(Node earlier, Node later) {
        if (!waitsForTheSame(earlier, later)) {
            return false;
        }
        Map<String, Node> wanted = conditions(earlier);
        Map<String, Node> met = conditions(later);
        return wanted.entrySet().stream().allMatch(entry -> {
            Node other = met.get(entry.getKey());
            return other != null && follows(entry.getKey(), entry.getValue(), other);
        });
    }

    private static boolean waitsForTheSame(Node earlier, Node later) {
        Optional<Node> one = earlier.get("on").filter(on -> !on.text().equals("message"));
        Optional<Node> other = later.get("on").filter(on -> !on.text().equals("message"));
        return (one.isEmpty() || other.isEmpty()) ? one.equals(other) : same(one.get(), other.get());
    }

    private static Map<String, Node> conditions(Node rule) {
        return rule.get("when").map(Node::entries).orElse(Map.of());
    }

    /** Whether what meets the second condition meets the first. */
    private static boolean follows(String key, Node wanted, Node met) {
        if (CHOICES.contains(key)) {
            List<String> words = words(wanted);
            List<String> fewer = words(met);
            return !fewer.isEmpty() && words.containsAll(fewer);
        }
        return same(wanted, met);
    }

    private static List<String> words(Node node) {
        return node.shape() == Node.Shape.TEXT
                ? List.of(node.text())
                : node.items().stream().map(Node::text).toList();
    }

    private static boolean same(Node one, Node other) {
        if (one.shape() != other.shape()
                || !one.text().equals(other.text())
                || one.items().size() != other.items().size()
                || !one.entries().keySet().equals(other.entries().keySet())) {
            return false;
        }
        for (int i = 0; i < one.items().size(); i++) {
            if (!same(one.items().get(i), other.items().get(i))) {
                return false;
            }
        }
        return one.entries().entrySet().stream().allMatch(entry -> other.get(entry.getKey())
                .filter(node -> same(entry.getValue(), node))
                .isPresent());
    }

    private static String text(Node rule, String name) {
        return rule.get(name).map(Node::text).orElse("");
    }
}
