// SPDX-License-Identifier: Apache-2.0
package io.dragoman.simulator.teams;

import com.google.auto.service.AutoService;
import io.dragoman.simulator.Simulator;
import io.dragoman.simulator.SimulatorFactory;
import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code ./dragoman simulate teams}. */
@AutoService(SimulatorFactory.class)
public final class TeamsSimulatorFactory implements SimulatorFactory {
    @Override
    public String kind() {
        return "teams";
    }

    @Override
    public String description() {
        return "The Bot Connector of Microsoft Teams, with one bot in one organisation.";
    }

    @Override
    public Simulator start(int port, @Nullable URI callback, Map<String, String> options) {
        return new TeamsSimulator(port);
    }
}
