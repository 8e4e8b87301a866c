// SPDX-License-Identifier: Apache-2.0
package io.dragoman.simulator.line;

import com.google.auto.service.AutoService;
import io.dragoman.simulator.Simulator;
import io.dragoman.simulator.SimulatorFactory;
import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code ./dragoman simulate line}. */
@AutoService(SimulatorFactory.class)
public final class LineSimulatorFactory implements SimulatorFactory {
    @Override
    public String kind() {
        return "line";
    }

    @Override
    public String description() {
        return "LINE's Messaging API with one official account.";
    }

    @Override
    public Simulator start(int port, @Nullable URI callback, Map<String, String> options) {
        return new LineSimulator(port);
    }
}
