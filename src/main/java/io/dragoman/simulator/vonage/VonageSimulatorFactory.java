// SPDX-License-Identifier: Apache-2.0
package io.dragoman.simulator.vonage;

import com.google.auto.service.AutoService;
import io.dragoman.simulator.Simulator;
import io.dragoman.simulator.SimulatorFactory;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code ./dragoman simulate vonage}. */
@AutoService(SimulatorFactory.class)
public final class VonageSimulatorFactory implements SimulatorFactory {
    @Override
    public String kind() {
        return "vonage";
    }

    @Override
    public boolean numbers() {
        return true;
    }

    @Override
    public String description() {
        return "Vonage's SMS API or Messages API with one number for SMS.";
    }

    @Override
    public List<Option> options() {
        return List.of(new Option("api", "API", "sms", "Which API posts and is sent to: sms or messages."));
    }

    /** The Messages API: a form of the SMS API has its proof among its fields. */
    @Override
    public Map<String, String> sample() {
        return Map.of("api", "messages");
    }

    @Override
    public Simulator start(int port, @Nullable URI callback, Map<String, String> options) {
        return new VonageSimulator(port, options.getOrDefault("api", "sms").equals("messages"));
    }
}
