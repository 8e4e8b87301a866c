// SPDX-License-Identifier: Apache-2.0
package io.dragoman.contract;

import io.dragoman.connector.Connector;
import io.dragoman.connector.Outcome;
import io.dragoman.connector.Polled;
import io.dragoman.connector.TransportFailure;
import io.dragoman.simulator.HttpSimulator;
import io.dragoman.simulator.Simulator;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The same of a connector that is polled alone and sends over HTTP. Thread-safe. */
final class SendingPolledSample extends PolledSample implements SendSample, ReceiptSample, AnsweredSample {
    private final HttpSimulator simulator;
    private final URI customers;
    private @Nullable Told told;

    /** @param customers where customers of the simulator write */
    SendingPolledSample(Connector connector, HttpSimulator simulator, URI customers, Clock clock) {
        super(connector, simulator, customers, clock);
        this.simulator = simulator;
        this.customers = customers;
    }

    @Override
    public Map<String, String> grants() {
        return simulator.grants();
    }

    @Override
    public String address() {
        return simulator.address(SimulatorSample.CUSTOMER).orElseGet(() -> SendingSimulatorSample.read(this));
    }

    @Override
    public Answered answered(String customer, String another, String text) throws Exception {
        try (PollLine line = PollLine.open((Polled) connector(), account(), wire())) {
            String address = writes(line, customer);
            writes(line, another);
            int before = simulator.delivered().size();
            Outcome outcome = Performing.send(connector(), account(), Sending.answer(address, text), wire());
            List<Simulator.Delivered> all = simulator.delivered();
            return new Answered(outcome, all.subList(before, all.size()));
        }
    }

    /** Once for all checks: each of them reads it anew. */
    @Override
    public synchronized Told told() throws TransportFailure {
        Told before = told;
        if (before == null) {
            before = tell();
            told = before;
        }
        return before;
    }

    private Told tell() throws TransportFailure {
        try (PollLine line = PollLine.open((Polled) connector(), account(), wire())) {
            String address = writes(line, SimulatorSample.CUSTOMER);
            line.forget();
            int before = simulator.delivered().size();
            Outcome outcome = Performing.send(
                    connector(),
                    account(),
                    Sending.message(address, SENT_CANARY).step("told-1", Sending.text(SENT_CANARY), true),
                    wire());
            List<Simulator.Delivered> all = simulator.delivered();
            all.subList(before, all.size()).forEach(reached -> simulator.receipts(customers, reached));
            return new Told(outcome, line.until(request -> ReceiptChecks.tells(events(account(), request))));
        }
    }
}
