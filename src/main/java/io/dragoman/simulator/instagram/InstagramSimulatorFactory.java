// SPDX-License-Identifier: Apache-2.0
package io.dragoman.simulator.instagram;

import com.google.auto.service.AutoService;
import io.dragoman.simulator.Simulator;
import io.dragoman.simulator.SimulatorFactory;
import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code ./dragoman simulate instagram}. */
@AutoService(SimulatorFactory.class)
public final class InstagramSimulatorFactory implements SimulatorFactory {
    @Override
    public String kind() {
        return "instagram";
    }

    @Override
    public String description() {
        return "Instagram: direct messages and comments of one professional account.";
    }

    @Override
    public Simulator start(int port, @Nullable URI callback, Map<String, String> options) {
        return new InstagramSimulator(port);
    }
}
