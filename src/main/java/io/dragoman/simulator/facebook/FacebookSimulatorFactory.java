// SPDX-License-Identifier: Apache-2.0
package io.dragoman.simulator.facebook;

import com.google.auto.service.AutoService;
import io.dragoman.simulator.Simulator;
import io.dragoman.simulator.SimulatorFactory;
import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code ./dragoman simulate facebook}. */
@AutoService(SimulatorFactory.class)
public final class FacebookSimulatorFactory implements SimulatorFactory {
    @Override
    public String kind() {
        return "facebook";
    }

    @Override
    public String description() {
        return "Facebook: comments on the posts of one page.";
    }

    @Override
    public Simulator start(int port, @Nullable URI callback, Map<String, String> options) {
        return new FacebookSimulator(port);
    }
}
