// SPDX-License-Identifier: Apache-2.0
package io.dragoman.route;

import io.dragoman.connector.Batch;
import io.dragoman.connector.ConfiguredAccount;
import io.dragoman.connector.PollContext;
import io.dragoman.connector.Polled;
import io.dragoman.connector.Transport;
import io.dragoman.connector.TransportFailure;
import io.dragoman.intake.Arrival;
import io.dragoman.store.Store;
import io.dragoman.work.ChannelActivity;
import io.dragoman.work.RedactedStackTrace;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.support.DefaultConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Polls one account on a thread of its own, one batch after the other; waits longer after each failure in a row. */
final class PollConsumer extends DefaultConsumer implements PollContext {
    private static final Logger LOG = LoggerFactory.getLogger(PollConsumer.class);
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    /** Longer than the longest poll. */
    private static final Duration LEASE = PATIENCE.plusMinutes(5);

    private static final int OTHERS_TURN_SECONDS = 5;
    private static final int LONGEST_WAIT_SECONDS = 60;

    private final ConfiguredAccount configured;
    private final Store store;
    private final String owner;
    private final Transport transport;
    private final ChannelActivity activity;
    private final Clock clock;
    private final Set<Runnable> releases = ConcurrentHashMap.newKeySet();
    private final CountDownLatch stop = new CountDownLatch(1);
    private volatile boolean starting = true;
    private @Nullable String told;
    private @Nullable Thread thread;

    PollConsumer(
            Endpoint endpoint,
            Processor processor,
            ConfiguredAccount configured,
            Store store,
            String owner,
            Transport transport,
            ChannelActivity activity,
            Clock clock) {
        super(endpoint, processor);
        this.configured = configured;
        this.store = store;
        this.owner = owner;
        this.transport = transport;
        this.activity = activity;
        this.clock = clock;
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        thread = new Thread(this::run, "poll-" + configured.account().id());
        thread.start();
    }

    @Override
    protected void doStop() throws Exception {
        stop.countDown();
        releases.forEach(Runnable::run);
        if (thread != null) {
            thread.join(5_000);
            thread.interrupt();
        }
        super.doStop();
    }

    private void run() {
        String id = configured.account().id();
        while (!stopping()) {
            try {
                if (!ours(id)) {
                    stop.await(OTHERS_TURN_SECONDS, TimeUnit.SECONDS);
                    continue;
                }
                String position = store.read(tx -> tx.cursors().get(id));
                Batch batch = ((Polled) configured.connector()).poll(configured.account(), position, transport, this);
                if (!batch.requests().isEmpty() || !batch.position().equals(position)) {
                    pass(batch);
                }
                succeeded(id, batch.problem());
            } catch (TransportFailure e) {
                failed(id, e.detail());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (RuntimeException e) {
                LOG.error("poll {}: {}", id, RedactedStackTrace.of(e));
                failed(id, "the poll failed with " + e.getClass().getSimpleName());
            }
        }
    }

    /** Gateways that share a store take turns at an account: the one that polls it goes on until it falls silent. */
    private boolean ours(String id) {
        long now = clock.millis();
        return !store.shared()
                || store.write(tx -> tx.cursors().lease(id, owner, now, now + LEASE.toMillis()))
                        .join();
    }

    private void pass(Batch batch) {
        Exchange exchange = createExchange(false);
        exchange.getMessage().setBody(new Arrival(configured, batch.requests(), batch.position()));
        CountDownLatch done = new CountDownLatch(1);
        getAsyncProcessor().process(exchange, doneSync -> done.countDown());
        try {
            done.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Exception failure = exchange.getException();
        releaseExchange(exchange, false);
        if (failure != null) {
            throw new IllegalStateException("the batch was not stored: " + failure.getMessage());
        }
    }

    private void succeeded(String id, @Nullable String problem) {
        starting = false;
        activity.succeeded(id, clock.instant(), problem);
        if (!Objects.equals(problem, told)) {
            told = problem;
            if (problem == null) {
                LOG.info("poll {}: all is well again", id);
            } else {
                LOG.warn("poll {}: {}", id, problem);
            }
        }
    }

    private void failed(String id, String problem) {
        if (stopping()) {
            return;
        }
        int failures = activity.failed(id, problem);
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

    @Override
    public Duration limit() {
        return PATIENCE;
    }

    @Override
    public Clock clock() {
        return clock;
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
        return store.read(tx -> tx.events().find(configured.account().id(), key).isPresent());
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
