// SPDX-License-Identifier: Apache-2.0
package io.dragoman.desk.http;

import io.dragoman.desk.DeskRoundTrip;
import io.dragoman.simulator.helpdesk.HelpdeskSimulator;
import io.dragoman.simulator.hubspot.HubSpotSimulator;
import java.time.Clock;

/** The round trip through a simulated HubSpot. */
final class HubSpotRoundTripTest extends DeskRoundTrip {
    @Override
    protected HelpdeskSimulator helpdesk(int port, Clock clock) {
        return new HubSpotSimulator(port, clock);
    }

    @Override
    protected boolean opensAnother() {
        return true;
    }
}
