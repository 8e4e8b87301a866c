// SPDX-License-Identifier: Apache-2.0
package io.dragoman.simulator.servicenow;

import com.google.auto.service.AutoService;
import io.dragoman.simulator.Simulator;
import io.dragoman.simulator.SimulatorFactory;
import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code ./dragoman simulate servicenow}. */
@AutoService(SimulatorFactory.class)
public final class ServiceNowSimulatorFactory implements SimulatorFactory {
    @Override
    public String kind() {
        return "servicenow";
    }

    @Override
    public boolean desk() {
        return true;
    }

    @Override
    public String description() {
        return "ServiceNow's incidents, a desk by the profile servicenow that is polled; its agents answer: write <incident> <text>.";
    }

    @Override
    public Simulator start(int port, @Nullable URI callback, Map<String, String> options) {
        ServiceNowSimulator simulator = new ServiceNowSimulator(port);
        if (callback != null) {
            simulator.reportTo(callback);
        }
        return simulator;
    }
}
