// SPDX-License-Identifier: Apache-2.0
package io.dragoman.simulator.x;

import com.google.auto.service.AutoService;
import io.dragoman.simulator.Simulator;
import io.dragoman.simulator.SimulatorFactory;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code ./dragoman simulate x}. */
@AutoService(SimulatorFactory.class)
public final class XSimulatorFactory implements SimulatorFactory {
    private static final String LIMIT = "limit";

    @Override
    public String kind() {
        return "x";
    }

    @Override
    public String description() {
        return "X's API with one account: direct messages, mentions, webhooks.";
    }

    @Override
    public List<Option> options() {
        return List.of(new Option(
                LIMIT,
                "NUMBER",
                "15",
                "How many direct messages may be sent in 15 minutes, as X allows; 0 for any number."));
    }

    @Override
    public Map<String, String> sample() {
        return Map.of(LIMIT, "0");
    }

    @Override
    public Simulator start(int port, @Nullable URI callback, Map<String, String> options) {
        String limit = options.getOrDefault(LIMIT, "15");
        if (!limit.matches("\\d{1,6}")) {
            throw new IllegalArgumentException("--limit must be a number");
        }
        return new XSimulator(port, Clock.systemUTC(), Integer.parseInt(limit));
    }
}
