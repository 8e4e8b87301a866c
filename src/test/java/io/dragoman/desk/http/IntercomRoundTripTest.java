// SPDX-License-Identifier: Apache-2.0
package io.dragoman.desk.http;

import io.dragoman.desk.DeskRoundTrip;
import io.dragoman.simulator.helpdesk.HelpdeskSimulator;
import io.dragoman.simulator.intercom.IntercomSimulator;
import java.time.Clock;

/** The round trip through a simulated Intercom. */
final class IntercomRoundTripTest extends DeskRoundTrip {
    @Override
    protected HelpdeskSimulator helpdesk(int port, Clock clock) {
        return new IntercomSimulator(port, clock);
    }

    /** Most tests wait for some. */
    @Override
    protected String pollEvery() {
        return "5s";
    }
}
