// SPDX-License-Identifier: Apache-2.0
package io.dragoman.fault;

import io.dragoman.simulator.HttpSimulator;
import java.io.IOException;
import java.net.http.HttpRequest;
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

    private final ThreadLocal<KeptAlive> connections = ThreadLocal.withInitial(KeptAlive::new);
    private volatile boolean stopping;

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
            return connections.get().post(webhook);
        } catch (IOException e) {
            return 0; // there is no gateway just now
        }
    }

    /** Gives up what was not taken yet. */
    void stop() {
        stopping = true;
    }
}
