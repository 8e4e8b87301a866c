// SPDX-License-Identifier: Apache-2.0
package io.dragoman.desk.http;

import io.dragoman.desk.DeskRoundTrip;
import io.dragoman.simulator.helpdesk.HelpdeskSimulator;
import io.dragoman.simulator.helpdesk.TicketMessage;
import io.dragoman.simulator.jirasm.JiraSmSimulator;
import java.time.Clock;

/** The round trip through a simulated Jira Service Management. */
final class JiraSmRoundTripTest extends DeskRoundTrip {
    @Override
    protected HelpdeskSimulator helpdesk(int port, Clock clock) {
        return new JiraSmSimulator(port, clock);
    }

    /** What customers write later is an internal comment of the API user: a public one would be mailed to them. */
    @Override
    protected boolean isCustomers(TicketMessage message) {
        return message.byApi();
    }

    /** Most tests wait for some. */
    @Override
    protected String pollEvery() {
        return "5s";
    }

    @Override
    protected boolean filesFollow() {
        return true;
    }
}
