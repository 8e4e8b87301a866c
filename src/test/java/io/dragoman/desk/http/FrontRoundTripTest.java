// SPDX-License-Identifier: Apache-2.0
package io.dragoman.desk.http;

import io.dragoman.desk.DeskRoundTrip;
import io.dragoman.simulator.front.FrontSimulator;
import io.dragoman.simulator.helpdesk.HelpdeskSimulator;
import java.time.Clock;

/** The round trip through a simulated Front. */
final class FrontRoundTripTest extends DeskRoundTrip {
    @Override
    protected HelpdeskSimulator helpdesk(int port, Clock clock) {
        return new FrontSimulator(port, clock);
    }

    /** Front shows agents themselves what did not reach the channel. */
    @Override
    protected boolean polls() {
        return false;
    }
}
