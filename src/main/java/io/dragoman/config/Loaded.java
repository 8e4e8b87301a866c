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
    /** How a warning ends that is about a value which is not there, where the configuration is only looked at. */
    String LEFT_OPEN = "Only looking, so it goes on without.";

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

    /** The warnings of values that are not there, where the configuration is only looked at. */
    default List<Problem> leftOpen() {
        return problems().stream()
                .filter(problem -> problem.message().endsWith(LEFT_OPEN))
                .toList();
    }

    /** It works; the problems are warnings. */
    record Usable<R>(Configuration configuration, R rules, List<Problem> problems) implements Loaded<R> {}

    /** It does not. */
    record Broken<R>(List<Problem> problems) implements Loaded<R> {}
}
