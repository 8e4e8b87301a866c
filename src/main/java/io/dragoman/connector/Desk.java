// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector;

import io.dragoman.model.DeskEvent;
import java.util.List;

/** Connects to a helpdesk. It reports what agents did in the conversations that it was sent. */
public non-sealed interface Desk extends Connector {

    @Override
    List<DeskEvent> read(Account account, Verified verified) throws MalformedPayload;

    /** Whether the files of customers go to it as such, so that a notice waits until they are fetched. */
    default boolean takesFiles(Account account) {
        return false;
    }

    /** Sends the helpdesk one notice: exactly one attempt, no retries of its own. */
    Outcome deliver(Account account, Outbound.ToDesk notice, Transport transport);
}
