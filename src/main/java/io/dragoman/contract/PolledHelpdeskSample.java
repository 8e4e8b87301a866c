// SPDX-License-Identifier: Apache-2.0
package io.dragoman.contract;

import io.dragoman.connector.Connector;
import io.dragoman.connector.Request;
import io.dragoman.simulator.helpdesk.HelpdeskSimulator;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Map;

/** A helpdesk that posts nothing, so that it is asked what its agents did. Thread-safe. */
final class PolledHelpdeskSample extends SimulatedAccount implements HelpdeskSample {
    private final HelpdeskSimulator helpdesk;
    private final Clock clock;

    PolledHelpdeskSample(Connector connector, HelpdeskSimulator helpdesk, Clock clock) {
        super(connector, helpdesk);
        this.helpdesk = helpdesk;
        this.clock = clock;
    }

    @Override
    public Clock clock() {
        return clock;
    }

    @Override
    Map<String, String> texts(URI provider) {
        Map<String, String> texts = super.texts(provider);
        texts.putAll(helpdesk.sorting());
        return texts;
    }

    @Override
    public HelpdeskSimulator helpdesk() {
        return helpdesk;
    }

    @Override
    public List<Request> tells(Runnable done) {
        done.run();
        return List.of();
    }
}
