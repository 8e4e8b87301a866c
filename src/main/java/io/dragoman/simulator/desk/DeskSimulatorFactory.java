// SPDX-License-Identifier: Apache-2.0
package io.dragoman.simulator.desk;

import com.google.auto.service.AutoService;
import io.dragoman.simulator.Simulator;
import io.dragoman.simulator.SimulatorFactory;
import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code ./dragoman simulate desk}. */
@AutoService(SimulatorFactory.class)
public final class DeskSimulatorFactory implements SimulatorFactory {
    @Override
    public String kind() {
        return "desk";
    }

    @Override
    public String description() {
        return "A helpdesk that speaks Standard Webhooks; its agents answer: write <conversation> <text>.";
    }

    @Override
    public boolean desk() {
        return true;
    }

    @Override
    public Simulator start(int port, @Nullable URI callback, Map<String, String> options) {
        return new DeskSimulator(port);
    }
}
