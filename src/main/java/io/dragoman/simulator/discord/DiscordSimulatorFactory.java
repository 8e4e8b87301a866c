// SPDX-License-Identifier: Apache-2.0
package io.dragoman.simulator.discord;

import com.google.auto.service.AutoService;
import io.dragoman.simulator.Simulator;
import io.dragoman.simulator.SimulatorFactory;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code ./dragoman simulate discord}. */
@AutoService(SimulatorFactory.class)
public final class DiscordSimulatorFactory implements SimulatorFactory {
    @Override
    public String kind() {
        return "discord";
    }

    @Override
    public String description() {
        return "Discord's API at the port and its Gateway one above, with one bot and whoever writes to it.";
    }

    /** Nobody is called back for a message: the gateway holds a session. */
    @Override
    public Optional<URI> usualCallback() {
        return Optional.of(DiscordSimulator.SESSION);
    }

    @Override
    public Simulator start(int port, @Nullable URI callback, Map<String, String> options) {
        return new DiscordSimulator(port);
    }
}
