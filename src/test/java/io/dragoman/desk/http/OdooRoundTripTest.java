// SPDX-License-Identifier: Apache-2.0
package io.dragoman.desk.http;

import io.dragoman.desk.DeskRoundTrip;
import io.dragoman.simulator.helpdesk.HelpdeskSimulator;
import io.dragoman.simulator.odoo.OdooSimulator;
import java.time.Clock;
import java.util.Map;

/** The round trip through a simulated Odoo. */
final class OdooRoundTripTest extends DeskRoundTrip {
    @Override
    protected HelpdeskSimulator helpdesk(int port, Clock clock) {
        return new OdooSimulator(port, clock);
    }

    @Override
    protected Map<String, String> settings() {
        return Map.of("openStage", "2", "closedStage", "3");
    }

    /** Most tests wait for some. */
    @Override
    protected String pollEvery() {
        return "5s";
    }
}
