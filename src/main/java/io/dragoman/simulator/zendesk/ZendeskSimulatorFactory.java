// SPDX-License-Identifier: Apache-2.0
package io.dragoman.simulator.zendesk;

import com.google.auto.service.AutoService;
import io.dragoman.simulator.Simulator;
import io.dragoman.simulator.SimulatorFactory;
import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code ./dragoman simulate zendesk}. */
@AutoService(SimulatorFactory.class)
public final class ZendeskSimulatorFactory implements SimulatorFactory {
    @Override
    public String kind() {
        return "zendesk";
    }

    @Override
    public String description() {
        return "Zendesk, a desk by the profile zendesk; its agents answer: write <ticket> <text>.";
    }

    @Override
    public boolean desk() {
        return true;
    }

    @Override
    public Simulator start(int port, @Nullable URI callback, Map<String, String> options) {
        ZendeskSimulator simulator = new ZendeskSimulator(port);
        if (callback != null) {
            simulator.reportTo(callback);
        }
        return simulator;
    }
}
