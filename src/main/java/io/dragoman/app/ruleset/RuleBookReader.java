// SPDX-License-Identifier: Apache-2.0
package io.dragoman.app.ruleset;

import io.dragoman.config.RuleReader;
import io.dragoman.rules.RuleBook;
import io.dragoman.yaml.Node;
import io.dragoman.yaml.Problems;
import io.dragoman.yaml.TextFile;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes the rules out of all of their files. */
public final class RuleBookReader implements RuleReader<RuleBook> {
    @Override
    public RuleBook read(
            @Nullable Node rules,
            @Nullable Node replies,
            @Nullable Node hours,
            @Nullable Node faq,
            List<TextFile> articles,
            Set<String> channels,
            Set<String> desks,
            Problems problems) {
        return RuleBook.read(rules, replies, hours, faq, articles, channels, desks, problems);
    }

    @Override
    public RuleBook read(
            @Nullable Node rules,
            @Nullable Node replies,
            @Nullable Node hours,
            @Nullable Node faq,
            List<TextFile> articles,
            @Nullable Node surveys,
            Set<String> channels,
            Set<String> desks,
            Problems problems) {
        return RuleBook.read(rules, replies, hours, faq, articles, surveys, channels, desks, problems);
    }
}
