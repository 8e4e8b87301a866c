// SPDX-License-Identifier: Apache-2.0
package io.dragoman.simulator.jirasm;

import com.google.auto.service.AutoService;
import io.dragoman.simulator.Simulator;
import io.dragoman.simulator.SimulatorFactory;
import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code ./dragoman simulate jira-sm}. */
@AutoService(SimulatorFactory.class)
public final class JiraSmSimulatorFactory implements SimulatorFactory {
    @Override
    public String kind() {
        return "jira-sm";
    }

    @Override
    public boolean desk() {
        return true;
    }

    @Override
    public String description() {
        return "Jira Service Management, a desk by the profile jira-sm; its agents answer: write <request> <text>.";
    }

    @Override
    public Simulator start(int port, @Nullable URI callback, Map<String, String> options) {
        JiraSmSimulator simulator = new JiraSmSimulator(port);
        if (callback != null) {
            simulator.reportTo(callback);
        }
        return simulator;
    }
}
