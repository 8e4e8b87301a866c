// SPDX-License-Identifier: Apache-2.0
package io.dragoman.simulator.voice;

import com.google.auto.service.AutoService;
import io.dragoman.simulator.Simulator;
import io.dragoman.simulator.SimulatorFactory;
import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code ./dragoman simulate voice}. */
@AutoService(SimulatorFactory.class)
public final class VoiceSimulatorFactory implements SimulatorFactory {
    @Override
    public String kind() {
        return "voice";
    }

    @Override
    public boolean numbers() {
        return true;
    }

    @Override
    public String description() {
        return "Twilio Programmable Voice with one number: who writes calls, and says it after the tone.";
    }

    @Override
    public Simulator start(int port, @Nullable URI callback, Map<String, String> options) {
        return new VoiceSimulator(port);
    }
}
