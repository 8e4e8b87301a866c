// SPDX-License-Identifier: Apache-2.0
package io.dragoman.desk.http;

import io.dragoman.desk.DeskRoundTrip;
import io.dragoman.simulator.helpdesk.HelpdeskSimulator;
import io.dragoman.simulator.zammad.ZammadSimulator;
import java.time.Clock;

/** The round trip through a simulated Zammad. */
final class ZammadRoundTripTest extends DeskRoundTrip {
    @Override
    protected HelpdeskSimulator helpdesk(int port, Clock clock) {
        return new ZammadSimulator(port, clock);
    }

    @Override
    protected boolean opensAnother() {
        return true;
    }

    @Override
    protected Merged merged() {
        return Merged.BROUGHT;
    }
}
