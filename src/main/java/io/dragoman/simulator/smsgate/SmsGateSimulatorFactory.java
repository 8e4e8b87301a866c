// SPDX-License-Identifier: Apache-2.0
package io.dragoman.simulator.smsgate;

import com.google.auto.service.AutoService;
import io.dragoman.simulator.Simulator;
import io.dragoman.simulator.SimulatorFactory;
import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code ./dragoman simulate smsgate}. */
@AutoService(SimulatorFactory.class)
public final class SmsGateSimulatorFactory implements SimulatorFactory {
    @Override
    public String kind() {
        return "smsgate";
    }

    @Override
    public boolean numbers() {
        return true;
    }

    @Override
    public String description() {
        return "SMS Gateway for Android with one phone: a channel of kind http by the profile smsgate.";
    }

    @Override
    public Simulator start(int port, @Nullable URI callback, Map<String, String> options) {
        SmsGateSimulator simulator = new SmsGateSimulator(port);
        if (callback != null) {
            simulator.reportTo(callback);
        }
        return simulator;
    }
}
