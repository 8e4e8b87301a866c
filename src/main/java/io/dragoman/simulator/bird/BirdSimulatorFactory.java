// SPDX-License-Identifier: Apache-2.0
package io.dragoman.simulator.bird;

import com.google.auto.service.AutoService;
import io.dragoman.simulator.Simulator;
import io.dragoman.simulator.SimulatorFactory;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code ./dragoman simulate bird}. */
@AutoService(SimulatorFactory.class)
public final class BirdSimulatorFactory implements SimulatorFactory {
    @Override
    public String kind() {
        return "bird";
    }

    @Override
    public boolean numbers() {
        return true;
    }

    @Override
    public String description() {
        return "Bird's Channels API, or MessageBird's classic one, with one number for SMS.";
    }

    @Override
    public List<Option> options() {
        return List.of(new Option("api", "API", "channels", "Which API posts and is sent to: channels or classic."));
    }

    @Override
    public Simulator start(int port, @Nullable URI callback, Map<String, String> options) {
        return new BirdSimulator(port, options.getOrDefault("api", "channels").equals("classic"));
    }
}
