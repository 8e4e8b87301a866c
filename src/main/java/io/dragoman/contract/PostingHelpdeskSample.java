// SPDX-License-Identifier: Apache-2.0
package io.dragoman.contract;

import io.dragoman.connector.Connector;
import io.dragoman.connector.Request;
import io.dragoman.simulator.helpdesk.HelpdeskSimulator;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A helpdesk that posts what its agents do. What an agent answered once stays the sample. Thread-safe. */
final class PostingHelpdeskSample extends SimulatorSample implements HelpdeskSample {
    private final HelpdeskSimulator helpdesk;
    private final Object once = new Object();
    private byte @Nullable [] answer;

    PostingHelpdeskSample(Connector connector, HelpdeskSimulator helpdesk, Clock clock) {
        super(connector, helpdesk, clock);
        this.helpdesk = helpdesk;
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
        helpdesk.reportTo(account().callback());
        return posted(() -> {
            done.run();
            helpdesk.settle();
        });
    }

    /** What is posted when an agent answers with the canary. */
    @Override
    @SuppressWarnings("UnsynchronizedOverridesSynchronized") // a webhook that it waits for takes the sample's own lock
    public byte[] recorded() {
        synchronized (once) {
            byte[] before = answer;
            if (before == null) {
                before = answered();
                answer = before;
            }
            return before;
        }
    }

    private byte[] answered() {
        TicketTalk talk = new TicketTalk(this, "recorded");
        talk.says("What about it?");
        return tells(() -> helpdesk.agentReplies(talk.ticket().id(), TicketTalk.AGENT, CANARY)).stream()
                .map(Request::body)
                .filter(body -> new String(body, StandardCharsets.UTF_8).contains(CANARY))
                .findFirst()
                .orElseThrow(() -> new NotApplicable("its simulator posts no answers of agents"));
    }
}
