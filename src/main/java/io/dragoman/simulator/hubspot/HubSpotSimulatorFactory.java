// SPDX-License-Identifier: Apache-2.0
package io.dragoman.simulator.hubspot;

import com.google.auto.service.AutoService;
import io.dragoman.simulator.Simulator;
import io.dragoman.simulator.SimulatorFactory;
import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code ./dragoman simulate hubspot}. */
@AutoService(SimulatorFactory.class)
public final class HubSpotSimulatorFactory implements SimulatorFactory {
    @Override
    public String kind() {
        return "hubspot";
    }

    @Override
    public boolean desk() {
        return true;
    }

    @Override
    public String description() {
        return "HubSpot's inbox with a custom channel, a desk by the profile hubspot; its agents answer: write <thread> <text>.";
    }

    @Override
    public Simulator start(int port, @Nullable URI callback, Map<String, String> options) {
        HubSpotSimulator simulator = new HubSpotSimulator(port);
        if (callback != null) {
            simulator.reportTo(callback);
        }
        return simulator;
    }
}
