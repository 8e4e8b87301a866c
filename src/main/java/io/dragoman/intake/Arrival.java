// SPDX-License-Identifier: Apache-2.0
package io.dragoman.intake;

import io.dragoman.connector.Account;
import io.dragoman.connector.Connector;
import io.dragoman.connector.Request;
import io.dragoman.connector.Verified;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What came in for one account, as it goes through the intake route.
 *
 * @param requests one for a webhook, a batch for a poll
 * @param position how far the account is read, to be stored with the batch; null for a webhook
 */
public record Arrival(
        Account account,
        Connector connector,
        List<Request> requests,
        @Nullable String position) {
    public Arrival {
        requests = List.copyOf(requests);
    }

    /** An arrival that proved itself. */
    record Authentic(Arrival arrival, List<Verified> verified) {}

    /** An arrival that is durable. */
    record Stored(Arrival arrival, int fresh, int duplicates) {}
}
