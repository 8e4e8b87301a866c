// SPDX-License-Identifier: Apache-2.0
package io.dragoman.rules.answer;

import java.util.Comparator;

/**
 * An entry that comes near to what was asked.
 *
 * @param question the way of asking it that comes nearest
 * @param score from 0, nothing in common, to 1, the same words
 */
public record Match(FaqEntry entry, String question, double score) {
    static final Comparator<Match> NEAREST = Comparator.comparingDouble(Match::score)
            .reversed()
            .thenComparing(match -> match.entry().place());

    @Override
    public String toString() {
        return "Match[" + entry + "]";
    }
}
