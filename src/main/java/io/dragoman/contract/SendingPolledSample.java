// SPDX-License-Identifier: Apache-2.0
package io.dragoman.contract;

import io.dragoman.connector.Connector;
import io.dragoman.simulator.HttpSimulator;
import java.net.URI;
import java.time.Clock;
import java.util.Map;

/** The same of a connector that is polled alone and sends over HTTP. Thread-safe. */
final class SendingPolledSample extends PolledSample implements SendSample {
    private final HttpSimulator simulator;

    /** @param customers where customers of the simulator write */
    SendingPolledSample(Connector connector, HttpSimulator simulator, URI customers, Clock clock) {
        super(connector, simulator, customers, clock);
        this.simulator = simulator;
    }

    @Override
    public Map<String, String> grants() {
        return simulator.grants();
    }

    @Override
    public String address() {
        return simulator.address(SimulatorSample.CUSTOMER).orElseGet(() -> SendingSimulatorSample.read(this));
    }
}
