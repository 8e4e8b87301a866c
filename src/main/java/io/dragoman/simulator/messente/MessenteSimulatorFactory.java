// SPDX-License-Identifier: Apache-2.0
package io.dragoman.simulator.messente;

import com.google.auto.service.AutoService;
import io.dragoman.simulator.Simulator;
import io.dragoman.simulator.SimulatorFactory;
import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code ./dragoman simulate messente}. */
@AutoService(SimulatorFactory.class)
public final class MessenteSimulatorFactory implements SimulatorFactory {
    @Override
    public String kind() {
        return "messente";
    }

    @Override
    public boolean numbers() {
        return true;
    }

    @Override
    public String description() {
        return "Messente's Omnichannel API with one number for SMS.";
    }

    @Override
    public Simulator start(int port, @Nullable URI callback, Map<String, String> options) {
        return new MessenteSimulator(port);
    }
}
