// SPDX-License-Identifier: Apache-2.0
package io.dragoman.simulator.viber;

import com.google.auto.service.AutoService;
import io.dragoman.simulator.Simulator;
import io.dragoman.simulator.SimulatorFactory;
import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code ./dragoman simulate viber}. */
@AutoService(SimulatorFactory.class)
public final class ViberSimulatorFactory implements SimulatorFactory {
    @Override
    public String kind() {
        return "viber";
    }

    @Override
    public String description() {
        return "Viber's REST API with one bot.";
    }

    @Override
    public Simulator start(int port, @Nullable URI callback, Map<String, String> options) {
        return new ViberSimulator(port);
    }
}
