// SPDX-License-Identifier: Apache-2.0
package io.dragoman.desk.http;

import io.dragoman.desk.DeskRoundTrip;
import io.dragoman.simulator.helpdesk.HelpdeskSimulator;
import io.dragoman.simulator.salesforce.SalesforceSimulator;
import java.time.Clock;
import java.util.Map;

/** The round trip through a simulated Salesforce. */
final class SalesforceRoundTripTest extends DeskRoundTrip {
    @Override
    protected HelpdeskSimulator helpdesk(int port, Clock clock) {
        return new SalesforceSimulator(port, clock);
    }

    /** The time between two polls is real, and each test waits for some. */
    @Override
    protected Map<String, String> settings() {
        return Map.of("pollEvery", "5s");
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
