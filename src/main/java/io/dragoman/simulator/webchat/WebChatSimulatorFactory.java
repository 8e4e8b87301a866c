// SPDX-License-Identifier: Apache-2.0
package io.dragoman.simulator.webchat;

import com.google.auto.service.AutoService;
import io.dragoman.simulator.Simulator;
import io.dragoman.simulator.SimulatorFactory;
import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code ./dragoman simulate webchat}. */
@AutoService(SimulatorFactory.class)
public final class WebChatSimulatorFactory implements SimulatorFactory {
    @Override
    public String kind() {
        return "webchat";
    }

    @Override
    public String description() {
        return "Visitors of a website with the chat, who write and read as the widget does.";
    }

    @Override
    public Simulator start(int port, @Nullable URI callback, Map<String, String> options) {
        return new WebChatSimulator();
    }
}
