// SPDX-License-Identifier: Apache-2.0
package io.dragoman.contract;

import io.dragoman.connector.Account;
import io.dragoman.connector.Batch;
import io.dragoman.connector.PollContext;
import io.dragoman.connector.Polled;
import io.dragoman.connector.Request;
import io.dragoman.connector.Transport;
import io.dragoman.connector.TransportFailure;
import io.dragoman.model.Reason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Polls an account as a gateway does, and commits each batch, until it is closed: whatever the connector holds meanwhile
 * is there to send by. Thread-safe.
 */
final class PollLine implements AutoCloseable {
    private static final Duration LONGEST = Duration.ofSeconds(30);
    private static final Duration PATIENCE = Duration.ofSeconds(1);
    private static final Duration LOOK = Duration.ofMillis(20);

    private final Polled connector;
    private final Account account;
    private final Transport transport;
    private final List<Runnable> releases = new CopyOnWriteArrayList<>();
    private final List<Request> requests = new ArrayList<>();
    private final Thread thread;
    private final Context context = new Context();
    private volatile boolean stopping;
    private int polls;
    private @Nullable TransportFailure failure;
    private volatile @Nullable RuntimeException broken;

    private PollLine(Polled connector, Account account, Transport transport) {
        this.connector = connector;
        this.account = account;
        this.transport = transport;
        thread = new Thread(this::poll, "contract poll");
        thread.setDaemon(true);
        thread.start();
    }

    /**
     * Begins to poll, and comes back after the first poll.
     *
     * @throws TransportFailure when that failed
     */
    static PollLine open(Polled connector, Account account, Transport transport) throws TransportFailure {
        PollLine line = new PollLine(connector, account, transport);
        TransportFailure failed = line.first();
        if (failed != null) {
            line.close();
            throw failed;
        }
        return line;
    }

    private synchronized @Nullable TransportFailure first() {
        await(() -> polls > 0 || failure != null, "no first poll within 30 s");
        return polls > 0 ? null : failure;
    }

    /** What was brought until one of them is such; empty when that takes too long. */
    synchronized List<Request> until(Predicate<Request> last) {
        long deadline = System.nanoTime() + LONGEST.toNanos();
        while (requests.stream().noneMatch(last) && broken == null && System.nanoTime() < deadline) {
            rest();
        }
        return requests.stream().anyMatch(last) ? List.copyOf(requests) : List.of();
    }

    /** The first thing that is brought. */
    synchronized Request first(String expected) {
        await(() -> !requests.isEmpty(), "no message by polls of 30 s, but " + expected);
        return requests.get(0);
    }

    /** What was brought so far is of no interest. */
    synchronized void forget() {
        requests.clear();
    }

    private void await(java.util.function.BooleanSupplier done, String problem) {
        long deadline = System.nanoTime() + LONGEST.toNanos();
        while (!done.getAsBoolean()) {
            Expect.that(
                    System.nanoTime() < deadline && broken == null,
                    failure == null ? problem : "a poll that fails: " + failure.detail(),
                    "a poll of the simulator");
            rest();
        }
    }

    @SuppressWarnings("WaitNotInLoop") // its callers look again
    private void rest() {
        try {
            wait(LOOK.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private void poll() {
        String position = "";
        while (!stopping) {
            try {
                Batch batch = connector.poll(account, position, transport, context);
                position = batch.position();
                took(batch, null);
            } catch (TransportFailure e) {
                took(null, e);
            } catch (RuntimeException e) {
                broken = e;
                took(null, TransportFailure.notSent(Reason.PROVIDER_DOWN, String.valueOf(e)));
                return;
            }
            context.rest(LOOK);
        }
        try {
            connector.poll(account, position, transport, context); // commits, and takes leave
        } catch (TransportFailure e) {
            // nobody is there to take leave of
        }
    }

    private synchronized void took(@Nullable Batch batch, @Nullable TransportFailure failed) {
        failure = failed;
        if (batch != null) {
            polls++;
            requests.addAll(batch.requests());
        }
        notifyAll();
    }

    /** Ends it, as a gateway that stops. */
    @Override
    public void close() {
        stopping = true;
        try {
            thread.join(PATIENCE.toMillis()); // a poll that is short ends in order
            releases.forEach(Runnable::run);
            thread.join(LONGEST.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Of a gateway that runs until the line is closed. */
    private final class Context implements PollContext {
        @Override
        public Duration limit() {
            return LOOK;
        }

        @Override
        public java.time.Clock clock() {
            return transport.clock();
        }

        @Override
        public boolean stopping() {
            return stopping;
        }

        @Override
        public AutoCloseable onStop(Runnable release) {
            releases.add(release);
            return () -> releases.remove(release);
        }
    }
}
