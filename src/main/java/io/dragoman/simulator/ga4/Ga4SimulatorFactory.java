// SPDX-License-Identifier: Apache-2.0
package io.dragoman.simulator.ga4;

import com.google.auto.service.AutoService;
import io.dragoman.simulator.Simulator;
import io.dragoman.simulator.SimulatorFactory;
import java.net.URI;
import java.time.Clock;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code ./dragoman simulate ga4}. */
@AutoService(SimulatorFactory.class)
public final class Ga4SimulatorFactory implements SimulatorFactory {
    @Override
    public String kind() {
        return "ga4";
    }

    @Override
    public String description() {
        return "Google Analytics 4, which takes events by the Measurement Protocol and validates them; nobody writes there.";
    }

    @Override
    public Simulator start(int port, @Nullable URI callback, Map<String, String> options) {
        return new Ga4Simulator(port, Clock.systemUTC());
    }
}
