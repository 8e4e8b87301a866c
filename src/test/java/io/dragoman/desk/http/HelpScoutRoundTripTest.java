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
    protected boolean tellsMergedApart() {
        return true;
    }

    @Override
    protected boolean bringsMergedAnswers() {
        return false;
    }

    @Override
    protected boolean forwards() {
        return true;
    }
}
