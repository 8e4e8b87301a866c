// SPDX-License-Identifier: Apache-2.0
package io.dragoman.simulator.whatsapp;

import com.google.auto.service.AutoService;
import io.dragoman.simulator.Simulator;
import io.dragoman.simulator.SimulatorFactory;
import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code ./dragoman simulate whatsapp}. */
@AutoService(SimulatorFactory.class)
public final class WhatsAppSimulatorFactory implements SimulatorFactory {
    @Override
    public String kind() {
        return "whatsapp";
    }

    @Override
    public boolean numbers() {
        return true;
    }

    @Override
    public String description() {
        return "WhatsApp: Meta's Cloud API with one business number.";
    }

    @Override
    public Simulator start(int port, @Nullable URI callback, Map<String, String> options) {
        return new WhatsAppSimulator(port);
    }
}
