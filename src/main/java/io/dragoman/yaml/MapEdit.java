// SPDX-License-Identifier: Apache-2.0
package io.dragoman.yaml;

import io.dragoman.yaml.Piece.Entry;
import io.dragoman.yaml.Piece.Form;
import io.dragoman.yaml.YamlEdit.Change;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The changes of a text that set and remove entries of a map in it, in the form in which the map is written. */
final class MapEdit {
    private final String content;
    private final String line;

    /** @param line how a line ends there */
    MapEdit(String content, String line) {
        this.content = content;
        this.line = line;
    }

    /**
     * Adds what has to be changed.
     *
     * @param prefix of the map's names, such as {@code imap.}
     */
    void change(Piece map, Map<String, String> set, Set<String> remove, String prefix, List<Change> changes) {
        Map<String, Object> fresh = new LinkedHashMap<>();
        tree(below(set, prefix)).forEach((name, value) -> {
            Optional<Entry> entry = map.entry(name);
            if (entry.isEmpty() || (value instanceof Map && !entry.get().value().isMap())) {
                fresh.put(name, value);
            } else if (value instanceof String text) {
                changes.add(value(entry.get().value(), text));
            }
        });
        List<Entry> gone = new ArrayList<>();
        for (Entry entry : map.entries()) {
            String name = prefix + entry.name();
            if (fresh.containsKey(entry.name())) {
                gone.add(entry); // a single value where a group has to be
            } else if (entry.value().isMap()
                    && (touches(set.keySet(), name) || !empties(entry.value(), name, remove))) {
                change(entry.value(), set, remove, name + ".", changes);
            } else if (remove.contains(name) || entry.value().isMap()) {
                gone.add(entry);
            }
        }
        remove(map, gone.stream().map(Entry::name).collect(Collectors.toSet()), changes);
        add(map, fresh, !gone.isEmpty(), changes);
    }

    private static boolean touches(Set<String> names, String group) {
        return names.stream().anyMatch(name -> name.startsWith(group + "."));
    }

    /** Whether nothing of a group would be left. */
    private static boolean empties(Piece group, String name, Set<String> remove) {
        return !group.entries().isEmpty()
                && group.entries().stream()
                        .allMatch(entry -> entry.value().isMap()
                                ? empties(entry.value(), name + "." + entry.name(), remove)
                                : remove.contains(name + "." + entry.name()));
    }

    private static Map<String, String> below(Map<String, String> set, String prefix) {
        Map<String, String> below = new LinkedHashMap<>();
        set.forEach((name, text) -> {
            if (name.startsWith(prefix)) {
                below.put(name.substring(prefix.length()), text);
            }
        });
        return below;
    }

    private Change value(Piece old, String text) {
        String written = ScalarText.of(text);
        if (old.form() == Form.NOTHING && old.start() == old.end()) {
            return new Change(old.start(), old.end(), " " + written);
        }
        boolean wholeLines = old.end() > old.start() && content.charAt(old.end() - 1) == '\n';
        return new Change(old.start(), old.end(), wholeLines ? written + line : written);
    }

    private void add(Piece map, Map<String, Object> fresh, boolean atStart, List<Change> changes) {
        if (fresh.isEmpty()) {
            return;
        }
        if (map.form() == Form.BLOCK_MAP) {
            int at = lineEnd(content, map.end());
            int indent = column(map.entries().get(0).key().start());
            boolean open = at > 0 && content.charAt(at - 1) != '\n' && content.charAt(at - 1) != '\r';
            changes.add(new Change(at, at, (open ? line : "") + block(fresh, indent, line)));
            return;
        }
        String text = flow(fresh);
        String bare = text.substring(1, text.length() - 1);
        boolean front = atStart || map.entries().isEmpty();
        int at = front
                ? content.indexOf('{', map.start()) + 1
                : map.entries().get(map.entries().size() - 1).value().end();
        changes.add(new Change(at, at, front ? bare + (map.entries().isEmpty() ? "" : ", ") : ", " + bare));
    }

