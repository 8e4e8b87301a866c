// SPDX-License-Identifier: Apache-2.0
package io.dragoman.intake;

import io.dragoman.connector.Account;
import io.dragoman.connector.ConfiguredAccount;
import io.dragoman.connector.Request;
import io.dragoman.connector.Verified;
import io.dragoman.store.Cursors;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What came in for one account, as it goes through the intake route.
 *
 * @param addressed the account whose address was posted to, or that was polled
 * @param requests one for a webhook, a batch for a poll
 * @param read how far the account is read, to be stored with the batch; null for a webhook
 */
public record Arrival(
        ConfiguredAccount addressed,
        List<Request> requests,
        @Nullable Read read) {
    public Arrival {
        requests = List.copyOf(requests);
    }

    /**
     * How far a polled account is read.
     *
     * @param turn in which it was polled: when that is over, nothing of the batch is stored
     */
    public record Read(Cursors.Turn turn, String position) {}

    /** The account that it was addressed to. */
    Account account() {
        return addressed.account();
    }

    /** An authenticated arrival. */
    record Authentic(Arrival arrival, List<Verified> verified) {}

    /**
     * An arrival that is durable.
     *
     * @param unread why some of it could not be read; null when all could
     */
    record Stored(Arrival arrival, @Nullable String unread) {}
}
