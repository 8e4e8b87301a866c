// SPDX-License-Identifier: Apache-2.0
package io.dragoman.route;

import io.dragoman.connector.Batch;
import io.dragoman.connector.ConfiguredAccount;
import io.dragoman.connector.LoginWaits;
import io.dragoman.connector.PollContext;
import io.dragoman.connector.Polled;
import io.dragoman.connector.Transport;
import io.dragoman.connector.TransportFailure;
import io.dragoman.store.Store;
import io.dragoman.work.RedactedStackTrace;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Polls one account, one batch after the other, from one start or resume of its route to the next stop or suspend; waits
 * longer after each failure in a row.
 */
final class PollLoop implements Runnable, PollContext {
    private static final Logger LOG = LoggerFactory.getLogger(PollLoop.class);
    private static final Duration LONGEST_POLL = Duration.ofMinutes(5);
    private static final Duration LEASE = LONGEST_POLL.plusMinutes(5);

    private static final int OTHERS_TURN_SECONDS = 5;
    private static final int LONGEST_WAIT_SECONDS = 60;
    private static final long STOP_MILLIS = 5_000;

    private final ConfiguredAccount configured;
    private final Polled polled;
    private final String id;
    private final RouteServices services;
    private final Transport transport;
    private final Store store;
    private final Consumer<Batch> route;
    private final Set<Runnable> releases = ConcurrentHashMap.newKeySet();
    private final CountDownLatch stop = new CountDownLatch(1);
    private volatile boolean starting = true;
    private int refusals;
    private @Nullable String told;
    private @Nullable Thread thread;

    /**
     * @param route takes a batch, and returns when it is stored with its position, or throws
     */
    PollLoop(ConfiguredAccount configured, RouteServices services, Consumer<Batch> route) {
        this.configured = configured;
        this.polled = (Polled) configured.connector();
        this.id = configured.account().id();
        this.services = services;
        this.transport = services.calls()
                .reading(
                        configured.account(),
                        services.transport().with(configured.account().trust()),
                        this::stopping);
        this.store = services.store();
        this.route = route;
    }

    /** Begins on a thread that was made for it. */
    void start(Thread own) {
        thread = own;
        own.start();
    }

    /** Ends the poll that waits, and asks no more. */
    void stop() {
        stop.countDown();
        releases.forEach(Runnable::run);
        try {
            if (thread != null) {
                thread.join(STOP_MILLIS);
                thread.interrupt();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void run() {
        while (!stopping()) {
            try {
                if (!ours()) {
                    stop.await(OTHERS_TURN_SECONDS, TimeUnit.SECONDS);
                    continue;
                }
                String position = store.read(tx -> tx.cursors().get(id));
                Batch batch = polled.poll(configured.account(), position, transport, this);
                if (!batch.requests().isEmpty() || !batch.position().equals(position)) {
                    route.accept(batch);
                }
                succeeded(batch.problem());
            } catch (TransportFailure e) {
                if (e.isLoginRefused()) {
                    loginRefused(e.detail());
                } else {
                    failed(e.detail());
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (RuntimeException | StackOverflowError e) { // whoever is polled may nest what he answers
                LOG.error("poll {}: {}", id, RedactedStackTrace.of(e));
                failed("the poll failed with " + e.getClass().getSimpleName());
            }
        }
    }

    /** Of gateways that share a store one polls an account, until it stops or misses its heartbeats. */
    private boolean ours() {
        long now = services.clock().millis();
        return !store.shared()
                || store.write(tx -> tx.cursors().lease(id, services.owner(), now, now + LEASE.toMillis()))
                        .join();
    }

    private void succeeded(@Nullable String problem) {
        starting = false;
        refusals = 0;
        services.activity().succeeded(id, services.clock().instant(), problem);
        if (!Objects.equals(problem, told)) {
            told = problem;
            if (problem == null) {
                LOG.info("poll {}: recovered", id);
            } else {
                LOG.warn("poll {}: {}", id, problem);
            }
        }
    }

    private void failed(String problem) {
        if (stopping()) {
            return;
        }
        int failures = services.activity().failed(id, problem);
        LOG.warn("poll {}: {} (failure {} in a row)", id, problem, failures);
        try {
            long seconds = Math.min(LONGEST_WAIT_SECONDS, 1L << Math.min(failures, 10));
            if (stop.await(seconds, TimeUnit.SECONDS)) {
                LOG.debug("poll {}: stopping", id);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits for minutes, then hours, or until what it logs in with changes; another configuration is another loop. */
    private void loginRefused(String problem) {
        if (stopping()) {
            return;
        }
        refusals++;
        Object tried = polled.login(configured.account(), transport);
        Instant next =
                services.clock().instant().plus(LoginWaits.after(refusals)).truncatedTo(ChronoUnit.SECONDS);
        services.activity().loginRefused(id, problem, next);
        LOG.warn("poll {}: {}. Next try at {}, or at once when the configuration changes", id, problem, next);
        try {
            boolean waits = true;
            while (waits) {
                boolean same = tried.equals(polled.login(configured.account(), transport));
                waits = same && services.clock().instant().isBefore(next) && !stop.await(1, TimeUnit.SECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public Duration limit() {
        return LONGEST_POLL;
    }

    @Override
    public Clock clock() {
        return services.clock();
    }

    @Override
    public boolean stopping() {
        return stop.getCount() == 0 || Thread.currentThread().isInterrupted();
    }

    @Override
    public boolean starting() {
        return starting;
    }

    @Override
    public boolean taken(String key) {
        return store.read(tx -> tx.events().find(id, key).isPresent());
    }

    @Override
    public AutoCloseable onStop(Runnable release) {
        releases.add(release);
        if (stop.getCount() == 0) {
            release.run();
        }
        return () -> releases.remove(release);
    }
}
