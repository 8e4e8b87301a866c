// SPDX-License-Identifier: Apache-2.0
package io.dragoman.yaml;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** Reads YAML 1.2 with the position of every value. Duplicate keys are problems; aliases are bounded by the library. */
public final class Yaml {
    private Yaml() {}

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
            return new Compose(settings).composeString(content).map(node -> convert(file, "", node, problems));
        } catch (MarkedYamlEngineException e) {
            int line = e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(1);
            int column = e.getProblemMark().map(mark -> mark.getColumn() + 1).orElse(1);
            problems.add(
                    file,
                    line,
                    column,
                    "",
                    "is not YAML: " + e.getProblem() + ". Check indentation, colons and quotes here.");
        } catch (YamlEngineException e) {
            problems.add(file, 1, 1, "", "is not YAML: " + e.getMessage());
        }
        return Optional.empty();
    }

    private static Node convert(String file, String path, org.snakeyaml.engine.v2.nodes.Node node, Problems problems) {
        int line = node.getStartMark().map(mark -> mark.getLine() + 1).orElse(1);
        int column = node.getStartMark().map(mark -> mark.getColumn() + 1).orElse(1);
        if (node instanceof MappingNode map) {
            return new Node(
                    file, line, column, path, Node.Shape.MAP, "", List.of(), entries(file, path, map, problems));
        }
        if (node instanceof SequenceNode sequence) {
            List<Node> items = new ArrayList<>();
            for (org.snakeyaml.engine.v2.nodes.Node item : sequence.getValue()) {
                items.add(convert(file, path + "[" + items.size() + "]", item, problems));
            }
            return new Node(file, line, column, path, Node.Shape.LIST, "", items, Map.of());
        }
        ScalarNode scalar = (ScalarNode) node;
        Node.Shape shape = scalar.getTag().equals(Tag.NULL) ? Node.Shape.EMPTY : Node.Shape.TEXT;
        boolean block = scalar.getScalarStyle() == ScalarStyle.LITERAL || scalar.getScalarStyle() == ScalarStyle.FOLDED;
        int inside = scalar.getScalarStyle() == ScalarStyle.PLAIN ? column : column + 1;
        return new Node(
                file,
                line,
                column,
                path,
                shape,
                shape == Node.Shape.EMPTY ? "" : scalar.getValue(),
                List.of(),
                Map.of(),
                block ? line + 1 : line,
                block ? scalar.getStartMark().map(Yaml::blockColumn).orElse(1) : inside);
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

    private static Map<String, Node> entries(String file, String path, MappingNode map, Problems problems) {
        Map<String, Node> entries = new LinkedHashMap<>();
        for (NodeTuple tuple : map.getValue()) {
            String key = tuple.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "?";
            Node value = convert(file, path.isEmpty() ? key : path + "." + key, tuple.getValueNode(), problems);
            if (entries.putIfAbsent(key, value) != null) {
                problems.add(value, "stands here a second time. Keep one of the two.");
            }
        }
        return entries;
    }
}
