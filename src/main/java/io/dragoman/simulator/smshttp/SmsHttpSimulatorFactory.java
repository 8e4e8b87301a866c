// SPDX-License-Identifier: Apache-2.0
package io.dragoman.simulator.smshttp;

import com.google.auto.service.AutoService;
import io.dragoman.simulator.Simulator;
import io.dragoman.simulator.SimulatorFactory;
import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code ./dragoman simulate sms-http}. */
@AutoService(SimulatorFactory.class)
public final class SmsHttpSimulatorFactory implements SimulatorFactory {
    @Override
    public String kind() {
        return "sms-http";
    }

    @Override
    public boolean numbers() {
        return true;
    }

    @Override
    public String description() {
        return "Kannel's smsbox with one number for SMS.";
    }

    @Override
    public Simulator start(int port, @Nullable URI callback, Map<String, String> options) {
        return new SmsHttpSimulator(port);
    }
}
