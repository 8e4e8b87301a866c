// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector;

import io.dragoman.model.CustomerEvent;
import java.util.List;

/** Exchanges messages with customers. It reports what customers did, never what an agent said. */
public non-sealed interface Channel extends Connector {

    @Override
    List<CustomerEvent> read(Account account, Verified verified) throws MalformedPayload;

    /** Performs one step of a delivery: exactly one attempt, no retries of its own. */
    Outcome send(Account account, Outbound.ToCustomer message, Transport transport);

    /** What it can show, as data. */
    Limits limits(Account account);

    /** The same for what goes to one address, where conversations of different kinds are on one channel. */
    default Limits limits(Account account, String address) {
        return limits(account);
    }
}
