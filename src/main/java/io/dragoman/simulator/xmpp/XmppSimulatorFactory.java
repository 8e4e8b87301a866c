// SPDX-License-Identifier: Apache-2.0
package io.dragoman.simulator.xmpp;

import com.google.auto.service.AutoService;
import io.dragoman.simulator.Simulator;
import io.dragoman.simulator.SimulatorFactory;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code ./dragoman simulate xmpp}. */
@AutoService(SimulatorFactory.class)
public final class XmppSimulatorFactory implements SimulatorFactory {
    @Override
    public String kind() {
        return "xmpp";
    }

    @Override
    public String description() {
        return "An XMPP server with the account of a shop, with an archive and rooms.";
    }

    /** Nobody is called back: the gateway logs in. */
    @Override
    public Optional<URI> usualCallback() {
        return Optional.of(URI.create("xmpp:" + XmppSimulator.SHOP));
    }

    @Override
    public Simulator start(int port, @Nullable URI callback, Map<String, String> options) {
        return new XmppSimulator(port);
    }
}
