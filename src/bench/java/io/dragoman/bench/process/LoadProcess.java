// SPDX-License-Identifier: Apache-2.0
package io.dragoman.bench.process;

import io.dragoman.bench.load.LoadMain;
import io.dragoman.bench.wire.Figures;
import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;

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
     * @param desk where to ask how many messages have arrived; 0 for nowhere
     */
    public static LoadProcess start(Target target, Crowd crowd, int desk) throws IOException {
        return start(target, List.of(target.port()), crowd, desk);
    }

    /** The same to several ports, in turn: a customer's messages all go to one of them. */
    public static LoadProcess start(Target target, List<Integer> ports, Crowd crowd, int desk) throws IOException {
        Child process = Child.java(
                LoadMain.class,
                OPTIONS,
                ports.stream().map(String::valueOf).collect(Collectors.joining(",")),
                target.path(),
                target.secret(),
                desk,
                crowd.clients(),
                crowd.first(),
                crowd.end(),
                crowd.inARow());
        process.readLine();
        return new LoadProcess(process);
    }

    /** Begins to send. */
    public void begin(Plan plan) throws IOException {
        process.writeLine(plan.seconds() + " " + plan.rate() + " " + plan.messages() + " " + plan.outstanding() + " "
                + plan.patience());
    }

    /** Waits until the window of a steady plan begins: {@code settled}, 1 or 0, and {@code after}, in seconds. */
    public Figures settle() throws IOException {
        return Figures.parse(process.readLine());
    }

    /**
     * Waits for the end of what was begun: {@code acknowledged}, {@code rate}, {@code p50}, {@code p99} and more; of a steady
     * plan also {@code takenRate} and {@code arrivedRate} within its window.
     */
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
     * @param first the number of the first customer
     * @param end the number behind the last one's
     * @param inARow how many messages a customer writes before the next one's turn
     */
    public record Crowd(int clients, int first, int end, int inARow) {}

    /**
     * What is sent.
     *
     * @param rate messages a second; 0 for as fast as they are answered
     * @param messages at most so many
     * @param outstanding how many messages may be on their way to the desk
     * @param patience how many seconds it may take until as many arrive as are taken in, and the time begins; 0 for at once
     */
    public record Plan(double seconds, double rate, long messages, long outstanding, double patience) {
        private static final double LONG = 1e6;

        /** As fast as is answered. */
        public static Plan closed(double seconds, long outstanding) {
            return new Plan(seconds, 0, Long.MAX_VALUE, outstanding, 0);
        }

        /** So many a second, whatever is answered. */
        public static Plan atRate(double rate, double seconds) {
            return new Plan(seconds, rate, Long.MAX_VALUE, Long.MAX_VALUE, 0);
        }

        /** So many, as fast as is answered. */
        public static Plan all(long messages, long outstanding) {
            return new Plan(LONG, 0, messages, outstanding, 0);
        }

        /** As fast as is answered, for so long after as many arrive as are taken in. */
        public static Plan steady(double patience, double seconds, long outstanding) {
            return new Plan(seconds, 0, Long.MAX_VALUE, outstanding, patience);
        }
    }
}
