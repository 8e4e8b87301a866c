// SPDX-License-Identifier: Apache-2.0
package io.dragoman.bench;

import io.dragoman.bench.process.Child;
import io.dragoman.bench.process.LoadProcess;
import io.dragoman.bench.process.LoadProcess.Crowd;
import io.dragoman.bench.process.LoadProcess.Plan;
import io.dragoman.bench.process.OutsideProcess;
import io.dragoman.bench.process.Server;
import io.dragoman.bench.wire.Figures;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;

/** A desk, a server that forwards to it, and a load on the server: three processes, which end with this. */
final class TestBed implements AutoCloseable {
    private final OutsideProcess desk;
    private final LoadProcess load;
    private final Child server;
    private long acknowledged;

    private TestBed(OutsideProcess desk, LoadProcess load, Child server) {
        this.desk = desk;
        this.load = load;
        this.server = server;
    }

    /** Sets a server up that forwards to the desk on this port. */
    interface SetUp {
        Server at(Path home, int desk) throws IOException;
    }

    /** Starts all three, the server last; nothing is sent yet. */
    static TestBed start(Path home, Crowd crowd, SetUp setUp) throws IOException {
        return start(home, crowd, setUp, OutsideProcess.desk(0, crowd.end()));
    }

    /** The same, with a desk that runs already. */
    static TestBed start(Path home, Crowd crowd, SetUp setUp, OutsideProcess desk) throws IOException {
        Server server = setUp.at(home, desk.port());
        LoadProcess load = LoadProcess.start(server.target(), crowd, desk.port());
        return new TestBed(desk, load, server.start());
    }

    OutsideProcess desk() {
        return desk;
    }

    Child server() {
        return server;
    }

    /** Begins to send. */
    void begin(Plan plan) throws IOException {
        load.begin(plan);
    }

    /** Waits until the load is through. */
    Figures end() throws IOException {
        Figures figures = load.end();
        System.out.println("  the load: " + figures);
        acknowledged += (long) figures.get("acknowledged");
        return figures;
    }

    /** Sends, and waits until the load is through and the desk has seen everything. */
    Figures run(Plan plan) throws IOException {
        begin(plan);
        Figures figures = end();
        desk.await(acknowledged);
        return figures;
    }

    /** How many messages arrived at the desk a second while so was sent. */
    double throughput(Plan plan) throws IOException {
        begin(plan);
        double rate = new Sampler(server, desk).rate(plan.seconds());
        end();
        return rate;
    }

    /** Checks that all that was acknowledged arrives, once and in order, and tells it. */
    void check() throws IOException {
        System.out.println("  the desk: " + desk.check(acknowledged));
        System.out.printf(
                Locale.ROOT,
                "  seconds of CPU: %.1f, the load %.1f, the desk %.1f%n",
                server.cpuSeconds(),
                load.cpuSeconds(),
                desk.cpuSeconds());
    }

    @Override
    public void close() {
        server.close();
        load.close();
        desk.close();
    }
}
