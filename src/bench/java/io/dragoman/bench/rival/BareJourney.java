// SPDX-License-Identifier: Apache-2.0
package io.dragoman.bench.rival;

import io.dragoman.bench.process.Child;
import io.dragoman.bench.process.Gateway;
import io.dragoman.bench.process.LoadProcess.Target;
import io.dragoman.bench.process.Server;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** {@link BareJourneyMain}, in a process of its own with the heap and the collector of the launcher. */
public final class BareJourney implements Server {
    private static final List<String> OPTIONS = List.of("-Xmx256m", "-XX:+UseSerialGC");
    private static final Duration READY = Duration.ofSeconds(30);

    private final Path home;
    private final int desk;
    private final int port = Child.freePort();

    /** Not started yet; it will forward to the desk on this port. */
    public BareJourney(Path home, int desk) {
        this.home = home;
        this.desk = desk;
    }

    @Override
    public Target target() {
        return new Target(port, "/channels/shop-whatsapp", Gateway.SECRET);
    }

    @Override
    public Child start() throws IOException {
        return Child.java(BareJourneyMain.class, OPTIONS, port, desk, home.resolve("bare.db"), Gateway.SECRET)
                .awaitAnswer(port, "/ready", READY);
    }
}
