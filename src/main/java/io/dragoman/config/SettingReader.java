// SPDX-License-Identifier: Apache-2.0
package io.dragoman.config;

import io.dragoman.connector.Secret;
import io.dragoman.connector.Setting;
import io.dragoman.model.UnicodeText;
import io.dragoman.yaml.Node;
import io.dragoman.yaml.Problems;
import io.dragoman.yaml.Suggestion;
import java.net.URI;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Reads a map of settings: nested maps become dotted names, every value is parsed, every problem reported. */
final class SettingReader {
    private static final int MOST_SHOWN = 3;
    private static final int LONGEST_SHOWN = 60;

    private final Placeholders references;
    private final Problems problems;

    SettingReader(Placeholders references, Problems problems) {
        this.references = references;
        this.problems = problems;
    }

    /**
     * Reads the values of {@code settings}.
     *
     * @param always whether groups ({@code http.port}) have their defaults even where the group is not written
     */
    SettingValues read(Node map, List<Setting<?>> settings, boolean always) {
        return read(map, settings, always, Set.of());
    }

    /**
     * The same where some names are no settings.
     *
     * @param others the names of what is left to another reader
     */
    SettingValues read(Node map, List<Setting<?>> settings, boolean always, Set<String> others) {
        Map<String, Setting<?>> byName = new LinkedHashMap<>();
        settings.forEach(setting -> byName.put(setting.name(), setting));
        Written written = new Written(new LinkedHashMap<>(), new HashMap<>());
        Set<String> names = new LinkedHashSet<>(byName.keySet());
        names.addAll(others);
        boolean good = collect(map, "", names, written);
        Map<String, Object> values = new HashMap<>();
        Set<String> bad = new HashSet<>();
        for (Setting<?> setting : settings) {
            Node node = written.values.get(setting.name());
            String group = group(setting.name());
            boolean inside = group.isEmpty() || written.groups.containsKey(group);
            Optional<Object> value = node == null ? Optional.empty() : value(setting, node);
            boolean missing = node == null && setting.required() && inside;
            if (missing) {
                Node parent = written.groups.getOrDefault(group, map);
                problems.missing(
                        parent, last(setting.name()), "is missing. " + setting.description() + remedy(setting, map));
            }
            if (missing || (node != null && value.isEmpty())) {
                bad.add(setting.name());
                good = false;
            } else if (node != null && references.leftOpen(node)) {
                bad.add(setting.name()); // nothing can be said of it, but it stops nothing
            }
            value.ifPresentOrElse(it -> values.put(setting.name(), it), () -> fallback(setting, inside || always)
                    .ifPresent(it -> values.put(setting.name(), it)));
        }
        return new SettingValues(values, bad, good);
    }

    private static Optional<Object> fallback(Setting<?> setting, boolean wanted) {
        String fallback = setting.fallback();
        return fallback == null || !wanted
                ? Optional.empty()
                : Optional.of(setting.parser().apply(fallback));
    }

    private boolean collect(Node map, String prefix, Set<String> names, Written written) {
        boolean good = true;
        Set<String> known = names.stream()
                .filter(name -> name.startsWith(prefix))
                .map(name -> name.substring(prefix.length()))
                .map(name -> name.indexOf('.') < 0 ? name : name.substring(0, name.indexOf('.')))
                .collect(Collectors.toCollection(TreeSet::new));
        for (Map.Entry<String, Node> entry : map.needEntries(problems).entrySet()) {
            Node value = entry.getValue();
            String name = prefix + entry.getKey();
            if (!known.contains(entry.getKey())) {
                problems.add(value.key(), unknown(entry.getKey(), names.contains(name), known));
                good = false;
            } else if (names.contains(name)) {
                written.values.put(name, value);
            } else if (value.shape() == Node.Shape.MAP) {
                written.groups.put(name, value);
                good &= collect(value, name + ".", names, written);
            } else {
                problems.add(value, found(value) + "must be a map. " + example(name, names));
                good = false;
            }
        }
        return good && (map.shape() == Node.Shape.MAP || map.shape() == Node.Shape.EMPTY);
    }

    private static String unknown(String key, boolean dotted, Set<String> known) {
        if (dotted) {
            int dot = key.lastIndexOf('.');
            return "is written with a dot. Write it as a map: "
                    + key.substring(0, dot).replace(".", ": {") + ": {" + key.substring(dot + 1) + ": …}.";
        }
        return "is not a known key. " + Suggestion.sentence(key, known);
    }

