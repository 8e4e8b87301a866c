// SPDX-License-Identifier: Apache-2.0
package io.dragoman.yaml;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The roots of the files that rules are made of; null where a file is empty or missing. Immutable.
 *
 * @param rules of {@code rules.yaml}, as the others are of the file of their name
 * @param articles of the FAQ, beside its file
 */
public record RuleFiles(
        @Nullable Node rules,
        @Nullable Node replies,
        @Nullable Node hours,
        @Nullable Node faq,
        List<TextFile> articles,
        @Nullable Node surveys,
        @Nullable Node polls,
        @Nullable Node listening) {
    public RuleFiles {
        articles = List.copyOf(articles);
    }

    /** Without polls and listening. */
    public RuleFiles(
            @Nullable Node rules,
            @Nullable Node replies,
            @Nullable Node hours,
            @Nullable Node faq,
            List<TextFile> articles,
            @Nullable Node surveys) {
        this(rules, replies, hours, faq, articles, surveys, null, null);
    }

    /** Without FAQ, surveys, polls and listening. */
    public static RuleFiles of(@Nullable Node rules, @Nullable Node replies, @Nullable Node hours) {
        return new RuleFiles(rules, replies, hours, null, List.of(), null);
    }

    /** The same with other rules. */
    public RuleFiles with(@Nullable Node otherRules) {
        return new RuleFiles(otherRules, replies, hours, faq, articles, surveys, polls, listening);
    }

    /** The same with other surveys. */
    public RuleFiles withSurveys(@Nullable Node otherSurveys) {
        return new RuleFiles(rules, replies, hours, faq, articles, otherSurveys, polls, listening);
    }

    @Override
    public String toString() {
        return "RuleFiles[" + articles.size() + " articles]";
    }
}
