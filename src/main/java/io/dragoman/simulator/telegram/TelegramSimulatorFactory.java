// SPDX-License-Identifier: Apache-2.0
package io.dragoman.simulator.telegram;

import com.google.auto.service.AutoService;
import io.dragoman.simulator.Simulator;
import io.dragoman.simulator.SimulatorFactory;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code ./dragoman simulate telegram}. */
@AutoService(SimulatorFactory.class)
public final class TelegramSimulatorFactory implements SimulatorFactory {
    @Override
    public String kind() {
        return "telegram";
    }

    @Override
    public String description() {
        return "Telegram: a Bot API server with one bot.";
    }

    /** A bot without a webhook polls. */
    @Override
    public Optional<URI> usualCallback() {
        return Optional.of(TelegramSimulator.QUEUE);
    }

    @Override
    public Simulator start(int port, @Nullable URI callback, Map<String, String> options) {
        TelegramSimulator simulator = new TelegramSimulator(port);
        if (callback != null) {
            simulator.webhook(callback);
        }
        return simulator;
    }
}
