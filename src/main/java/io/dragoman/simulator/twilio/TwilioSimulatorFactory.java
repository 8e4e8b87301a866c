// SPDX-License-Identifier: Apache-2.0
package io.dragoman.simulator.twilio;

import com.google.auto.service.AutoService;
import io.dragoman.simulator.Simulator;
import io.dragoman.simulator.SimulatorFactory;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code ./dragoman simulate twilio}. */
@AutoService(SimulatorFactory.class)
public final class TwilioSimulatorFactory implements SimulatorFactory {
    @Override
    public String kind() {
        return "twilio";
    }

    @Override
    public boolean numbers() {
        return true;
    }

    @Override
    public String description() {
        return "Twilio Programmable Messaging with one sender, for SMS or WhatsApp.";
    }

    @Override
    public List<Option> options() {
        return List.of(new Option(
                "from",
                "SENDER",
                TwilioSimulator.NUMBER,
                "The sender: " + TwilioSimulator.NUMBER + " or whatsapp:+15550100."));
    }

    @Override
    public Simulator start(int port, @Nullable URI callback, Map<String, String> options) {
        return new TwilioSimulator(port, options.getOrDefault("from", TwilioSimulator.NUMBER));
    }
}
