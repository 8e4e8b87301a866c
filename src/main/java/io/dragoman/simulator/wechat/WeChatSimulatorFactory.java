// SPDX-License-Identifier: Apache-2.0
package io.dragoman.simulator.wechat;

import com.google.auto.service.AutoService;
import io.dragoman.simulator.Simulator;
import io.dragoman.simulator.SimulatorFactory;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code ./dragoman simulate wechat}. */
@AutoService(SimulatorFactory.class)
public final class WeChatSimulatorFactory implements SimulatorFactory {
    private static final String ENCRYPTION = "encryption";

    @Override
    public String kind() {
        return "wechat";
    }

    @Override
    public String description() {
        return "WeChat's Official Account API with one account.";
    }

    @Override
    public List<Option> options() {
        return List.of(new Option(
                ENCRYPTION,
                "MODE",
                "safe",
                "safe encrypts what it posts, as WeChat's safe mode does; plain does not."));
    }

    @Override
    public Simulator start(int port, @Nullable URI callback, Map<String, String> options) {
        String mode = options.getOrDefault(ENCRYPTION, "safe");
        if (!mode.equals("safe") && !mode.equals("plain")) {
            throw new IllegalArgumentException("--encryption must be safe or plain");
        }
        return new WeChatSimulator(port, mode.equals("safe"), Clock.systemUTC());
    }
}
