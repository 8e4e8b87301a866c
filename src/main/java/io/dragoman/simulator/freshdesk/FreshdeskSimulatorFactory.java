// SPDX-License-Identifier: Apache-2.0
package io.dragoman.simulator.freshdesk;

import com.google.auto.service.AutoService;
import io.dragoman.simulator.Simulator;
import io.dragoman.simulator.SimulatorFactory;
import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code ./dragoman simulate freshdesk}. */
@AutoService(SimulatorFactory.class)
public final class FreshdeskSimulatorFactory implements SimulatorFactory {
    @Override
    public String kind() {
        return "freshdesk";
    }

    @Override
    public String description() {
        return "Freshdesk, a desk by the profile freshdesk; its agents answer: write <ticket> <text>.";
    }

    @Override
    public boolean desk() {
        return true;
    }

    @Override
    public Simulator start(int port, @Nullable URI callback, Map<String, String> options) {
        FreshdeskSimulator simulator = new FreshdeskSimulator(port);
        if (callback != null) {
            simulator.reportTo(callback);
        }
        return simulator;
    }
}
