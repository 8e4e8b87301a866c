// SPDX-License-Identifier: Apache-2.0
package io.dragoman.work;

import io.dragoman.store.Peers;
import io.dragoman.store.Store;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells a shared store each second that this gateway is there, and evicts those whose sessions with the database have ended
 * and do not come back. A gateway that cannot tell so gives up what it holds before the others take it. Does nothing where
 * the store is this gateway's alone.
 */
public final class GatewayHeartbeat implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(GatewayHeartbeat.class);
    private static final long BEAT_MILLIS = 1_000;
    /** A gateway whose session broke, as all do when the database restarts, has so long to come back. */
    private static final Duration GRACE = Duration.ofSeconds(3);
    /** Sooner than the database loses patience: who cannot reach it lets go before another may take over. */
    private static final Duration LOST_AFTER = Peers.PATIENCE.minusSeconds(2);

    private final Store store;
    private final String owner;
    private final Clock clock;
    private final Set<Runnable> whenLost = ConcurrentHashMap.newKeySet();
    private final Map<String, Long> silentSince = new HashMap<>();
    private final ScheduledExecutorService beats = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "peering");
        thread.setDaemon(true);
        return thread;
    });
    private volatile long heardAt = System.nanoTime();
    private volatile Map<String, String> pollers = Map.of();
    private volatile Set<String> others = Set.of();
    private volatile BiConsumer<Set<String>, Map<String, String>> whenHeard = (present, polling) -> {};
    private final AtomicBoolean evicted = new AtomicBoolean();
    private CompletableFuture<?> last = CompletableFuture.completedFuture(true);
    private boolean told;

    /**
     * Begins: the others know this gateway when this returns.
     *
     * @param id names this gateway's life
     */
    public GatewayHeartbeat(Store store, String id, Clock clock) {
        this.store = store;
        this.owner = host() + "/" + ProcessHandle.current().pid() + "/" + id;
        this.clock = clock;
        if (store.shared()) {
            beat().join();
            evicted.set(false); // nobody knew it
            beats.scheduleWithFixedDelay(this::tick, BEAT_MILLIS, BEAT_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    /** Names this process among those that share the store. */
    public String owner() {
        return owner;
    }

    /** Whether the others know this gateway now. */
    public boolean present() {
        return !store.shared() || System.nanoTime() - heardAt < LOST_AFTER.toNanos();
    }

    /** Whether another gateway polls an account, as far as was heard a second ago. */
    boolean another(String account) {
        String poller = pollers.get(account);
        return poller != null && !poller.equals(owner);
    }

    /** Tells one listener each second which other gateways are there, and who polls each account. */
    void whenHeard(BiConsumer<Set<String>, Map<String, String>> listener) {
        whenHeard = listener;
        listener.accept(others, pollers);
    }

    /** Runs {@code lost} each time that the others may have taken this gateway for gone, until what it returns is run. */
    Runnable whenLost(Runnable lost) {
        whenLost.add(lost);
        return () -> whenLost.remove(lost);
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName().replace('/', '-');
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }

    private void tick() {
        if (last.isDone()) {
            last = beat().exceptionally(failure -> {
                LOG.debug("peering: {}", String.valueOf(failure));
                comeBack();
                return false;
            });
        }
        boolean lost = evicted.getAndSet(false) || !present();
        if (lost && !told) {
            LOG.warn(
                    "this gateway could not tell the store that it is there, or was taken for gone by another: it polls"
                            + " and holds no account until it can");
            whenLost.forEach(Runnable::run);
        }
        told = !present();
        if (!told) {
            whenHeard.accept(others, pollers);
        }
    }

    private CompletableFuture<Boolean> beat() {
        long begun = System.nanoTime();
        return store.write(tx -> tx.peers().beat(owner, clock.millis())).thenApply(seen -> {
            heardAt = begun;
            pollers = seen.pollers();
            others = seen.present();
            evicted.compareAndSet(false, seen.joined());
            List<String> gone = gone(seen.silent(), begun);
            if (!gone.isEmpty()) {
                store.write(tx -> tx.peers().evict(gone)).thenAccept(GatewayHeartbeat::tell);
            }
            return true;
        });
    }

    /** Those that have been silent for long enough. */
    private synchronized List<String> gone(Set<String> silent, long now) {
        silentSince.keySet().retainAll(silent);
        silent.forEach(peer -> silentSince.putIfAbsent(peer, now));
        return silent.stream()
                .filter(peer -> now - silentSince.getOrDefault(peer, now) >= GRACE.toNanos())
                .toList();
    }

    /** The database was away, and with it all sessions: each has its grace from now on. */
    private synchronized void comeBack() {
        silentSince.clear();
    }

    private static void tell(List<String> evicted) {
        if (!evicted.isEmpty()) {
            LOG.warn(
                    "{} gateways on this store have lost their sessions with it and are evicted; their work is released",
                    evicted.size());
        }
    }

    /** Frees what this gateway still holds. */
    @Override
    public void close() {
        beats.shutdownNow();
        if (store.shared()) {
            try {
                if (!beats.awaitTermination(BEAT_MILLIS, TimeUnit.MILLISECONDS)) {
                    LOG.debug("peering: a beat is under way at the end");
                }
                store.write(tx -> {
                            tx.peers().leave(owner);
                            return true;
                        })
                        .join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (CompletionException e) {
                LOG.debug("peering: the store is unavailable; the others notice that the session ends");
            }
        }
    }
}
