// SPDX-License-Identifier: Apache-2.0
package io.dragoman.rules.answer;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What came of answering a message. Kept with the decision, so its form stays.
 *
 * @param rule that asked for it
 * @param why in a sentence's part, for people
 * @param language in which was searched; null for all
 * @param near the entries that came nearest, the nearest first
 * @param searched whether the message was looked up as a question
 * @param misses in a row, with this one
 * @param text to the customer; empty for none
 * @param ask whether it helped; null for no question
 * @param suppressed why the text is not sent; null sends it
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record AnswerOutcome(
        String rule,
        Kind kind,
        String why,
        @Nullable String language,
        boolean searched,
        List<Near> near,
        int misses,
        String text,
        @Nullable Ask ask,
        @Nullable String suppressed) {
    /** The choices under an answer come back with these ids. */
    public static final String YES = "faq:yes";

    public static final String NO = "faq:no";

    public AnswerOutcome {
        near = List.copyOf(near);
    }

    /** What was done. */
    public enum Kind {
        /** Nothing: people have the conversation, or no question was asked. */
        NOTHING("nothing"),
        ANSWERED("answered"),
        HELPED("helped"),
        /** An entry was sent and did not help, or none was found. */
        MISSED("missed"),
        HANDED_OVER("handed-over");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        /** As it stands in the conversation's attribute. */
        public String word() {
            return word;
        }
    }

    /** An entry that came near. */
    public record Near(
            String question, String language, @Nullable String source, double score) {
        static Near of(Match match) {
            return new Near(
                    match.entry().question(),
                    match.entry().language(),
                    match.entry().source(),
                    Math.round(match.score() * 1000) / 1000.0);
        }

        @Override
        public String toString() {
            return "Near[" + score + "]";
        }
    }

    /** A question with two choices. */
    public record Ask(String question, String yes, String no) {
        @Override
        public String toString() {
            return "Ask[…]";
        }
    }

    /** What is kept of what was found. */
    public static List<Near> near(List<Match> found) {
        return found.stream().map(Near::of).toList();
    }

    /** The same with what is said. */
    public AnswerOutcome saying(String text, @Nullable Ask ask, @Nullable String suppressed) {
        return new AnswerOutcome(rule, kind, why, language, searched, near, misses, text, ask, suppressed);
    }

    /** Whether it was a question that the FAQ has no answer to. */
    public boolean unanswered() {
        return searched && (kind == Kind.MISSED || kind == Kind.HANDED_OVER);
    }

    /** Whether something is sent. */
    public boolean speaks() {
        return suppressed == null && !text.isEmpty();
    }

    /** The whole of it in one sentence, with the scores. */
    public String explained() {
        String scores = near.stream()
                .map(one -> "'" + one.question() + "' (" + one.language() + ") "
                        + String.format(Locale.ROOT, "%.2f", one.score()))
                .collect(Collectors.joining(", "));
        return "answer: " + kind.word() + ", " + why
                + (scores.isEmpty()
                        ? ""
                        : "; searched in " + (language == null ? "all languages" : "'" + language + "'") + ": "
                                + scores)
                + (suppressed == null ? "" : "; it is suppressed: " + suppressed);
    }

    @Override
    public String toString() {
        return "AnswerOutcome[" + kind + "]";
    }
}
