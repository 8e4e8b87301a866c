// SPDX-License-Identifier: Apache-2.0
package io.dragoman.desk.http;

import io.dragoman.desk.DeskRoundTrip;
import io.dragoman.simulator.helpdesk.HelpdeskSimulator;
import io.dragoman.simulator.helpscout.HelpScoutSimulator;
import java.time.Clock;
import java.time.Duration;

/** The round trip through a simulated Help Scout. */
final class HelpScoutRoundTripTest extends DeskRoundTrip {
    @Override
    protected HelpdeskSimulator helpdesk(int port, Clock clock) {
        HelpScoutSimulator helpdesk = new HelpScoutSimulator(port, clock);
        helpdesk.searchLag(Duration.ofSeconds(20));
        return helpdesk;
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
