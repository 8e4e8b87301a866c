// SPDX-License-Identifier: Apache-2.0
package io.dragoman.simulator.front;

import com.google.auto.service.AutoService;
import io.dragoman.simulator.Simulator;
import io.dragoman.simulator.SimulatorFactory;
import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code ./dragoman simulate front}. */
@AutoService(SimulatorFactory.class)
public final class FrontSimulatorFactory implements SimulatorFactory {
    @Override
    public String kind() {
        return "front";
    }

    @Override
    public boolean desk() {
        return true;
    }

    @Override
    public String description() {
        return "Front with an application channel, a desk by the profile front; its agents answer: write <conversation> <text>.";
    }

    @Override
    public Simulator start(int port, @Nullable URI callback, Map<String, String> options) {
        FrontSimulator simulator = new FrontSimulator(port);
        if (callback != null) {
            simulator.reportTo(callback);
        }
        return simulator;
    }
}
