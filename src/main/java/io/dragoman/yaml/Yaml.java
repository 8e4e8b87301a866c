// SPDX-License-Identifier: Apache-2.0
package io.dragoman.yaml;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * Reads YAML 1.2 with the position of every value and key. Duplicate keys are problems, and so is a document that is
 * too deep, that contains itself, or whose aliases unfold to too much.
 */
public final class Yaml {
    private static final int DEEPEST = 64;
    private static final int MOST_VALUES = 200_000;

    private final String file;
    private final Problems problems;
    private int values;

    private Yaml(String file, Problems problems) {
        this.file = file;
        this.problems = problems;
    }

    /**
     * Reads one document.
     *
     * @return nothing when the file is empty or not YAML; the latter is a problem
     */
    public static Optional<Node> read(String file, String content, Problems problems) {
        LoadSettings settings = LoadSettings.builder()
                .setLabel(file)
                .setAllowDuplicateKeys(true) // found below, all at once and with a remedy
                .setCodePointLimit(3 * 1024 * 1024)
                .build();
        try {
            if (tooDeep(file, content, settings, problems)) {
                return Optional.empty();
            }
            Yaml yaml = new Yaml(file, problems);
            return new Compose(settings).composeString(content).map(node -> yaml.convert("", node, null, 0));
        } catch (TooMuch e) {
            problems.add(
                    file,
                    e.line,
                    e.column,
                    "",
                    "contains itself or unfolds to too much through its aliases (&name, *name). Write it out.");
        } catch (MarkedYamlEngineException e) {
            problems.add(
                    file,
                    line(e.getProblemMark()),
                    column(e.getProblemMark()),
                    "",
                    "is not YAML: " + e.getProblem() + ". Check indentation, colons and quotes here.");
        } catch (YamlEngineException e) {
            problems.add(file, 1, 1, "", "is not YAML: " + e.getMessage());
        }
        return Optional.empty();
    }

    /** Composing recurses, parsing does not: measured before, so that no nesting can exhaust the stack. */
    private static boolean tooDeep(String file, String content, LoadSettings settings, Problems problems) {
        int depth = 0;
        for (Event event : new Parse(settings).parseString(content)) {
            if (event instanceof CollectionStartEvent && ++depth > DEEPEST) {
                problems.add(
                        file,
                        line(event.getStartMark()),
                        column(event.getStartMark()),
                        "",
                        "is nested more than " + DEEPEST + " levels deep. Write it flatter.");
                return true;
            }
            if (event instanceof CollectionEndEvent) {
                depth--;
            }
        }
        return false;
    }

    private Node convert(String path, org.snakeyaml.engine.v2.nodes.Node node, @Nullable Node key, int depth) {
        int line = line(node.getStartMark());
        int column = column(node.getStartMark());
        // an alias may stand for what contains it, or multiply at every level
        if (depth > DEEPEST || ++values > MOST_VALUES) {
            throw new TooMuch(line, column);
        }
        if (node instanceof MappingNode map) {
            Map<String, Node> entries = entries(path, map, depth);
            return new Node(
                    file,
                    line,
                    column,
                    path,
                    Node.Shape.MAP,
                    "",
                    "",
                    List.of(),
                    entries,
                    key,
                    new Node.Place(line, column));
        }
        if (node instanceof SequenceNode sequence) {
            List<Node> items = new ArrayList<>();
            for (org.snakeyaml.engine.v2.nodes.Node item : sequence.getValue()) {
                items.add(convert(path + "[" + items.size() + "]", item, null, depth + 1));
            }
            return new Node(
                    file,
                    line,
                    column,
                    path,
                    Node.Shape.LIST,
                    "",
                    "",
                    items,
                    Map.of(),
                    key,
                    new Node.Place(line, column));
        }
        ScalarNode scalar = (ScalarNode) node;
        if (scalar.getTag().equals(Tag.NULL)) {
            Node.Shape empty = Node.Shape.EMPTY;
            Node.Place here = new Node.Place(line, column);
            // nothing stands nowhere: its key is where somebody would look
            return key == null
                    ? new Node(file, line, column, path, empty, "", "", List.of(), Map.of(), null, here)
                    : new Node(file, key.line(), key.column(), path, empty, "", "", List.of(), Map.of(), key, here);
        }
        return Node.scalar(file, line, column, path, scalar.getValue(), key, start(scalar, line, column));
    }

    private Map<String, Node> entries(String path, MappingNode map, int depth) {
        Map<String, Node> entries = new LinkedHashMap<>();
        for (NodeTuple tuple : map.getValue()) {
            int line = line(tuple.getKeyNode().getStartMark());
            int column = column(tuple.getKeyNode().getStartMark());
            if (!(tuple.getKeyNode() instanceof ScalarNode scalar)) {
                problems.add(file, line, column, path, "has a key that is no plain word. Write name: value.");
                continue;
            }
            String name = scalar.getValue();
            String below = path.isEmpty() ? name : path + "." + name;
            Node key = Node.scalar(file, line, column, below, name, null, new Node.Place(line, column));
            Node first = entries.get(name);
            if (first == null) {
                entries.put(name, convert(below, tuple.getValueNode(), key, depth + 1));
            } else {
                problems.add(
                        key,
                        "is a duplicate; the first is in line " + first.key().line() + ". Keep one of the two.");
            }
        }
        return entries;
    }

    /** Where the text of a scalar begins: behind its quote, or below its {@code |} or {@code >}. */
    private static Node.Place start(ScalarNode scalar, int line, int column) {
        return switch (scalar.getScalarStyle()) {
            case LITERAL, FOLDED ->
                new Node.Place(
                        line + 1, scalar.getStartMark().map(Yaml::blockColumn).orElse(1));
            case PLAIN -> new Node.Place(line, column);
            default -> new Node.Place(line, column + 1);
        };
    }

    /** The column of a block's text: how far the first line below its {@code |} or {@code >} is indented. */
    private static int blockColumn(Mark mark) {
        int[] source = mark.getBuffer();
        int at = mark.getPointer();
        while (at < source.length && source[at] != '\n') {
            at++;
        }
        int start = at + 1;
        int text = start;
        while (text < source.length && (source[text] == ' ' || source[text] == '\n')) {
            start = source[text] == '\n' ? text + 1 : start;
            text++;
        }
        return Math.max(1, text - start + 1);
    }

    private static int line(Optional<Mark> mark) {
        return mark.map(Mark::getLine).orElse(0) + 1;
    }

    private static int column(Optional<Mark> mark) {
        return mark.map(Mark::getColumn).orElse(0) + 1;
    }

    /** Ends the conversion of a document that unfolds without bounds. */
    private static final class TooMuch extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final int line;
        private final int column;

        TooMuch(int line, int column) {
            super("too much", null, false, false);
            this.line = line;
            this.column = column;
        }
    }
}
