// SPDX-License-Identifier: Apache-2.0
package io.dragoman.desk.http;

import io.dragoman.desk.DeskRoundTrip;
import io.dragoman.simulator.freshdesk.FreshdeskSimulator;
import io.dragoman.simulator.helpdesk.HelpdeskSimulator;
import java.time.Clock;

/** The round trip through a simulated Freshdesk. */
final class FreshdeskRoundTripTest extends DeskRoundTrip {
    @Override
    protected HelpdeskSimulator helpdesk(int port, Clock clock) {
        return new FreshdeskSimulator(port, clock);
    }

    @Override
    protected boolean opensAnother() {
        return true;
    }

    @Override
    protected Merged merged() {
        return Merged.BROUGHT;
    }

    @Override
    protected boolean forwards() {
        return true;
    }
}
