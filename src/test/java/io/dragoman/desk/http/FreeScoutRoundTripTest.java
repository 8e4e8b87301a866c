// SPDX-License-Identifier: Apache-2.0
package io.dragoman.desk.http;

import io.dragoman.desk.DeskRoundTrip;
import io.dragoman.simulator.freescout.FreeScoutSimulator;
import io.dragoman.simulator.helpdesk.HelpdeskSimulator;
import java.time.Clock;

/** The round trip through a simulated FreeScout. */
final class FreeScoutRoundTripTest extends DeskRoundTrip {
    @Override
    protected HelpdeskSimulator helpdesk(int port, Clock clock) {
        return new FreeScoutSimulator(port, clock);
    }

    @Override
    protected boolean opensAnother() {
        return true;
    }

    @Override
    protected Merged merged() {
        return Merged.KEPT_BACK;
    }

    @Override
    protected boolean forwards() {
        return true;
    }
}
