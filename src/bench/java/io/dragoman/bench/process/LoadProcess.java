// SPDX-License-Identifier: Apache-2.0
package io.dragoman.bench.process;

import io.dragoman.bench.load.LoadMain;
import io.dragoman.bench.wire.Figures;
import java.io.IOException;
import java.util.List;

/** {@link LoadMain}, as a benchmark has it. */
public final class LoadProcess implements AutoCloseable {
    private static final List<String> OPTIONS = List.of("-Xmx128m", "-XX:+UseSerialGC");

    private final Child process;

    private LoadProcess(Child process) {
        this.process = process;
    }

    /**
     * Starts it; it sends nothing yet.
     *
     * @param desk where to ask how many messages have arrived, so that not too many are on their way; 0 for nowhere
     */
    public static LoadProcess start(Target target, Crowd crowd, int desk) throws IOException {
        Child process = Child.java(
                LoadMain.class,
                OPTIONS,
                target.port(),
                target.path(),
                target.secret(),
                crowd.clients(),
                crowd.customers(),
                desk,
                crowd.outstanding());
        process.readLine();
        return new LoadProcess(process);
    }

    /** Begins to send as fast as is answered. */
    public void begin(double seconds) throws IOException {
        begin(seconds, 0, Long.MAX_VALUE);
    }

    /**
     * Begins to send.
     *
     * @param rate messages a second, 0 for as fast as is answered
     */
    public void begin(double seconds, double rate, long messages) throws IOException {
        process.writeLine(seconds + " " + rate + " " + messages);
    }

    /** Waits for the end of what was begun: {@code acknowledged}, {@code rate}, {@code p50}, {@code p99} and more. */
    public Figures end() throws IOException {
        return Figures.parse(process.readLine());
    }

    /** How long it has kept a processor busy so far, in seconds. */
    public double cpuSeconds() {
        return process.cpuSeconds();
    }

    @Override
    public void close() {
        process.close();
    }

    /** Where webhooks go, and what signs them. */
    public record Target(int port, String path, String secret) {}

    /**
     * Who sends.
     *
     * @param clients connections
     * @param outstanding how many messages may be on their way to the desk
     */
    public record Crowd(int clients, int customers, long outstanding) {}
}
