// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A channel or desk that can be asked whether it has what an attempt perhaps sent.
 *
 * @param <T> what its attempts send: {@link Outbound.ToCustomer} for a channel, {@link Outbound.ToDesk} for a desk
 */
public interface DeliveryLookup<T extends Outbound> {

    /**
     * Asks.
     *
     * @param outbound exactly what the attempt sent
     * @param since when the attempt began, by our clock; of several with unknown ends, the first
     * @param known whether an id of the other side belongs to another message of ours: an older message with the same
     *     words must not be taken for this one
     */
    Answer lookUp(Account account, T outbound, Instant since, Predicate<String> known, Transport transport);

    /** What it says. */
    sealed interface Answer {}

    /**
     * It has it: the attempt succeeded.
     *
     * @param externalId its id for what was sent; null where it has none
     * @param written as {@link Outcome.Sent#written}
     * @param losses what it did not take of what follows, as {@link Outcome.Sent#losses}
     * @param kept what a desk's connector keeps of the conversation, as {@link Outcome.Sent#kept}
     */
    record Found(@Nullable String externalId, @Nullable String written, List<String> losses, Map<String, String> kept)
            implements Answer {
        public Found {
            losses = List.copyOf(losses);
            kept = Map.copyOf(kept);
        }

        /** Of which nothing is kept. */
        public Found(@Nullable String externalId) {
            this(externalId, null, List.of(), Map.of());
        }

        /** The same of what gives no id for what was written. */
        public Found(@Nullable String externalId, Map<String, String> kept) {
            this(externalId, null, List.of(), kept);
        }

        @Override
        public String toString() {
            return "Found[" + externalId + "]";
        }
    }

    /** It surely does not have it, and will not get it from that attempt any more: sending again doubles nothing. */
    record Absent() implements Answer {}

    /**
     * It is unknown.
     *
     * @param detail why, for the operator: never content, address or secret
     * @param later how soon asking again may help; null for never
     */
    record Unknown(String detail, @Nullable Duration later) implements Answer {}
}
