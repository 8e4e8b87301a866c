// SPDX-License-Identifier: Apache-2.0
package io.dragoman.yaml;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A value in a YAML file with its position. Asking for a shape that it has not records a problem and gives something
 * empty, so that reading goes on and every problem is found.
 */
public final class Node {
    /** The shapes of a value. */
    public enum Shape {
        TEXT,
        LIST,
        MAP,
        /** Nothing written after the colon. */
        EMPTY
    }

    private final String file;
    private final int line;
    private final int column;
    private final String path;
    private final Shape shape;
    private final String text;
    private final String written;
    private final List<Node> items;
    private final Map<String, Node> entries;
    private final @Nullable Node key;
    private final Place start;

    Node(
            String file,
            int line,
            int column,
            String path,
            Shape shape,
            String text,
            String written,
            List<Node> items,
            Map<String, Node> entries,
            @Nullable Node key,
            Place start) {
        this.file = file;
        this.line = line;
        this.column = column;
        this.path = path;
        this.shape = shape;
        this.text = text;
        this.written = written;
        this.items = List.copyOf(items);
        this.entries = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(entries));
        this.key = key;
        this.start = start;
    }

    /** A single value. */
    static Node scalar(String file, int line, int column, String path, String text, @Nullable Node key, Place start) {
        return new Node(file, line, column, path, Shape.TEXT, text, text, List.of(), Map.of(), key, start);
    }

    public String file() {
        return file;
    }

    public int line() {
        return line;
    }

    public int column() {
        return column;
    }

    /** Where in the document, such as {@code rules[2].when.text}. */
    public String path() {
        return path;
    }

    public Shape shape() {
        return shape;
    }

    /** A scalar's text, exactly as YAML reads it; empty when it is no scalar. */
    public String text() {
        return text;
    }

    /** A scalar's text as it stands in the file, with its references unresolved: safe to show. */
    public String written() {
        return written;
    }

    /**
     * The place in the file of a character within a scalar's text. Exact for a text on one line and for a block; for
     * the later lines of a folded text, which YAML has joined, its start.
     *
     * @param line within the text, from 1
     * @param column within that line, in code points from 0
     */
    public Place within(int line, int column) {
        if (line <= 1) {
            return new Place(start.line(), start.column() + column);
        }
        return start.line() == this.line
                ? new Place(this.line, this.column)
                : new Place(start.line() + line - 1, start.column() + column);
    }

    /** A line and a column of a file, from 1. */
    public record Place(int line, int column) {}

    /** Where the key of this value stands, with the same path; the value itself when it has no key. */
    public Node key() {
        return key == null ? this : key;
    }

    /** The same tree with other texts: {@code text} is asked for every single value. */
    public Node resolve(Function<Node, String> text) {
        if (shape == Shape.TEXT) {
            return new Node(file, line, column, path, shape, text.apply(this), written, items, entries, key, start);
        }
        Map<String, Node> resolved = new LinkedHashMap<>();
        entries.forEach((name, value) -> resolved.put(name, value.resolve(text)));
        List<Node> list = items.stream().map(item -> item.resolve(text)).toList();
        return new Node(file, line, column, path, shape, this.text, written, list, resolved, key, start);
    }

    /** A list's items; empty when it is no list. */
    public List<Node> items() {
        return items;
    }

    /** A map's entries in the order of the file; empty when it is no map. */
    public Map<String, Node> entries() {
        return entries;
    }

    public Optional<Node> get(String key) {
        return Optional.ofNullable(entries.get(key));
    }

    /** The text of a scalar, or a problem and the empty string. */
    public String needText(Problems problems) {
        return needText(problems, "");
    }

    /** The same; {@code what} is added to the problem: a sentence on the value that is expected. */
    public String needText(Problems problems, String what) {
        if (shape != Shape.TEXT) {
            problems.add(this, ("is " + shapeName() + " but must be a single value. " + what).stripTrailing());
        }
        return text;
    }

    /** The texts of a list of scalars, or of one scalar alone; a problem for anything else. */
    public List<String> needTexts(Problems problems) {
        if (shape == Shape.LIST) {
            return items.stream().map(item -> item.needText(problems)).toList();
        }
        return List.of(needText(problems));
    }

    /** The items of a list, or a problem and none. */
    public List<Node> needItems(Problems problems) {
        if (shape != Shape.LIST && shape != Shape.EMPTY) {
            problems.add(
                    this, "is " + shapeName() + " but must be a list: each item on a line of its own behind a hyphen.");
        }
        return items;
    }

    /** The entries of a map, or a problem and none. */
    public Map<String, Node> needEntries(Problems problems) {
        if (shape != Shape.MAP && shape != Shape.EMPTY) {
            problems.add(
                    this,
                    "is " + shapeName()
                            + " but must be a map: each name on a line of its own, then a colon and its value.");
        }
        return entries;
    }

    /** A problem for every key that is not known, with the likeliest meant, where the key stands. */
    public void allowKeys(Problems problems, Set<String> known) {
        entries.forEach((name, value) -> {
            if (!known.contains(name)) {
                problems.add(value.key(), "is not a known key. " + Suggestion.sentence(name, known));
            }
        });
    }

    private String shapeName() {
        return switch (shape) {
            case TEXT -> "a single value";
            case LIST -> "a list";
            case MAP -> "a map";
            case EMPTY -> "empty";
        };
    }

    @Override
    public String toString() {
        return "Node[" + file + ":" + line + ":" + column + " " + path + "]";
    }
}
