// SPDX-License-Identifier: Apache-2.0
package io.dragoman.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A customer answered a question of a poll. A later answer takes the place of an earlier one. It is no message: it opens
 * nothing again, and no rule that waits for messages answers it.
 *
 * @param address of the customer on the channel
 * @param conversation our id of it
 * @param poll our id of the poll that was asked
 * @param question its name in the poll
 * @param value as it is kept
 * @param choice the number of what was picked, from 1 on; null where there is nothing to pick
 */
public record PollAnswered(
        String key,
        Instant at,
        String address,
        String conversation,
        String poll,
        String question,
        String value,
        @Nullable Integer choice)
        implements CustomerEvent {
    public PollAnswered {
        Require.notBlank(address, "address");
        Require.notBlank(conversation, "conversation");
        Require.notBlank(poll, "poll");
        Require.notBlank(question, "question");
        Require.notBlank(value, "value");
    }

    @Override
    public String lane() {
        return address;
    }

    @Override
    public String toString() {
        return "PollAnswered[" + key + "]";
    }
}
