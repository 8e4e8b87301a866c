// SPDX-License-Identifier: Apache-2.0
package io.dragoman.fault;

import io.dragoman.simulator.HttpSimulator;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Posts webhooks as providers do: each again and again, byte for byte the same, until it is answered with 2xx, and some
 * once more although they were.
 */
final class Insistent implements HttpSimulator.Courier {
    private static final long PAUSE_NANOS = 30_000_000;
    private static final int ONE_IN = 12;

    /** Different webhooks that were answered with 2xx. */
    final AtomicLong taken = new AtomicLong();
    /** How many of them were then posted again and answered with 2xx. */
    final AtomicLong repeated = new AtomicLong();
    /** Answers that were no 2xx. */
    final AtomicLong refusals = new AtomicLong();

    final AtomicInteger underWay = new AtomicInteger();

    private final ThreadLocal<Map<Integer, KeptAlive>> connections = ThreadLocal.withInitial(HashMap::new);
    private final List<Integer> ports;
    private volatile boolean stopping;

    /** Posts to where each request says. */
    Insistent() {
        this(List.of());
    }

    /** @param ports where gateways listen, as behind a load balancer: each posting goes to any of them */
    Insistent(List<Integer> ports) {
        this.ports = List.copyOf(ports);
    }

    @Override
    public int carry(HttpRequest webhook) {
        underWay.incrementAndGet();
        try {
            while (!stopping) {
                int status = once(webhook);
                if (status / 100 == 2) {
                    taken.incrementAndGet();
                    if (ThreadLocalRandom.current().nextInt(ONE_IN) == 0 && once(webhook) / 100 == 2) {
                        repeated.incrementAndGet();
                    }
                    return status;
                }
                refusals.addAndGet(status == 0 ? 0 : 1);
                LockSupport.parkNanos(PAUSE_NANOS);
            }
            return 0;
        } finally {
            underWay.decrementAndGet();
        }
    }

    private int once(HttpRequest webhook) {
        try {
            int port = ports.isEmpty()
                    ? webhook.uri().getPort()
                    : ports.get(ThreadLocalRandom.current().nextInt(ports.size()));
            return connections
                    .get()
                    .computeIfAbsent(port, one -> new KeptAlive())
                    .post(webhook, port);
        } catch (IOException e) {
            return 0; // there is no gateway just now
        }
    }

    /** Gives up what was not taken yet. */
    void stop() {
        stopping = true;
    }
}
