// SPDX-License-Identifier: Apache-2.0
package io.dragoman.desk.http;

import io.dragoman.desk.DeskRoundTrip;
import io.dragoman.simulator.chatwoot.ChatwootSimulator;
import io.dragoman.simulator.helpdesk.HelpdeskSimulator;
import java.time.Clock;

/** The round trip through a simulated Chatwoot. */
final class ChatwootRoundTripTest extends DeskRoundTrip {
    @Override
    protected HelpdeskSimulator helpdesk(int port, Clock clock) {
        return new ChatwootSimulator(port, clock);
    }

    @Override
    protected boolean opensAnother() {
        return true;
    }
}
