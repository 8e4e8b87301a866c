// SPDX-License-Identifier: Apache-2.0
package io.dragoman.bench.load;

import io.dragoman.bench.wire.Figures;
import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.LongPredicate;
import java.util.function.LongSupplier;
import org.HdrHistogram.Histogram;

/**
 * Sends on one thread, over all clients: as fast as they are answered, or at a rate. At a rate a latency counts from
 * when the message was to be sent, so that a server that stalls is not flattered.
 */
final class Load {
    private static final long REST_NANOS = Duration.ofMillis(100).toNanos();
    private static final long SLOWEST_MICROS = Duration.ofMinutes(1).toNanos() / 1000;
    private static final long TICK_NANOS = Duration.ofMillis(1).toNanos();
    private static final int OK = 200;

    private final Selector selector;
    private final Deque<Client> free;
    private final Deque<Client> resting = new ArrayDeque<>();
    private final LongSupplier seen;
    private long outstanding = Long.MAX_VALUE;
    private Histogram latency = new Histogram(SLOWEST_MICROS, 3);
    private long acknowledged;
    private long refused;
    private long broken;
    private int underWay;

    /**
     * Sends nothing yet.
     *
     * @param seen how many messages the desk has seen so far
     */
    Load(Selector selector, List<Client> clients, LongSupplier seen) {
        this.selector = selector;
        free = new ArrayDeque<>(clients);
        this.seen = seen;
    }

    /**
     * Sends for a time, then waits for the answers that are still to come.
     *
     * @param rate messages a second; 0 for as fast as they are answered
     * @param messages at most so many
     * @param atMostOutstanding how many more may have been sent than the desk has seen
     */
    Figures run(double seconds, double rate, long messages, long atMostOutstanding) throws IOException {
        long end = System.nanoTime() + (long) (seconds * 1e9);
        return run(now -> now >= end, rate, messages, atMostOutstanding);
    }

    /**
     * Sends as fast as is answered until a window is over that begins when as many arrive as are taken in.
     *
     * @param patience how long that may take, in seconds
     * @param begun hears of it
     */
    Figures steady(double patience, double seconds, long atMostOutstanding, Consumer<Figures> begun)
            throws IOException {
        Steady steady = new Steady(System.nanoTime(), patience, seconds, begun);
        Figures figures =
                run(now -> steady.over(now, acknowledged, seen.getAsLong()), 0, Long.MAX_VALUE, atMostOutstanding);
        return figures.with(steady.window());
    }

    private Figures run(LongPredicate ended, double rate, long messages, long atMostOutstanding) throws IOException {
        outstanding = atMostOutstanding;
        latency = new Histogram(SLOWEST_MICROS, 3);
        long before = acknowledged;
        long start = System.nanoTime();
        for (long sent = 0; underWay > 0 || !resting.isEmpty() || sent < messages; ) {
            long now = System.nanoTime();
            wake(now);
            boolean over = ended.test(now);
            long due = rate > 0 ? start + (long) (sent * 1e9 / rate) : now;
            if (!over && sent < messages && due <= now && !free.isEmpty() && bounded()) {
                send(free.remove(), due);
                sent++;
            } else if (over && underWay == 0) {
                break;
            }
            boolean more = !over && sent < messages && !free.isEmpty() && bounded();
            receive(more ? Math.max(due - now, 0) : TICK_NANOS);
        }
        double lasted = (System.nanoTime() - start) / 1e9;
        return new Figures()
                .count("acknowledged", acknowledged - before)
                .count("refused", refused)
                .count("broken", broken)
                .with("seconds", lasted)
                .with("rate", (acknowledged - before) / lasted)
                .with(latency);
    }

    private boolean bounded() {
        return acknowledged + underWay - seen.getAsLong() < outstanding;
    }

    private void send(Client client, long due) throws IOException {
        underWay++;
        try {
            client.send(due, ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now()));
        } catch (IOException e) {
            failed(client);
        }
    }

    private void wake(long now) {
        for (Client client = resting.peek(); client != null && client.due() <= now; client = resting.peek()) {
            free.add(resting.remove());
        }
    }

    /** A selector waits for whole milliseconds alone; the next message may be due sooner. */
    private void receive(long nextNanos) throws IOException {
        if (nextNanos >= TICK_NANOS) {
            selector.select(1);
        } else {
            LockSupport.parkNanos(Math.min(nextNanos, TICK_NANOS / 10));
            selector.selectNow();
        }
        for (SelectionKey key : selector.selectedKeys()) {
            receive((Client) key.attachment());
        }
        selector.selectedKeys().clear();
    }

    private void receive(Client client) throws IOException {
        int status;
        try {
            status = client.receive();
        } catch (IOException e) {
            status = -1;
        }
        if (status < 0 && client.waiting()) {
            failed(client);
        } else if (status < 0) {
            client.close();
        } else if (status == OK) {
            underWay--;
            acknowledged++;
            latency.recordValue(Math.min((System.nanoTime() - client.due()) / 1000, SLOWEST_MICROS));
            client.advance();
            free.add(client);
        } else if (status > 0) {
            underWay--;
            refused++;
            rest(client);
        }
    }

    private void failed(Client client) throws IOException {
        client.close();
        underWay--;
        broken++;
        rest(client);
    }

    private void rest(Client client) {
        client.rest(System.nanoTime() + REST_NANOS);
        resting.add(client);
    }
}
