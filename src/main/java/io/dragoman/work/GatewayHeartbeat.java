// SPDX-License-Identifier: Apache-2.0
package io.dragoman.work;

import io.dragoman.store.Store;
import java.net.InetAddress;
import java.net.UnknownHostException;
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
 * Sends this gateway's heartbeats to a shared store, and evicts those that missed their heartbeats. Their clocks
 * must agree within a few seconds. Does nothing where the store is this gateway's alone.
 */
public final class GatewayHeartbeat implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(GatewayHeartbeat.class);
    private static final long BEAT_SECONDS = 5;
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final Store store;
    private final String owner;
    private final Clock clock;
    private final ScheduledExecutorService beats = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "peering");
        thread.setDaemon(true);
        return thread;
    });

    /**
     * Begins. What gateways of this machine held whose process is gone is free when this returns.
     *
     * @param id names this gateway's life
     */
    public GatewayHeartbeat(Store store, String id, Clock clock) {
        this.store = store;
        this.owner = host() + "/" + ProcessHandle.current().pid() + "/" + id;
        this.clock = clock;
        if (store.shared()) {
            store.write(tx -> {
                        tx.peers().all().stream().filter(GatewayHeartbeat::gone).forEach(tx.peers()::leave);
                        return true;
                    })
                    .join();
            beats.scheduleWithFixedDelay(this::beat, 0, BEAT_SECONDS, TimeUnit.SECONDS);
        }
    }

    /** Names this process among those that share the store. */
    public String owner() {
        return owner;
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName().replace('/', '-');
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }

    /** Whether a process of this machine has ended, so that its heartbeat timeout need not be waited for. */
    private static boolean gone(String peer) {
        String[] parts = peer.split("/", 3);
        if (parts.length < 3 || !parts[0].equals(host()) || !parts[1].matches("\\d{1,18}")) {
            return false;
        }
        long pid = Long.parseLong(parts[1]);
        return pid != ProcessHandle.current().pid()
                && ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isEmpty();
    }

    private void beat() {
        long now = clock.millis();
        try {
            List<String> evicted = store.write(tx -> {
                        tx.peers().beat(owner, now);
                        return tx.peers().evict(now - TIMEOUT.toMillis());
                    })
                    .join();
            if (!evicted.isEmpty()) {
                LOG.warn(
                        "{} gateways on this store missed their heartbeats and are evicted; their work is released",
                        evicted.size());
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
                LOG.debug("peering: the store is unavailable; the others notice the missed heartbeats");
            }
        }
    }
}
