// SPDX-License-Identifier: Apache-2.0
package io.dragoman.route;

import io.dragoman.connector.Batch;
import io.dragoman.connector.ConfiguredAccount;
import io.dragoman.intake.Arrival;
import io.dragoman.store.Cursors;
import io.dragoman.store.StoreException;
import java.util.concurrent.CountDownLatch;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.Suspendable;
import org.apache.camel.support.DefaultConsumer;
import org.jspecify.annotations.Nullable;

/** Polls one account on a thread of its own while the route runs; while it is suspended nothing is asked. */
final class PollConsumer extends DefaultConsumer implements Suspendable {
    private final ConfiguredAccount configured;
    private final RouteServices services;
    private volatile @Nullable PollLoop loop;

    PollConsumer(Endpoint endpoint, Processor processor, ConfiguredAccount configured, RouteServices services) {
        super(endpoint, processor);
        this.configured = configured;
        this.services = services;
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        doResume();
    }

    @Override
    protected void doResume() {
        PollLoop next = new PollLoop(configured, services, this::pass);
        loop = next;
        next.start(getEndpoint()
                .getCamelContext()
                .getExecutorServiceManager()
                .newThread("dragoman-poll-" + configured.account().id(), next));
    }

    @Override
    protected void doSuspend() {
        PollLoop last = loop;
        if (last != null) {
            last.stop();
        }
    }

    @Override
    protected void doStop() throws Exception {
        doSuspend();
        super.doStop();
    }

    private void pass(Batch batch, Cursors.Turn turn) {
        Exchange exchange = createExchange(false);
        exchange.getMessage()
                .setBody(new Arrival(configured, batch.requests(), new Arrival.Read(turn, batch.position())));
        CountDownLatch done = new CountDownLatch(1);
        getAsyncProcessor().process(exchange, doneSync -> done.countDown());
        try {
            done.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Exception failure = exchange.getException();
        releaseExchange(exchange, false);
        if (failure instanceof StoreException.Conflict) {
            throw new PollLoop.TurnIsOver();
        }
        if (failure != null) {
            throw new IllegalStateException("the batch was not stored: " + failure.getMessage());
        }
    }
}
