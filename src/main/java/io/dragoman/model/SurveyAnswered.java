// SPDX-License-Identifier: Apache-2.0
package io.dragoman.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A customer answered a survey, or said unasked how content they are with a conversation (CSAT). A later answer takes the
 * place of an earlier one. It is no message: it opens nothing again, and no rule answers it.
 *
 * @param address of the customer on the channel, who can rate their own conversations alone
 * @param conversation our id of it
 * @param score from 1 to 5, where 4 and 5 are content; of a survey on its own scale
 * @param comment in their words; null for none
 * @param survey our id of the survey that was sent; null for CSAT unasked
 * @param elsewhere whether they answered on a page of ours, and so need no word of ours on their channel
 */
public record SurveyAnswered(
        String key,
        Instant at,
        String address,
        String conversation,
        int score,
        @Nullable String comment,
        @Nullable String survey,
        boolean elsewhere)
        implements CustomerEvent {
    private static final int MOST = 10;

    /** Of CSAT unasked. */
    public SurveyAnswered(
            String key, Instant at, String address, String conversation, int score, @Nullable String comment) {
        this(key, at, address, conversation, score, comment, null, false);
    }

    public SurveyAnswered {
        Require.notBlank(address, "address");
        Require.notBlank(conversation, "conversation");
        if (survey == null && (score < 1 || score > 5)) {
            throw new IllegalArgumentException("a score is from 1 to 5");
        }
        if (score < 0 || score > MOST) {
            throw new IllegalArgumentException("a score is from 0 to 10");
        }
    }

    @Override
    public String lane() {
        return address;
    }

    @Override
    public String toString() {
        return "SurveyAnswered[" + key + "]";
    }
}
