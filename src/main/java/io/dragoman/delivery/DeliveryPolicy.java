// SPDX-License-Identifier: Apache-2.0
package io.dragoman.delivery;

import io.dragoman.connector.MailsUnread;
import io.dragoman.store.Deliveries;
import java.time.Duration;
import java.time.Instant;

/**
 * How long a delivery may block those behind it, and how many go to one target at once.
 *
 * @param giveUpAfter how long it is tried, counted from when it was made or replayed
 * @param giveUpAutomaticAfter the same for what no person asked for: a late automatic reply only confuses
 * @param onGiveUp what happens to it then
 * @param atOnce how many deliveries to one target may be under way at most
 */
public record DeliveryPolicy(Duration giveUpAfter, Duration giveUpAutomaticAfter, OnGiveUp onGiveUp, int atOnce) {
    /** What happens to a delivery whose deadline is exceeded. */
    public enum OnGiveUp {
        /** It is dead, for an operator to decide, and its lane goes on. */
        DEAD,
        /** Its lane stops with it at the head until somebody resumes or discards. */
        PAUSE
    }

    Instant deadline(Deliveries.Stored delivery) {
        if (delivery.kind() == Deliveries.Kind.UNREAD) {
            return delivery.since().plus(MailsUnread.LONGEST).plus(giveUpAfter);
        }
        boolean lasting = !delivery.automatic()
                || delivery.kind() == Deliveries.Kind.FETCH
                || delivery.kind() == Deliveries.Kind.COUNT;
        return delivery.since().plus(lasting ? giveUpAfter : giveUpAutomaticAfter);
    }

    /** Whether its lane stops with it: only for what a person waits for. */
    boolean pauses(Deliveries.Stored delivery) {
        return onGiveUp == OnGiveUp.PAUSE && !delivery.automatic() && delivery.kind() != Deliveries.Kind.UNREAD;
    }
}
