// SPDX-License-Identifier: Apache-2.0
package io.dragoman.yaml;

import io.dragoman.yaml.Piece.Entry;
import io.dragoman.yaml.Piece.Form;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Changes entries of a YAML text where they stand: comments, order and the form of everything else stay as they are.
 * What comes out is read again and compared with what was wanted, so that a text is changed rightly or not at all.
 */
public final class YamlEdit {
    private final String file;
    private final String content;
    private final String line;

    /**
     * @param file as the user knows it
     * @param content as it is, which {@link Yaml#read} can read; empty for a file that is not there
     */
    public YamlEdit(String file, String content) {
        this.file = file;
        this.content = content;
        this.line = content.contains("\r\n") ? "\r\n" : "\n";
    }

    /** The text cannot be changed by us; the message says why, as a sentence. */
    public static final class Unchanged extends Exception {
        private static final long serialVersionUID = 1L;

        Unchanged(String message) {
            super(message, null, false, false);
        }
    }

    /** A text to put in the place of another. */
    record Change(int start, int end, String text) {}

    /**
     * Sets values of one entry of a section, and makes it when it is not there.
     *
     * @param set the values by their names, with dots for levels
     * @param remove the names of what goes; what is named in neither stays
     */
    public String put(String section, String id, Map<String, String> set, Set<String> remove) throws Unchanged {
        Object wanted = YamlModel.with(model(content), section, id, set, remove);
        Optional<Piece> root = Piece.read(content);
        Optional<Entry> all = root.flatMap(found -> found.entry(section));
        Optional<Entry> one = all.flatMap(found -> found.value().entry(id));
        List<Change> changes = new ArrayList<>();
        if (one.isPresent() && one.get().value().isMap()) {
            new MapEdit(content, line).change(one.get().value(), set, remove, "", changes);
        } else if (one.isPresent() && one.get().value().form() == Form.NOTHING) {
            fill(one.get(), block(set, column(one.get().key()) + 2), changes);
        } else if (one.isPresent()) {
            throw byHand("stands for what is written elsewhere");
        } else if (all.isEmpty()) {
            String text = section + ":" + line + block(Map.of(), 0) + entry(id, set, 2);
            changes.add(new Change(content.length(), content.length(), atLineStart(content.length()) + text));
        } else {
            add(all.get(), id, set, changes);
        }
        return checked(changes, wanted);
    }

    /** Sets a value at the top level. */
    public String set(String name, String value) throws Unchanged {
        Object wanted = YamlModel.with(model(content), name, value);
        Optional<Entry> known = Piece.read(content).flatMap(root -> root.entry(name));
        List<Change> changes = new ArrayList<>();
        if (known.isPresent() && known.get().value().form() == Form.SCALAR) {
            Piece old = known.get().value();
            changes.add(new Change(old.start(), old.end(), ScalarText.of(value)));
        } else if (known.isPresent()) {
            throw byHand("has " + name + " in a way that cannot be changed here");
        } else {
            int end = content.length();
            changes.add(new Change(end, end, atLineStart(end) + name + ": " + ScalarText.of(value) + line));
        }
        return checked(changes, wanted);
    }

    /** Takes an entry out of a section. */
    public String remove(String section, String id) throws Unchanged {
        Object wanted = YamlModel.without(model(content), section, id);
        Piece map = Piece.read(content)
                .flatMap(root -> root.entry(section))
                .map(Entry::value)
                .orElseThrow(() -> byHand("has no such section"));
        List<Change> changes = new ArrayList<>();
        new MapEdit(content, line).remove(map, Set.of(id), changes);
        return checked(changes, wanted);
    }

    private void add(Entry section, String id, Map<String, String> set, List<Change> changes) throws Unchanged {
        Piece map = section.value();
        switch (map.form()) {
            case NOTHING -> fill(section, entry(id, set, column(section.key()) + 2), changes);
            case BLOCK_MAP -> {
                int at = MapEdit.lineEnd(content, map.end());
                changes.add(new Change(
                        at,
                        at,
                        atLineStart(at)
                                + entry(id, set, column(map.entries().get(0).key()))));
            }
            case FLOW_MAP -> {
                String text = ScalarText.of(id) + ": " + MapEdit.flow(MapEdit.tree(set));
                if (map.entries().isEmpty()) {
                    String block = line + entry(id, set, column(section.key()) + 2);
                    changes.add(new Change(
                            blankBefore(map.start()), map.end(), block.substring(0, block.length() - line.length())));
                } else {
                    int at = map.entries().get(map.entries().size() - 1).value().end();
                    changes.add(new Change(at, at, ", " + text));
                }
            }
            default -> throw byHand("is no map of its own");
        }
    }

    /** Puts lines below a name that has nothing behind it. */
    private void fill(Entry empty, String lines, List<Change> changes) {
        if (empty.value().start() < empty.value().end()) {
            changes.add(
                    new Change(blankBefore(empty.value().start()), empty.value().end(), ""));
        }
        int at = MapEdit.lineEnd(
                content, Math.max(empty.key().end(), empty.value().end()));
        changes.add(new Change(at, at, atLineStart(at) + lines));
    }

    /** Where the blanks before a place begin, so that a line whose value goes ends with its colon. */
    private int blankBefore(int at) {
        int start = at;
        while (start > 0 && content.charAt(start - 1) == ' ') {
            start--;
        }
        return start;
    }

    private String entry(String id, Map<String, String> set, int indent) {
        return " ".repeat(indent) + ScalarText.of(id) + ":" + line + block(set, indent + 2);
    }

    private String block(Map<String, String> set, int indent) {
        return MapEdit.block(MapEdit.tree(set), indent, line);
    }

    /** What has to stand before a new line here: the end of one that has none. */
    private String atLineStart(int at) {
        return at == 0 || content.charAt(at - 1) == '\n' || content.charAt(at - 1) == '\r' ? "" : line;
    }

    private int column(Piece piece) {
        int start = piece.start();
        while (start > 0 && content.charAt(start - 1) != '\n' && content.charAt(start - 1) != '\r') {
            start--;
        }
        return piece.start() - start - (content.startsWith("\uFEFF") && start == 0 ? 1 : 0);
    }

    private Object model(String text) throws Unchanged {
        Problems problems = new Problems();
        Optional<Node> root = Yaml.read(file, text, problems);
        if (problems.hasErrors()) {
            throw byHand(
                    "is not YAML that can be changed: " + problems.all().get(0).message());
        }
        return YamlModel.of(root.orElse(null));
    }

    private String checked(List<Change> changes, Object wanted) throws Unchanged {
        StringBuilder text = new StringBuilder(content);
        changes.stream()
                .sorted(Comparator.comparingInt(Change::start)
                        .thenComparingInt(Change::end)
                        .reversed())
                .forEach(change -> text.replace(change.start(), change.end(), change.text()));
        String changed = text.toString();
        @Nullable Object found;
        try {
            found = model(changed);
        } catch (Unchanged e) {
            found = null;
        }
        if (!wanted.equals(found)) {
            throw byHand("is written in a way that cannot be changed here without changing something else");
        }
        return changed;
    }

    private Unchanged byHand(String why) {
        return new Unchanged(file + " " + why + ". Change it with an editor.");
    }
}
