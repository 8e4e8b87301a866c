// SPDX-License-Identifier: Apache-2.0
package io.dragoman.simulator.smpp;

import com.google.auto.service.AutoService;
import io.dragoman.simulator.Simulator;
import io.dragoman.simulator.SimulatorFactory;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code ./dragoman simulate smpp}. */
@AutoService(SimulatorFactory.class)
public final class SmppSimulatorFactory implements SimulatorFactory {
    private static final Option IDS = new Option(
            "ids",
            "FORM",
            "same",
            "How ids in receipts are written: same as in answers, or decimal where those are hex.");

    @Override
    public String kind() {
        return "smpp";
    }

    @Override
    public boolean numbers() {
        return true;
    }

    @Override
    public String description() {
        return "An SMS centre with one number, which is logged in to by SMPP.";
    }

    @Override
    public List<Option> options() {
        return List.of(IDS);
    }

    /** Nobody is called back: the gateway logs in. */
    @Override
    public Optional<URI> usualCallback() {
        return Optional.of(URI.create("smpp:" + SmppSimulator.NUMBER));
    }

    @Override
    public Simulator start(int port, @Nullable URI callback, Map<String, String> options) {
        String ids = options.getOrDefault(IDS.name(), IDS.fallback());
        if (!ids.equals("same") && !ids.equals("decimal")) {
            throw new IllegalArgumentException("--ids is same or decimal");
        }
        return new SmppSimulator(port, ids.equals("decimal"), Clock.systemUTC());
    }
}
