// SPDX-License-Identifier: Apache-2.0
package io.dragoman.rules.schema;

import io.dragoman.rules.text.QuotedText;
import io.dragoman.yaml.Node;
import io.dragoman.yaml.Problems;
import io.dragoman.yaml.Suggestion;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads single values that rules are made of; records what cannot stand. */
public final class RuleValues {
    private static final Pattern TIME = Pattern.compile("(\\d{1,8})([smhd])");
    private static final Map<String, Long> SECONDS = Map.of("s", 1L, "m", 60L, "h", 3_600L, "d", 86_400L);
    private static final Duration LONGEST = Duration.ofDays(366);

    private RuleValues() {}

    /** True or false, or null and a problem. */
    public static @Nullable Boolean flag(Node node, Problems problems) {
        String text = node.needText(problems);
        if (text.equals("true") || text.equals("false")) {
            return text.equals("true");
        }
        if (node.shape() == Node.Shape.TEXT) {
            problems.add(node, "is " + QuotedText.quote(text) + " but must be true or false.");
        }
        return null;
    }

    /** A text that is not blank, or null and a problem. */
    public static @Nullable String text(Node node, Problems problems) {
        String text = node.needText(problems).strip();
        if (node.shape() == Node.Shape.TEXT && text.isEmpty()) {
            problems.add(node, "is blank. Fill it in or take it out.");
        }
        return text.isEmpty() ? null : text;
    }

    /** A time such as {@code 45s}, {@code 30m}, {@code 2h} or {@code 3d}, or null and a problem. */
    public static @Nullable Duration duration(Node node, Problems problems) {
        String text = node.needText(problems).strip();
        Matcher time = TIME.matcher(text);
        if (time.matches()) {
            long seconds = Long.parseLong(time.group(1)) * SECONDS.getOrDefault(time.group(2), 1L);
            if (seconds > 0 && seconds <= LONGEST.toSeconds()) {
                return Duration.ofSeconds(seconds);
            }
        }
        if (node.shape() == Node.Shape.TEXT) {
            problems.add(
                    node,
                    "is " + QuotedText.quote(text)
                            + " but must be a time from 1s to 366d, such as 45s, 30m, 2h or 3d.");
        }
        return null;
    }

    /** The texts of a list, or of one text alone, that are not blank. */
    public static List<String> texts(Node node, Problems problems) {
        List<String> texts = new ArrayList<>();
        for (Node item : items(node)) {
            String text = text(item, problems);
            if (text != null) {
                texts.add(text);
            }
        }
        if (node.shape() == Node.Shape.LIST && node.items().isEmpty()) {
            problems.add(node, "is an empty list. Fill it in or take it out.");
        }
        return texts;
    }

    /** One of the known names, or null and a problem that says which is meant. */
    public static @Nullable String known(Node node, String what, Collection<String> known, Problems problems) {
        String text = text(node, problems);
        if (text == null || known.contains(text)) {
            return text;
        }
        String meant = Suggestion.of(text, known);
        problems.add(
                node,
                "is " + QuotedText.quote(text) + " but there is no such " + what + "."
                        + (meant == null ? "" : " Did you mean '" + meant + "'?")
                        + (known.isEmpty() ? " There is none at all." : " Known: " + list(known) + "."));
        return null;
    }

    /** Those of a list, or of one text alone, that are known. */
    public static List<String> allKnown(Node node, String what, Collection<String> known, Problems problems) {
        List<String> names = new ArrayList<>();
        for (Node item : items(node)) {
            String name = known(item, what, known, problems);
            if (name != null) {
                names.add(name);
            }
        }
        if (node.shape() == Node.Shape.LIST && node.items().isEmpty()) {
            problems.add(node, "is an empty list. Fill it in or take it out.");
        }
        return names;
    }

    /** A list's items, or the node itself. */
    public static List<Node> items(Node node) {
        return node.shape() == Node.Shape.LIST ? node.items() : List.of(node);
    }

    private static String list(Collection<String> names) {
        return String.join(", ", new TreeSet<>(names));
    }
}
