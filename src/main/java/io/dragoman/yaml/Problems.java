// SPDX-License-Identifier: Apache-2.0
package io.dragoman.yaml;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Collects the problems of a configuration, so that all are reported at once. Not thread-safe. */
public final class Problems {
    /** Anything shorter is no secret, and hiding it would garble every message. */
    private static final int SHORTEST_HIDDEN = 4;

    private final List<Problem> found = new ArrayList<>();

    /** The longest first, so that a secret that contains another is hidden whole. */
    private final Set<String> hidden =
            new TreeSet<>(Comparator.comparing(String::length).reversed().thenComparing(Comparator.naturalOrder()));

    /** An error at a place in a file. */
    public void add(Node at, String message) {
        found.add(new Problem(at.file(), at.line(), at.column(), at.path(), message, false));
    }

    /** A warning at a place in a file. */
    public void warn(Node at, String message) {
        found.add(new Problem(at.file(), at.line(), at.column(), at.path(), message, true));
    }

    /** An error about something that is not there: {@code child} is its name below {@code parent}. */
    public void missing(Node parent, String child, String message) {
        Node at = parent.key();
        String path = at.path().isEmpty() ? child : at.path() + "." + child;
        found.add(new Problem(at.file(), at.line(), at.column(), path, message, false));
    }

    /** An error that is not at a node. */
    public void add(String file, int line, int column, String path, String message) {
        found.add(new Problem(file, line, column, path, message, false));
    }

    /** A warning that is not at a node. */
    public void warn(String file, int line, int column, String path, String message) {
        found.add(new Problem(file, line, column, path, message, true));
    }

    /** Shows {@code ***} instead of this value in every message, whoever wrote it. */
    public void hide(String value) {
        if (value.strip().length() >= SHORTEST_HIDDEN) {
            hidden.add(value.strip());
        }
    }

    public boolean hasErrors() {
        return found.stream().anyMatch(problem -> !problem.warning());
    }

    /** All of them, by file and position, each once. */
    public List<Problem> all() {
        return found.stream()
                .map(this::masked)
                .distinct()
                .sorted(Comparator.comparing(Problem::file)
                        .thenComparing(Problem::line)
                        .thenComparing(Problem::column))
                .toList();
    }

    private Problem masked(Problem problem) {
        String message = problem.message();
        for (String value : hidden) {
            message = message.replace(value, "***");
        }
        return new Problem(
                problem.file(), problem.line(), problem.column(), problem.path(), message, problem.warning());
    }
}
