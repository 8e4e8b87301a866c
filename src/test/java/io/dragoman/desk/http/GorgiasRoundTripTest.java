// SPDX-License-Identifier: Apache-2.0
package io.dragoman.desk.http;

import io.dragoman.desk.DeskRoundTrip;
import io.dragoman.simulator.gorgias.GorgiasSimulator;
import io.dragoman.simulator.helpdesk.HelpdeskSimulator;
import java.time.Clock;

/** The round trip through a simulated Gorgias. */
final class GorgiasRoundTripTest extends DeskRoundTrip {
    @Override
    protected HelpdeskSimulator helpdesk(int port, Clock clock) {
        return new GorgiasSimulator(port, clock);
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
