// SPDX-License-Identifier: Apache-2.0
package io.dragoman.e2e;

import io.dragoman.simulator.Simulator;
import io.dragoman.simulator.YamlText;
import io.dragoman.simulator.bird.BirdSimulator;
import io.dragoman.simulator.smpp.SmppSimulator;
import io.dragoman.simulator.smshttp.SmsHttpSimulator;
import io.dragoman.simulator.vonage.VonageSimulator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** Providers of SMS beside those of a {@link World}, each with a channel of its own; by the channel's id. */
final class SmsProviders implements AutoCloseable {
    final Map<String, Simulator> simulators = new LinkedHashMap<>();

    SmsProviders() {
        simulators.put("vonage", new VonageSimulator(0, true));
        simulators.put("vonage-sms", new VonageSimulator(0, false));
        simulators.put("sms-http", new SmsHttpSimulator(0));
        simulators.put("smpp", new SmppSimulator(0));
        simulators.put("bird", new BirdSimulator(0, false));
        simulators.put("bird-classic", new BirdSimulator(0, true));
    }

    /** The channels, as lines of YAML. */
    String yaml() {
        return simulators.entrySet().stream()
                .map(one -> YamlText.account(
                        one.getKey(), one.getValue().kind(), one.getValue().settings()))
                .collect(Collectors.joining());
    }

    @Override
    public void close() {
        simulators.values().forEach(Simulator::close);
    }
}
