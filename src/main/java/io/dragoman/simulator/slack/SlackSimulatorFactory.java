// SPDX-License-Identifier: Apache-2.0
package io.dragoman.simulator.slack;

import com.google.auto.service.AutoService;
import io.dragoman.simulator.Simulator;
import io.dragoman.simulator.SimulatorFactory;
import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code ./dragoman simulate slack}. */
@AutoService(SimulatorFactory.class)
public final class SlackSimulatorFactory implements SimulatorFactory {
    @Override
    public String kind() {
        return "slack";
    }

    @Override
    public String description() {
        return "Slack's Web API and events, with one app in one workspace.";
    }

    @Override
    public Simulator start(int port, @Nullable URI callback, Map<String, String> options) {
        return new SlackSimulator(port);
    }
}
