// SPDX-License-Identifier: Apache-2.0
package io.dragoman.contract;

import io.dragoman.connector.Batch;
import io.dragoman.connector.Connector;
import io.dragoman.connector.PollContext;
import io.dragoman.connector.Polled;
import io.dragoman.connector.Request;
import io.dragoman.connector.TransportFailure;
import io.dragoman.simulator.Simulator;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a connector that nobody posts to by its simulator: a customer writes there, and a poll brings it, as
 * a gateway polls and commits. What was brought once stays the sample. Thread-safe.
 */
class PolledSample extends SimulatedAccount implements ReadSample, AutoCloseable {
    private static final Duration LONGEST = Duration.ofSeconds(30);

    private final Simulator simulator;
    private final URI customers;
    private final Clock clock;
    private final List<Runnable> releases = new CopyOnWriteArrayList<>();
    private volatile boolean stopping;
    private @Nullable Request brought;

    /** @param customers where customers of the simulator write */
    PolledSample(Connector connector, Simulator simulator, URI customers, Clock clock) {
        super(connector, simulator);
        this.simulator = simulator;
        this.customers = customers;
        this.clock = clock;
    }

    @Override
    public Clock clock() {
        return clock;
    }

    @Override
    public synchronized byte[] recorded() {
        if (brought == null) {
            brought = bring();
        }
        return brought.body();
    }

    @Override
    public synchronized Request signed(byte[] body) {
        recorded();
        String place = brought == null ? "" : brought.path();
        return Request.polled(place, body, clock.instant());
    }

    @Override
    public List<String> lanes() {
        return List.of(); // ids are the simulator's own
    }

    /** Lets go of what the polls hold, as a gateway that stops. */
    @Override
    public final void close() {
        stopping = true;
        releases.forEach(Runnable::run);
    }

    /** A customer may have to wait until what they wrote is committed, which the next poll says. */
    private Request bring() {
        ContractTransport transport = new ContractTransport(Sending.PATIENCE, clock);
        CompletableFuture<Integer> written = CompletableFuture.supplyAsync(
                () -> simulator.customerWrites(customers, SimulatorSample.CUSTOMER, CANARY));
        long deadline = System.nanoTime() + LONGEST.toNanos();
        String position = "";
        Request found = null;
        while (found == null || !written.isDone()) {
            Expect.that(System.nanoTime() < deadline, "no message by polls of 30 s", "what a customer wrote");
            try {
                Batch batch = ((Polled) connector()).poll(account(), position, transport, new Context());
                position = batch.position();
                for (Request request : batch.requests()) {
                    found = found == null ? request : found;
                }
            } catch (TransportFailure e) {
                throw new CheckFailed("a poll that fails: " + e.detail(), "a poll of the simulator");
            }
        }
        return found;
    }

    /** Of a gateway that runs until the sample is closed. */
    private final class Context implements PollContext {
        @Override
        public Duration limit() {
            return Duration.ofMillis(20);
        }

        @Override
        public Clock clock() {
            return clock;
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
