// SPDX-License-Identifier: Apache-2.0
package io.dragoman.route;

import io.dragoman.connector.Batch;
import io.dragoman.connector.ConfiguredAccount;
import io.dragoman.connector.LoginWaits;
import io.dragoman.connector.Polled;
import io.dragoman.connector.Transport;
import io.dragoman.connector.TransportFailure;
import io.dragoman.store.Cursors;
import io.dragoman.store.Store;
import io.dragoman.work.RedactedStackTrace;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Polls one account in this gateway's turns, one batch after the other, from one start or resume of its route to the next
 * stop or suspend; waits longer after each failure in a row.
 */
final class PollLoop implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(PollLoop.class);

    private static final int OTHERS_TURN_SECONDS = 1;
    private static final int LONGEST_WAIT_SECONDS = 60;
    private static final long STOP_MILLIS = 5_000;

    private final ConfiguredAccount configured;
    private final Polled polled;
    private final String id;
    private final RouteServices services;
    private final Transport transport;
    private final Store store;
    private final Storing route;
    private final CountDownLatch stop = new CountDownLatch(1);
    private volatile @Nullable TurnContext turn;
    private int refusals;
    private @Nullable String told;
    private @Nullable Thread thread;

    /** Takes a batch, and returns when it is stored with its position, or throws. */
    @FunctionalInterface
    interface Storing {
        void store(Batch batch, Cursors.Turn turn);
    }

    PollLoop(ConfiguredAccount configured, RouteServices services, Storing route) {
        this.configured = configured;
        this.polled = (Polled) configured.connector();
        this.id = configured.account().id();
        this.services = services;
        this.transport = services.calls()
                .reading(
                        configured.account(),
                        services.transport().with(configured.account().trust()),
                        this::between);
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
        TurnContext now = turn;
        if (now != null) {
            now.end();
        }
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
        try {
            takeTurns();
        } finally {
            services.turns().forget(id);
        }
    }

    private void takeTurns() {
        while (!stopping()) {
            try {
                Optional<Cursors.Turn> next = services.turns().take(id);
                if (next.isPresent()) {
                    poll(next.get());
                } else if (stop.await(OTHERS_TURN_SECONDS, TimeUnit.SECONDS)) {
                    LOG.debug("poll {}: stopping", id);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (CompletionException e) {
                failed("the store cannot be asked whose turn it is", stop);
            }
        }
    }

    /** Until the route stops, another gateway is to have it, or the others may have taken this one for gone. */
    private void poll(Cursors.Turn mine) {
        TurnContext context = new TurnContext(
                services.clock(),
                key -> store.read(tx -> tx.events().find(id, key).isPresent()));
        turn = context;
        Runnable unregister = services.turns().whenOver(mine, context::end);
        try {
            while (!stopping() && !context.stopping()) {
                poll(mine, context);
            }
        } finally {
            unregister.run();
            context.end();
            services.turns().giveBack(mine);
        }
    }

    private void poll(Cursors.Turn mine, TurnContext context) {
        try {
            String position = store.read(tx -> tx.cursors().get(id));
            Batch batch = polled.poll(configured.account(), position, transport, context);
            if (!batch.requests().isEmpty() || !batch.position().equals(position)) {
                route.store(batch, mine);
            }
            context.succeeded();
            succeeded(batch.problem());
        } catch (TransportFailure e) {
            if (e.isLoginRefused()) {
                loginRefused(e.detail(), context);
            } else {
                failed(e.detail(), context.ended());
            }
        } catch (TurnIsOver e) {
            LOG.warn("poll {}: another gateway polls it now; nothing of this batch is kept here", id);
            context.end();
        } catch (RuntimeException | StackOverflowError e) { // whoever is polled may nest what he answers
            LOG.error("poll {}: {}", id, RedactedStackTrace.of(e));
            failed("the poll failed with " + e.getClass().getSimpleName(), context.ended());
        }
    }

    /** The batch was not stored, and this loop polls no more before it has another turn. */
    static final class TurnIsOver extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    private void succeeded(@Nullable String problem) {
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

    private void failed(String problem, CountDownLatch ended) {
        if (ended.getCount() == 0) {
            return;
        }
        int failures = services.activity().failed(id, problem);
        LOG.warn("poll {}: {} (failure {} in a row)", id, problem, failures);
        try {
            long seconds = Math.min(LONGEST_WAIT_SECONDS, 1L << Math.min(failures, 10));
            if (ended.await(seconds, TimeUnit.SECONDS)) {
                LOG.debug("poll {}: stopping", id);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits for minutes, then hours, or until what it logs in with changes; another configuration is another loop. */
    private void loginRefused(String problem, TurnContext context) {
        if (context.stopping()) {
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
                waits = same
                        && services.clock().instant().isBefore(next)
                        && !context.ended().await(1, TimeUnit.SECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whether no poll is under way that may go on. */
    private boolean between() {
        TurnContext now = turn;
        return stopping() || now == null || now.stopping();
    }

    private boolean stopping() {
        return stop.getCount() == 0 || Thread.currentThread().isInterrupted();
    }
}
