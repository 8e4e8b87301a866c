// SPDX-License-Identifier: Apache-2.0
package io.dragoman.simulator.chatwoot;

import com.google.auto.service.AutoService;
import io.dragoman.simulator.Simulator;
import io.dragoman.simulator.SimulatorFactory;
import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code ./dragoman simulate chatwoot}. */
@AutoService(SimulatorFactory.class)
public final class ChatwootSimulatorFactory implements SimulatorFactory {
    @Override
    public String kind() {
        return "chatwoot";
    }

    @Override
    public String description() {
        return "Chatwoot, a desk by the profile chatwoot; its agents answer: write <ticket> <text>.";
    }

    @Override
    public boolean desk() {
        return true;
    }

    @Override
    public Simulator start(int port, @Nullable URI callback, Map<String, String> options) {
        ChatwootSimulator simulator = new ChatwootSimulator(port);
        if (callback != null) {
            simulator.reportTo(callback);
        }
        return simulator;
    }
}
