// SPDX-License-Identifier: Apache-2.0
package io.dragoman.simulator.odoo;

import com.google.auto.service.AutoService;
import io.dragoman.simulator.Simulator;
import io.dragoman.simulator.SimulatorFactory;
import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code ./dragoman simulate odoo}. */
@AutoService(SimulatorFactory.class)
public final class OdooSimulatorFactory implements SimulatorFactory {
    @Override
    public String kind() {
        return "odoo";
    }

    @Override
    public boolean desk() {
        return true;
    }

    @Override
    public String description() {
        return "Odoo's helpdesk, a desk by the profile odoo that is polled; its agents answer: write <ticket> <text>.";
    }

    @Override
    public Simulator start(int port, @Nullable URI callback, Map<String, String> options) {
        OdooSimulator simulator = new OdooSimulator(port);
        if (callback != null) {
            simulator.reportTo(callback);
        }
        return simulator;
    }
}
