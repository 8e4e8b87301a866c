// SPDX-License-Identifier: Apache-2.0
package io.dragoman.simulator.helpscout;

import com.google.auto.service.AutoService;
import io.dragoman.simulator.Simulator;
import io.dragoman.simulator.SimulatorFactory;
import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code ./dragoman simulate helpscout}. */
@AutoService(SimulatorFactory.class)
public final class HelpScoutSimulatorFactory implements SimulatorFactory {
    @Override
    public String kind() {
        return "helpscout";
    }

    @Override
    public boolean desk() {
        return true;
    }

    @Override
    public String description() {
        return "Help Scout, a desk by the profile helpscout; its agents answer: write <conversation> <text>.";
    }

    @Override
    public Simulator start(int port, @Nullable URI callback, Map<String, String> options) {
        HelpScoutSimulator simulator = new HelpScoutSimulator(port);
        if (callback != null) {
            simulator.reportTo(callback);
        }
        return simulator;
    }
}
