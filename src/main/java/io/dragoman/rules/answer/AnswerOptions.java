// SPDX-License-Identifier: Apache-2.0
package io.dragoman.rules.answer;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a rule answers.
 *
 * @param tags of which an entry must have one; none for any entry
 * @param misses so many in a row hand the conversation over
 * @param onDoubt whether the first question for which nothing is found does
 * @param close whether a conversation is closed whose customer was helped
 * @param reply the reply around an answer, by its name in {@code replies.yaml}; null for the answer and its source
 * @param helped the reply that asks whether it helped; null for our own words, as with the next two
 */
public record AnswerOptions(
        List<String> tags,
        int misses,
        boolean onDoubt,
        boolean close,
        @Nullable String reply,
        @Nullable String helped,
        @Nullable String again,
        @Nullable String handOver) {
    /** After so many misses people go on. */
    public static final int MISSES = 2;

    public AnswerOptions {
        tags = List.copyOf(tags);
    }
}
