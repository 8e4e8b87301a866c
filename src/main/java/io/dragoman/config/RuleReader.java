// SPDX-License-Identifier: Apache-2.0
package io.dragoman.config;

import io.dragoman.yaml.Problems;
import io.dragoman.yaml.RuleFiles;
import java.util.Set;

/**
 * Makes the rules out of their files, so that their problems come out together with all others.
 *
 * @param <R> what the rules become
 */
@FunctionalInterface
public interface RuleReader<R> {
    /**
     * Reads the rules.
     *
     * @param channels the ids that a rule may name
     * @param desks the ids that a rule may name
     */
    R read(RuleFiles files, Set<String> channels, Set<String> desks, Problems problems);
}