    /** Adds what takes entries out. */
    void remove(Piece map, Set<String> names, List<Change> changes) {
        List<Entry> entries = map.entries();
        int lastKept = -1;
        for (int i = 0; i < entries.size(); i++) {
            if (!names.contains(entries.get(i).name())) {
                lastKept = i;
            }
        }
        int begun = -1;
        int end = -1;
        for (int i = 0; i < entries.size(); i++) {
            Entry entry = entries.get(i);
            if (!names.contains(entry.name())) {
                continue;
            }
            int from = map.form() == Form.BLOCK_MAP
                    ? lineStart(entry.key().start())
                    : i < lastKept
                            ? entry.key().start()
                            : lastKept < 0
                                    ? content.indexOf('{', map.start()) + 1
                                    : entries.get(lastKept).value().end();
            int to = map.form() == Form.BLOCK_MAP
                    ? lineEnd(content, Math.max(entry.key().end(), entry.value().end()))
                    : i < lastKept
                            ? entries.get(i + 1).key().start()
                            : entry.value().end();
            if (from > end) {
                if (end >= 0) {
                    changes.add(new Change(begun, end, ""));
                }
                begun = from;
            }
            end = Math.max(end, to);
        }
        if (end >= 0) {
            changes.add(new Change(begun, end, ""));
        }
    }

    private int lineStart(int at) {
        int start = at;
        while (start > 0 && content.charAt(start - 1) != '\n' && content.charAt(start - 1) != '\r') {
            start--;
        }
        return start;
    }

    private int column(int at) {
        int start = lineStart(at);
        return at - start - (start == 0 && content.startsWith("\uFEFF") ? 1 : 0);
    }

    /** Where the line after the one with what ends here begins, or the end of the text. */
    static int lineEnd(String content, int end) {
        int at = end;
        if (at > 0 && content.charAt(at - 1) == '\n') {
            return at; // lines that end with their line
        }
        while (at < content.length() && content.charAt(at) != '\n' && content.charAt(at) != '\r') {
            at++;
        }
        if (at < content.length() && content.charAt(at) == '\r') {
            at++;
        }
        if (at < content.length() && content.charAt(at) == '\n') {
            at++;
        }
        return at;
    }

    /** Names with dots as maps in maps. */
    static Map<String, Object> tree(Map<String, String> set) {
        Map<String, Object> tree = new LinkedHashMap<>();
        Set<String> groups = set.keySet().stream()
                .filter(name -> name.indexOf('.') > 0)
                .map(name -> name.substring(0, name.indexOf('.')))
                .collect(Collectors.toSet());
        set.forEach((name, text) -> {
            int dot = name.indexOf('.');
            String first = dot < 0 ? name : name.substring(0, dot);
            if (dot < 0) {
                tree.put(first, text);
            } else if (groups.contains(first)) {
                tree.putIfAbsent(first, tree(below(set, first + ".")));
            }
        });
        return tree;
    }

    /** A tree as lines. */
    static String block(Map<String, Object> tree, int indent, String line) {
        StringBuilder lines = new StringBuilder();
        tree.forEach((name, value) -> {
            lines.append(" ".repeat(indent)).append(ScalarText.of(name)).append(':');
            if (value instanceof Map<?, ?> map) {
                lines.append(line).append(block(inside(map), indent + 2, line));
            } else {
                lines.append(' ').append(ScalarText.of(String.valueOf(value))).append(line);
            }
        });
        return lines.toString();
    }

    /** A tree in braces. */
    static String flow(Map<String, Object> tree) {
        return tree.entrySet().stream()
                .map(entry -> ScalarText.of(entry.getKey()) + ": "
                        + (entry.getValue() instanceof Map<?, ?> map
                                ? flow(inside(map))
                                : ScalarText.of(String.valueOf(entry.getValue()))))
                .collect(Collectors.joining(", ", "{", "}"));
    }

    private static Map<String, Object> inside(Map<?, ?> map) {
        Map<String, Object> inside = new LinkedHashMap<>();
        map.forEach((name, value) -> inside.put(String.valueOf(name), value));
        return inside;
    }
}
