// SPDX-License-Identifier: Apache-2.0
package io.dragoman.bench.process;

import io.dragoman.bench.outside.OutsideMain;
import io.dragoman.bench.wire.Figures;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** {@link OutsideMain}, as a benchmark has it. */
public final class OutsideProcess implements AutoCloseable {
    private static final List<String> OPTIONS = List.of("-Xmx1g", "-XX:+UseSerialGC");
    private static final Duration STANDSTILL = Duration.ofSeconds(60);

    /** Longer than the gateway's first wait before it sends again: a second copy would come now. */
    private static final Duration RETRY = Duration.ofSeconds(3);

    private final Child process;
    private final int port;

    private OutsideProcess(Child process) throws IOException {
        this.process = process;
        port = Integer.parseInt(process.readLine().substring("ready ".length()));
    }

    /** Starts a desk that answers every notice. */
    public static OutsideProcess desk(int port, int customers) throws IOException {
        return new OutsideProcess(Child.java(OutsideMain.class, OPTIONS, port, customers));
    }

    /** Starts a desk whose agents answer every second message, and WhatsApp's API on the same port. */
    public static OutsideProcess answeringDesk(int port, int customers, int gateway) throws IOException {
        return new OutsideProcess(
                Child.java(OutsideMain.class, OPTIONS, port, customers, gateway, Gateway.DESK_SECRET));
    }

    /** Its port. */
    public int port() {
        return port;
    }

    /** How many different messages have arrived, with all that is to follow from them. */
    public long count() throws IOException {
        return Long.parseLong(Http.get(port, "/count").body());
    }

    /** All there is to check, and {@code replies}, the answers that arrived at WhatsApp. */
    public Figures figures() throws IOException {
        return Figures.parse(Http.get(port, "/report").body());
    }

    /** The age of messages on their arrival since this was last asked: {@code p50}, {@code p99}, milliseconds. */
    public Figures latency() throws IOException {
        return Figures.parse(Http.get(port, "/latency").body());
    }

    /**
     * Waits until so many messages have arrived; the wait ends when none has come for a minute.
     *
     * @return how many have
     */
    public long await(long messages) throws IOException {
        long last = count();
        long since = System.nanoTime();
        while (last < messages && System.nanoTime() - since < STANDSTILL.toNanos()) {
            Http.pause(Duration.ofMillis(5));
            long now = count();
            if (now != last) {
                last = now;
                since = System.nanoTime();
            }
        }
        return last;
    }

    /**
     * Checks what has arrived against what was acknowledged, and tells it in one line.
     *
     * @throws IllegalStateException when a message was lost or doubled, or came before its turn
     */
    public String check(long acknowledged) throws IOException {
        long arrived = await(acknowledged);
        Http.pause(RETRY);
        Figures figures = figures();
        String told = String.format(
                Locale.ROOT,
                "%,d acknowledged, %,d arrived, %,.0f doubled, %,.0f out of order, %,.0f repeated under the same id",
                acknowledged,
                arrived,
                figures.get("doubled"),
                figures.get("disordered"),
                figures.get("repeated"));
        if (arrived != acknowledged || figures.get("doubled") + figures.get("disordered") > 0) {
            throw new IllegalStateException("the effects are wrong: " + told);
        }
        return figures.has("replies")
                ? told + String.format(Locale.ROOT, ", %,.0f answers", figures.get("replies"))
                : told;
    }

    /** How long it has kept a processor busy so far, in seconds. */
    public double cpuSeconds() {
        return process.cpuSeconds();
    }

    @Override
    public void close() {
        process.close();
    }
}
