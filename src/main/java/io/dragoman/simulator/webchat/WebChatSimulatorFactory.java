// SPDX-License-Identifier: Apache-2.0
package io.dragoman.simulator.webchat;

import com.google.auto.service.AutoService;
import io.dragoman.simulator.Simulator;
import io.dragoman.simulator.SimulatorFactory;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code ./dragoman simulate webchat}. */
@AutoService(SimulatorFactory.class)
public final class WebChatSimulatorFactory implements SimulatorFactory {
    private static final Option SECRET = new Option(
            "identity-secret",
            "SECRET",
            "",
            "The channel's identity.secret, with which the website vouches for who is logged in; without it nobody is.");

    @Override
    public String kind() {
        return "webchat";
    }

    @Override
    public String description() {
        return "Visitors of a website with the chat, who write and read as the widget does.";
    }

    @Override
    public List<Option> options() {
        return List.of(SECRET);
    }

    /** So that what proves a user is tried, and its change. */
    @Override
    public Map<String, String> sample() {
        return Map.of(SECRET.name(), "simulated-identity-secret-of-a-website");
    }

    @Override
    public Simulator start(int port, @Nullable URI callback, Map<String, String> options) {
        return new WebChatSimulator(options.getOrDefault(SECRET.name(), SECRET.fallback()));
    }
}
