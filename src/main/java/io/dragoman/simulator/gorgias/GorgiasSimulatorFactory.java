// SPDX-License-Identifier: Apache-2.0
package io.dragoman.simulator.gorgias;

import com.google.auto.service.AutoService;
import io.dragoman.simulator.Simulator;
import io.dragoman.simulator.SimulatorFactory;
import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code ./dragoman simulate gorgias}. */
@AutoService(SimulatorFactory.class)
public final class GorgiasSimulatorFactory implements SimulatorFactory {
    @Override
    public String kind() {
        return "gorgias";
    }

    @Override
    public boolean desk() {
        return true;
    }

    @Override
    public String description() {
        return "Gorgias, a desk by the profile gorgias; its agents answer: write <ticket> <text>.";
    }

    @Override
    public Simulator start(int port, @Nullable URI callback, Map<String, String> options) {
        GorgiasSimulator simulator = new GorgiasSimulator(port);
        if (callback != null) {
            simulator.reportTo(callback);
        }
        return simulator;
    }
}
