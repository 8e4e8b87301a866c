// SPDX-License-Identifier: Apache-2.0
package io.dragoman.simulator.messenger;

import com.google.auto.service.AutoService;
import io.dragoman.simulator.Simulator;
import io.dragoman.simulator.SimulatorFactory;
import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code ./dragoman simulate messenger}. */
@AutoService(SimulatorFactory.class)
public final class MessengerSimulatorFactory implements SimulatorFactory {
    @Override
    public String kind() {
        return "messenger";
    }

    @Override
    public String description() {
        return "Messenger: Meta's Messenger Platform with one page.";
    }

    @Override
    public Simulator start(int port, @Nullable URI callback, Map<String, String> options) {
        return new MessengerSimulator(port);
    }
}
