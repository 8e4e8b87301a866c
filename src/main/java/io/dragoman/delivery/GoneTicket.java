// SPDX-License-Identifier: Apache-2.0
package io.dragoman.delivery;

import io.dragoman.store.ConversationDesks;
import io.dragoman.store.Deliveries;
import io.dragoman.store.Deliveries.Kind;
import io.dragoman.store.Tx;

/** A notice for a ticket that is closed for good, merged or deleted: it opens another, once. */
final class GoneTicket {
    private GoneTicket() {}

    /** Forgets the ticket and has the notice sent again at once; false where that was done before, or there was none. */
    static boolean forget(Tx tx, Attempted attempted, long now) {
        Deliveries.Stored delivery = attempted.claimed().stored();
        ConversationDesks desks = tx.conversationDesks();
        boolean had = delivery.kind() == Kind.NOTICE
                && desks.reference(delivery.conversation(), delivery.target()).isPresent();
        if (!had || tx.attempts().goneBefore(delivery.id(), attempted.claimed().attempt())) {
            return false;
        }
        desks.forget(delivery.conversation(), delivery.target(), now);
        tx.deliveries()
                .retry(
                        attempted.claimed().claim(),
                        delivery.id(),
                        attempted.doubt(),
                        OutcomeRow.reason(attempted.outcome()),
                        OutcomeRow.detail(attempted.outcome()),
                        now);
        return true;
    }
}
