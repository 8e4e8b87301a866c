// SPDX-License-Identifier: Apache-2.0
package io.dragoman.simulator.zammad;

import com.google.auto.service.AutoService;
import io.dragoman.simulator.Simulator;
import io.dragoman.simulator.SimulatorFactory;
import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code ./dragoman simulate zammad}. */
@AutoService(SimulatorFactory.class)
public final class ZammadSimulatorFactory implements SimulatorFactory {
    @Override
    public String kind() {
        return "zammad";
    }

    @Override
    public String description() {
        return "Zammad, a desk by the profile zammad; its agents answer: write <ticket> <text>.";
    }

    @Override
    public boolean desk() {
        return true;
    }

    @Override
    public Simulator start(int port, @Nullable URI callback, Map<String, String> options) {
        ZammadSimulator simulator = new ZammadSimulator(port);
        if (callback != null) {
            simulator.reportTo(callback);
        }
        return simulator;
    }
}
