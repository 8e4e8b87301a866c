// SPDX-License-Identifier: Apache-2.0
package io.dragoman.contract;

import io.dragoman.connector.Connector;
import io.dragoman.connector.Desk;
import io.dragoman.connector.Outbound;
import io.dragoman.connector.Outbound.ToCustomer;
import io.dragoman.connector.Outcome;
import io.dragoman.connector.Request;
import io.dragoman.model.CustomerEvent.WrittenMessage;
import io.dragoman.model.Event;
import io.dragoman.simulator.HttpSimulator;
import io.dragoman.simulator.Simulator;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The same of a connector that sends too. Thread-safe. */
final class SendingSimulatorSample extends SimulatorSample implements SendSample, ReceiptSample, AnsweredSample {
    /** Ids of what was sent before. */
    private final Set<String> former = ConcurrentHashMap.newKeySet();

    private final HttpSimulator simulator;

    SendingSimulatorSample(Connector connector, HttpSimulator simulator, Clock clock) {
        super(connector, simulator, clock);
        this.simulator = simulator;
    }

    @Override
    public Map<String, String> grants() {
        return simulator.grants();
    }

    @Override
    public String address() {
        return simulator.address(CUSTOMER).orElseGet(() -> read(this));
    }

    /** Where an answer goes to who wrote the recorded message. */
    static String read(ReadSample sample) {
        try {
            for (Event event : Webhooks.read(sample, sample.request())) {
                if (event instanceof WrittenMessage message) {
                    return message.customer().address();
                }
            }
        } catch (Exception e) {
            throw new NotApplicable("no message was read that says where to answer: " + e.getMessage());
        }
        throw new NotApplicable("no message was read that says where to answer");
    }

    /** To a customer who has written, through the simulator itself. */
    @Override
    public Told told() {
        Outbound message = outbound(); // to find an address a customer may have to write
        List<Outcome> outcomes = new ArrayList<>();
        List<Request> requests = posted(() -> {
            int before = simulator.delivered().size();
            ContractTransport wire = Sending.wire(this, Sending.PATIENCE);
            outcomes.add(Performing.send(connector(), account(), message, wire));
            List<Simulator.Delivered> delivered = simulator.delivered();
            delivered
                    .subList(before, delivered.size())
                    .forEach(reached -> simulator.receipts(account().callback(), reached));
        });
        Outcome outcome = outcomes.get(0);
        List<Request> ours = requests.stream()
                .filter(request -> !isStraggler(request, outcome))
                .toList();
        sent(outcome);
        return new Told(outcome, ours);
    }

    /** What is told late of a message before is not about this one. */
    private boolean isStraggler(Request request, Outcome outcome) {
        String told = request.query() + new String(request.body(), StandardCharsets.UTF_8);
        boolean ours =
                outcome instanceof Outcome.Sent sent && sent.externalId() != null && told.contains(sent.externalId());
        return !ours && former.stream().anyMatch(told::contains);
    }

    private void sent(Outcome outcome) {
        if (outcome instanceof Outcome.Sent sent && sent.externalId() != null) {
            former.add(sent.externalId());
        }
    }

    @Override
    public Outbound outbound() {
        return connector() instanceof Desk ? SampleNotice.of("delivery-1", SENT_CANARY) : SendSample.super.outbound();
    }

    @Override
    public Answered answered(String customer, String another, String text) throws Exception {
        String address = address(customer);
        address(another);
        int before = simulator.delivered().size();
        ToCustomer answer = Sending.answer(address, text);
        Outcome outcome = Performing.send(connector(), account(), answer, Sending.wire(this, Sending.PATIENCE));
        sent(outcome);
        List<Simulator.Delivered> all = simulator.delivered();
        return new Answered(outcome, all.subList(before, all.size()));
    }

    /** Where somebody is answered who has just written. */
    private String address(String customer) throws Exception {
        List<Request> written = posted(() -> simulator.customerPosts(account().callback(), customer, CANARY));
        for (Request request : written) {
            for (Event event : Webhooks.read(this, request)) {
                if (event instanceof WrittenMessage message) {
                    return message.customer().address();
                }
            }
        }
        throw new NotApplicable("no message was read that says where to answer");
    }
}
