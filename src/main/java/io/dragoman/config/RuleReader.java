// SPDX-License-Identifier: Apache-2.0
package io.dragoman.config;

import io.dragoman.yaml.Node;
import io.dragoman.yaml.Problems;
import io.dragoman.yaml.TextFile;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

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
     * @param rules the root of {@code rules.yaml}; null when the file is empty or missing, as with the other two
     * @param faq the root of {@code faq.yaml}
     * @param articles of the FAQ, beside that file
     * @param channels the ids that a rule may name
     * @param desks the ids that a rule may name
     */
    R read(
            @Nullable Node rules,
            @Nullable Node replies,
            @Nullable Node hours,
            @Nullable Node faq,
            List<TextFile> articles,
            Set<String> channels,
            Set<String> desks,
            Problems problems);

    /** The same with surveys, for who makes something of them. */
    default R read(
            @Nullable Node rules,
            @Nullable Node replies,
            @Nullable Node hours,
            @Nullable Node faq,
            List<TextFile> articles,
            @Nullable Node surveys,
            Set<String> channels,
            Set<String> desks,
            Problems problems) {
        return read(rules, replies, hours, faq, articles, channels, desks, problems);
    }
}
