// SPDX-License-Identifier: Apache-2.0
package io.dragoman.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A customer said how content they are with a conversation (CSAT). A later answer takes the place of an earlier one. It
 * is no message: it opens nothing again, and no rule answers it.
 *
 * @param address of the customer on the channel, who can rate their own conversations alone
 * @param conversation our id of it
 * @param score from 1 to 5, where 4 and 5 are content
 * @param comment in their words; null for none
 */
public record SurveyAnswered(
        String key,
        Instant at,
        String address,
        String conversation,
        int score,
        @Nullable String comment) implements CustomerEvent {
    public SurveyAnswered {
        Require.notBlank(address, "address");
        Require.notBlank(conversation, "conversation");
        if (score < 1 || score > 5) {
            throw new IllegalArgumentException("a score is from 1 to 5");
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
