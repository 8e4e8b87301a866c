// SPDX-License-Identifier: Apache-2.0
package io.dragoman.config;

import io.dragoman.yaml.Problem;
import java.util.List;

/**
 * What came of reading a configuration.
 *
 * @param <R> what the rules become
 */
public sealed interface Loaded<R> {
    /** Everything that was found, by file and position; warnings too. */
    List<Problem> problems();

    /** The problems that stop it. */
    default List<Problem> errors() {
        return problems().stream().filter(problem -> !problem.warning()).toList();
    }

    /** The problems that do not. */
    default List<Problem> warnings() {
        return problems().stream().filter(Problem::warning).toList();
    }

    /** It works; the problems are warnings. */
    record Usable<R>(Configuration configuration, R rules, List<Problem> problems) implements Loaded<R> {}

    /** It does not. */
    record Broken<R>(List<Problem> problems) implements Loaded<R> {}
}
