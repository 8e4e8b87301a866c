// SPDX-License-Identifier: Apache-2.0
package io.dragoman.simulator.linkedin;

import com.google.auto.service.AutoService;
import io.dragoman.simulator.Simulator;
import io.dragoman.simulator.SimulatorFactory;
import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code ./dragoman simulate linkedin}. */
@AutoService(SimulatorFactory.class)
public final class LinkedInSimulatorFactory implements SimulatorFactory {
    @Override
    public String kind() {
        return "linkedin";
    }

    @Override
    public String description() {
        return "LinkedIn: comments on the post of one page.";
    }

    @Override
    public Simulator start(int port, @Nullable URI callback, Map<String, String> options) {
        return new LinkedInSimulator(port);
    }
}
