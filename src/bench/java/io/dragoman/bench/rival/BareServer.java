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

/** A bare program of this package in a process of its own, with the heap and the collector of the launcher. */
public final class BareServer implements Server {
    private static final List<String> OPTIONS = List.of("-Xmx256m", "-XX:+UseSerialGC");
    private static final Duration READY = Duration.ofSeconds(30);

    private final Class<?> main;
    private final int port;
    private final Object[] arguments;

    private BareServer(Class<?> main, int port, Object... arguments) {
        this.main = main;
        this.port = port;
        this.arguments = arguments;
    }

    /** {@link BareJourneyMain}, which forwards to the desk on this port. */
    public static Server journey(Path home, int desk) {
        int port = Child.freePort();
        return new BareServer(BareJourneyMain.class, port, port, desk, home.resolve("bare.db"), Gateway.SECRET);
    }

    /** {@link BareHandlerMain}. */
    public static Server handler() {
        int port = Child.freePort();
        return new BareServer(BareHandlerMain.class, port, port);
    }

    @Override
    public Target target() {
        return new Target(port, "/channels/shop-whatsapp", Gateway.SECRET);
    }

    @Override
    public Child start() throws IOException {
        return Child.java(main, OPTIONS, arguments).awaitAnswer(port, "/ready", READY);
    }
}
