// SPDX-License-Identifier: Apache-2.0
package io.dragoman.desk.http;

import io.dragoman.desk.DeskRoundTrip;
import io.dragoman.simulator.helpdesk.HelpdeskSimulator;
import io.dragoman.simulator.zammad.ZammadSimulator;
import java.time.Clock;

/** The round trip through a simulated Zammad. */
final class ZammadRoundTripTest extends DeskRoundTrip {
    @Override
    protected HelpdeskSimulator helpdesk(Clock clock) {
        return new ZammadSimulator(0, clock);
    }

    @Override
    protected boolean opensAnother() {
        return true;
    }
}
