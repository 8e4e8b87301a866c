// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector;

import io.dragoman.model.DeskEvent;
import java.util.List;

/** Speaks to a helpdesk. It can tell what agents did in the conversations that it was given. */
public non-sealed interface Desk extends Connector {

    @Override
    List<DeskEvent> read(Account account, Verified verified) throws MalformedPayload;

    /** Tells the helpdesk one thing: exactly one attempt, no retries of its own. */
    Outcome deliver(Account account, Outbound.ToDesk notice, Transport transport);
}
