// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector;

import io.dragoman.model.CountedEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A channel's provider that counts what happens in conversations, and has none of its own. */
public interface EventCounter {
    /** The events that an account is told of. */
    Set<CountedEvent.Type> counts(Account account);

    /** How old an event may be when it is told. */
    Duration oldest();

    /** Tells of one event: exactly one attempt, no retries of its own. */
    Outcome count(Account account, CountedEvent event, Subject subject, Transport transport);

    /**
     * Whom an event is about. These are our ids, which go nowhere as they are.
     *
     * @param conversation our id of it
     * @param openedAt when it began
     * @param contact our id of the customer; null where they have not consented to be told apart
     */
    record Subject(
            String conversation, Instant openedAt, @Nullable String contact) {
        @Override
        public String toString() {
            return "Subject[" + conversation + "]";
        }
    }
}
