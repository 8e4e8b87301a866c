// SPDX-License-Identifier: Apache-2.0
package io.dragoman.simulator.salesforce;

import com.google.auto.service.AutoService;
import io.dragoman.simulator.Simulator;
import io.dragoman.simulator.SimulatorFactory;
import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code ./dragoman simulate salesforce}. */
@AutoService(SimulatorFactory.class)
public final class SalesforceSimulatorFactory implements SimulatorFactory {
    @Override
    public String kind() {
        return "salesforce";
    }

    @Override
    public boolean desk() {
        return true;
    }

    @Override
    public String description() {
        return "Salesforce's cases, a desk by the profile salesforce that is polled; its agents answer: write <case> <text>.";
    }

    @Override
    public Simulator start(int port, @Nullable URI callback, Map<String, String> options) {
        SalesforceSimulator simulator = new SalesforceSimulator(port);
        if (callback != null) {
            simulator.reportTo(callback);
        }
        return simulator;
    }
}
