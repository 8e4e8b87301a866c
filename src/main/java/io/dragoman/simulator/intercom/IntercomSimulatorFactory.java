// SPDX-License-Identifier: Apache-2.0
package io.dragoman.simulator.intercom;

import com.google.auto.service.AutoService;
import io.dragoman.simulator.Simulator;
import io.dragoman.simulator.SimulatorFactory;
import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code ./dragoman simulate intercom}. */
@AutoService(SimulatorFactory.class)
public final class IntercomSimulatorFactory implements SimulatorFactory {
    @Override
    public String kind() {
        return "intercom";
    }

    @Override
    public boolean desk() {
        return true;
    }

    @Override
    public String description() {
        return "Intercom, a desk by the profile intercom; its agents answer: write <conversation> <text>.";
    }

    @Override
    public Simulator start(int port, @Nullable URI callback, Map<String, String> options) {
        IntercomSimulator simulator = new IntercomSimulator(port);
        if (callback != null) {
            simulator.reportTo(callback);
        }
        return simulator;
    }
}
