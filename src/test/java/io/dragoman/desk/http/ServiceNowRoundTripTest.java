// SPDX-License-Identifier: Apache-2.0
package io.dragoman.desk.http;

import io.dragoman.desk.DeskRoundTrip;
import io.dragoman.simulator.helpdesk.HelpdeskSimulator;
import io.dragoman.simulator.helpdesk.TicketMessage;
import io.dragoman.simulator.servicenow.ServiceNowSimulator;
import java.time.Clock;
import java.util.Map;

/** The round trip through a simulated ServiceNow. */
final class ServiceNowRoundTripTest extends DeskRoundTrip {
    @Override
    protected HelpdeskSimulator helpdesk(int port, Clock clock) {
        return new ServiceNowSimulator(port, clock);
    }

    @Override
    protected Map<String, String> settings() {
        return Map.of("attachments", "true");
    }

    /** Most tests wait for some. */
    @Override
    protected String pollEvery() {
        return "5s";
    }

    /** What customers write stands in the journal as the API user's comment. */
    @Override
    protected boolean isCustomers(TicketMessage message) {
        return message.byApi() && message.visible();
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
