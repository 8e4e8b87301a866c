// SPDX-License-Identifier: Apache-2.0
package io.dragoman;

import io.dragoman.store.Store;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the other gateways on a shared store that this one lives, and frees what one held that fell silent. Their clocks
 * must agree within a few seconds. Does nothing where the store is this gateway's alone.
 */
final class Peering implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Peering.class);
    private static final long BEAT_SECONDS = 5;
    private static final Duration SILENCE = Duration.ofSeconds(30);

    private final Store store;
    private final String owner;
    private final Clock clock;
    private final ScheduledExecutorService beats = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "peering");
        thread.setDaemon(true);
        return thread;
    });

    Peering(Store store, String owner, Clock clock) {
        this.store = store;
        this.owner = owner;
        this.clock = clock;
        if (store.shared()) {
            beats.scheduleWithFixedDelay(this::beat, 0, BEAT_SECONDS, TimeUnit.SECONDS);
        }
    }

    private void beat() {
        long now = clock.millis();
        try {
            List<String> silent = store.write(tx -> {
                        tx.peers().beat(owner, now);
                        return tx.peers().bury(now - SILENCE.toMillis());
                    })
                    .join();
            if (!silent.isEmpty()) {
                LOG.warn("{} gateways on this store fell silent; their work is taken over", silent.size());
            }
        } catch (CompletionException e) {
            LOG.debug("peering: {}", String.valueOf(e.getCause()));
        }
    }

    /** Frees what this gateway still holds. */
    @Override
    public void close() {
        beats.shutdownNow();
        if (store.shared()) {
            try {
                store.write(tx -> {
                            tx.peers().leave(owner);
                            return true;
                        })
                        .join();
            } catch (CompletionException e) {
                LOG.debug("peering: the store is away; the others find out by the silence");
            }
        }
    }
}
