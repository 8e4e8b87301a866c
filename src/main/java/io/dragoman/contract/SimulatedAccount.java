// SPDX-License-Identifier: Apache-2.0
package io.dragoman.contract;

import io.dragoman.connector.Connector;
import io.dragoman.simulator.HttpSimulator;
import io.dragoman.simulator.Simulator;
import java.net.URI;
import java.util.Map;
import java.util.TreeMap;

/** What is known of a connector by the account that its simulator gives to who uses it. */
class SimulatedAccount extends SettingsSample {
    private final Simulator simulator;

    SimulatedAccount(Connector connector, Simulator simulator) {
        super(connector);
        this.simulator = simulator;
    }

    /** The simulator itself, which what it posts may name. */
    @Override
    URI usualProvider() {
        return simulator instanceof HttpSimulator http ? http.baseUrl() : super.usualProvider();
    }

    /** Where the simulator speaks HTTP, its address is replaced by that of {@code provider}. */
    @Override
    Map<String, String> texts(URI provider) {
        Map<String, String> texts = new TreeMap<>(simulator.settings());
        if (simulator instanceof HttpSimulator http) {
            String origin = http.baseUrl().toString();
            texts.replaceAll((name, text) -> text.replace(origin, provider.toString()));
        }
        return texts;
    }
}
