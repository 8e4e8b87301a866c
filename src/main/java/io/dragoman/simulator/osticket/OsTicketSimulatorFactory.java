// SPDX-License-Identifier: Apache-2.0
package io.dragoman.simulator.osticket;

import com.google.auto.service.AutoService;
import io.dragoman.simulator.Simulator;
import io.dragoman.simulator.SimulatorFactory;
import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code ./dragoman simulate osticket}. */
@AutoService(SimulatorFactory.class)
public final class OsTicketSimulatorFactory implements SimulatorFactory {
    @Override
    public String kind() {
        return "osticket";
    }

    @Override
    public String description() {
        return "osTicket's API, which opens tickets and takes mail; what agents answer it would mail.";
    }

    @Override
    public boolean desk() {
        return true;
    }

    @Override
    public Simulator start(int port, @Nullable URI callback, Map<String, String> options) {
        return new OsTicketSimulator(port);
    }
}