    /** What stands in the place of a map; of a value that may be secret nothing. */
    static String found(Node node) {
        return switch (node.shape()) {
            case LIST -> "is a list but ";
            case TEXT -> node.written().matches("[^@$]*") ? "is '" + shortened(node.written()) + "' but " : "";
            default -> "";
        };
    }

    private static String example(String group, Set<String> names) {
        return "Write " + last(group) + ": {" + inside(group, names, MOST_SHOWN) + "}, or take the line out.";
    }

    private static String inside(String group, Set<String> names, int most) {
        return names.stream()
                .filter(name -> name.startsWith(group + "."))
                .map(name -> name.substring(group.length() + 1).replaceFirst("\\..*", ""))
                .distinct()
                .limit(most)
                .map(name -> name + ": "
                        + (names.contains(group + "." + name) ? "…" : "{" + inside(group + "." + name, names, 1) + "}"))
                .collect(Collectors.joining(", "));
    }

    private Optional<Object> value(Setting<?> setting, Node node) {
        if (node.shape() == Node.Shape.EMPTY
                || (node.shape() == Node.Shape.TEXT && node.text().isBlank())) {
            problems.add(node, "is empty. Give it a value, or take the line out. " + setting.description());
            return Optional.empty();
        }
        if (node.shape() != Node.Shape.TEXT) {
            node.needText(problems, setting.description());
            return Optional.empty();
        }
        boolean secret = setting.type() == Setting.Type.SECRET;
        if (references.foreign(node)) {
            return Optional.empty();
        }
        Optional<String> text = references.resolve(node);
        if (secret && references.leftOpen(node)) {
            return text.map(Secret::new);
        }
        if (secret) {
            text.ifPresent(problems::hide);
            if (!Placeholders.in(node.text())) {
                problems.warn(
                        node,
                        "is a secret written out in the file. Keep it in the environment instead: " + variable(node));
            }
        }
        return text.flatMap(it -> parse(setting, node, it));
    }

    private Optional<Object> parse(Setting<?> setting, Node node, String text) {
        try {
            Object value = setting.parser().apply(text);
            if (value instanceof URI address && isAccount(node) && PlainHttp.isPublic(address)) {
                problems.warn(
                        node,
                        "is http: whoever is on the way can read what is sent there, tokens and messages alike. Write its"
                                + " https address.");
            }
            return Optional.of(value);
        } catch (IllegalArgumentException e) {
            // an address may carry a password; a secret is never shown, and a reference stands for one
            boolean hidden =
                    setting.type() == Setting.Type.SECRET || node.written().indexOf('@') >= 0;
            if (hidden) {
                problems.hide(text);
            }
            String meant = Suggestion.of(text, setting.words());
            problems.add(
                    node,
                    (hidden ? "" : "is '" + shortened(node.written()) + "' but ") + e.getMessage() + "."
                            + (meant == null || hidden ? "" : " Did you mean '" + meant + "'?"));
            return Optional.empty();
        }
    }

    /** Of the gateway's own addresses its checks know more. */
    private static boolean isAccount(Node node) {
        return node.path().matches("(channels|desks)\\..*");
    }

    static String remedy(Setting<?> setting, Node map) {
        String name = last(setting.name());
        return switch (setting.type()) {
            case SECRET -> " Add: " + name + ": " + reference(map.path() + "." + setting.name());
            case CHOICE -> " Add: " + name + ": " + String.join(" or ", setting.words());
            default -> "";
        };
    }

    private static String variable(Node node) {
        return last(node.path()) + ": " + reference(node.path());
    }

    /** A good name for the environment variable: that of the account and the setting. */
    private static String reference(String path) {
        String name = path.replaceFirst("^(channels|desks)\\.", "").replaceAll("([a-z])([A-Z])", "$1_$2");
        return "\"${env:" + name.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]+", "_") + "}\"";
    }

    private static String shortened(String text) {
        String line = text.replaceAll("\\s+", " ");
        return line.length() > LONGEST_SHOWN ? UnicodeText.cut(line, LONGEST_SHOWN) + "…" : line;
    }

    private static String group(String name) {
        return name.substring(0, Math.max(0, name.lastIndexOf('.')));
    }

    private static String last(String name) {
        return name.substring(name.lastIndexOf('.') + 1);
    }

    /** What stands in the file: values and groups by their dotted names. */
    private record Written(Map<String, Node> values, Map<String, Node> groups) {}
}
