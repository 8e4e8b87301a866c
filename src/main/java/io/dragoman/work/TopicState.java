// SPDX-License-Identifier: Apache-2.0
package io.dragoman.work;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the topic is that what is posted goes through.
 *
 * @param usable whether something can be appended to it now
 * @param problem what is wrong with it, in a sentence; null when nothing is
 * @param waiting how many of its records this gateway still has to take in, of the partitions that are its own
 * @param lost how many records the brokers had deleted before any gateway took them in
 * @param lostAt when that was seen last; null for never
 */
public record TopicState(
        String topic,
        boolean usable,
        @Nullable String problem,
        long waiting,
        List<PartitionState> partitions,
        long lost,
        @Nullable Instant lostAt) {
    public TopicState {
        partitions = List.copyOf(partitions);
    }

    /** Whether what is posted can be acknowledged, as far as the topic matters; null where there is none. */
    public static boolean takes(@Nullable TopicState topic) {
        return topic == null || topic.usable();
    }

    /**
     * A partition that this gateway reads.
     *
     * @param next the first record that is not in the store yet
     * @param problem why it is not read on; null while it is
     */
    public record PartitionState(
            int partition,
            long next,
            long waiting,
            @Nullable String problem) {}
}
