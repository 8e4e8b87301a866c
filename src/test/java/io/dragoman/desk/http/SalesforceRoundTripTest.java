// SPDX-License-Identifier: Apache-2.0
package io.dragoman.desk.http;

import io.dragoman.desk.DeskRoundTrip;
import io.dragoman.simulator.helpdesk.HelpdeskSimulator;
import io.dragoman.simulator.salesforce.SalesforceSimulator;
import java.time.Clock;

/** The round trip through a simulated Salesforce. */
final class SalesforceRoundTripTest extends DeskRoundTrip {
    @Override
    protected HelpdeskSimulator helpdesk(int port, Clock clock) {
        return new SalesforceSimulator(port, clock);
    }

    /** Most tests wait for some. */
    @Override
    protected String pollEvery() {
        return "5s";
    }

    @Override
    protected boolean bringsFilesAlone() {
        return true;
    }

    @Override
    protected boolean filesFollow() {
        return true;
    }
}
