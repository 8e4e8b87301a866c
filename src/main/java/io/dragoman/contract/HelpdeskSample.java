// SPDX-License-Identifier: Apache-2.0
package io.dragoman.contract;

import io.dragoman.connector.Request;
import io.dragoman.simulator.helpdesk.HelpdeskSimulator;
import java.util.List;

/** What the checks need to know of a desk: its helpdesk, where agents act, and what that posts. */
interface HelpdeskSample extends ConnectorSample {
    HelpdeskSimulator helpdesk();

    /** Everything that the helpdesk posts while something is done, and until it has no more to post. */
    List<Request> tells(Runnable done);
}
