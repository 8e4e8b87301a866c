// SPDX-License-Identifier: Apache-2.0
package io.dragoman.rules.answer;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A question that customers ask, with its answer in the same language.
 *
 * @param questions the question, then others ways to ask it; at least one
 * @param language a tag such as {@code de} or {@code pt-BR}
 * @param source the address where the answer stands; null for none
 * @param tags rules choose among entries by them
 * @param place where it is written: the file, and the line in it
 */
public record FaqEntry(
        List<String> questions,
        String answer,
        String language,
        @Nullable String source,
        List<String> tags,
        String place) {
    public FaqEntry {
        questions = List.copyOf(questions);
        tags = List.copyOf(tags);
    }

    /** As explanations call it. */
    public String question() {
        return questions.get(0);
    }

    @Override
    public String toString() {
        return "FaqEntry[" + place + "]";
    }
}
