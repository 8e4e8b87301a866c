// SPDX-License-Identifier: Apache-2.0
package io.dragoman.simulator.freescout;

import com.google.auto.service.AutoService;
import io.dragoman.simulator.Simulator;
import io.dragoman.simulator.SimulatorFactory;
import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code ./dragoman simulate freescout}. */
@AutoService(SimulatorFactory.class)
public final class FreeScoutSimulatorFactory implements SimulatorFactory {
    @Override
    public String kind() {
        return "freescout";
    }

    @Override
    public String description() {
        return "FreeScout, a desk by the profile freescout; its agents answer: write <ticket> <text>.";
    }

    @Override
    public boolean desk() {
        return true;
    }

    @Override
    public Simulator start(int port, @Nullable URI callback, Map<String, String> options) {
        FreeScoutSimulator simulator = new FreeScoutSimulator(port);
        if (callback != null) {
            simulator.reportTo(callback);
        }
        return simulator;
    }
}
