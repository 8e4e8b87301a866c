// SPDX-License-Identifier: Apache-2.0
package io.dragoman.simulator.matrix;

import com.google.auto.service.AutoService;
import io.dragoman.simulator.Simulator;
import io.dragoman.simulator.SimulatorFactory;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code ./dragoman simulate matrix}. */
@AutoService(SimulatorFactory.class)
public final class MatrixSimulatorFactory implements SimulatorFactory {
    @Override
    public String kind() {
        return "matrix";
    }

    @Override
    public String description() {
        return "A Matrix homeserver with the account of a shop, and whoever writes to it.";
    }

    @Override
    public List<Option> options() {
        return List.of(new Option(
                "rate",
                "MESSAGES",
                "0",
                "How many messages a second it takes before it answers 429; 0 takes any number."));
    }

    /** Nobody is called back: whoever has the account asks. */
    @Override
    public Optional<URI> usualCallback() {
        return Optional.of(MatrixSimulator.SYNC);
    }

    @Override
    public Simulator start(int port, @Nullable URI callback, Map<String, String> options) {
        String rate = options.getOrDefault("rate", "0");
        if (!rate.matches("\\d{1,6}")) {
            throw new IllegalArgumentException("--rate must be a number of messages, such as 10");
        }
        MatrixSimulator simulator = new MatrixSimulator(port);
        simulator.rate(Integer.parseInt(rate));
        return simulator;
    }
}
