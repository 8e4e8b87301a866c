// SPDX-License-Identifier: Apache-2.0
package io.dragoman.yaml;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Collects the problems of a configuration, so that all are told at once. Not thread-safe. */
public final class Problems {
    private final List<Problem> found = new ArrayList<>();

    /** An error at a place in a file. */
    public void add(Node at, String message) {
        found.add(new Problem(at.file(), at.line(), at.column(), at.path(), message, false));
    }

    /** A warning at a place in a file. */
    public void warn(Node at, String message) {
        found.add(new Problem(at.file(), at.line(), at.column(), at.path(), message, true));
    }

    /** An error that is not at a node. */
    public void add(String file, int line, int column, String path, String message) {
        found.add(new Problem(file, line, column, path, message, false));
    }

    public boolean hasErrors() {
        return found.stream().anyMatch(problem -> !problem.warning());
    }

    /** All of them, by file and position. */
    public List<Problem> all() {
        return found.stream()
                .sorted(Comparator.comparing(Problem::file)
                        .thenComparing(Problem::line)
                        .thenComparing(Problem::column))
                .toList();
    }
}
