// SPDX-License-Identifier: Apache-2.0
package io.dragoman.route;

import io.dragoman.store.LeasedWork;
import io.dragoman.store.Store;
import io.dragoman.store.StoreException;
import io.dragoman.work.Traces;
import io.dragoman.work.WorkOutcome;
import io.dragoman.work.WorkSource;
import java.time.Clock;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.Suspendable;
import org.apache.camel.support.DefaultConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends the heads of free lanes through the route, so many at once. While it is suspended it claims nothing; what is
 * under way ends. Threads and the store's listener live from start to stop.
 */
final class LaneConsumer extends DefaultConsumer implements Suspendable {
    private static final Logger LOG = LoggerFactory.getLogger(LaneConsumer.class);
    private static final int STOP_SECONDS = 10;

    private final Store store;
    private final CountDownLatch opened;
    private final Traces traces;
    private final Clock clock;
    private final WorkSource work;
    private final String queue;
    private final int concurrency;
    private final int threads;
    private final Semaphore free;
    private @Nullable ExecutorService workers;
    private volatile @Nullable LaneDispatcher dispatcher;

    LaneConsumer(
            Endpoint endpoint,
            Processor processor,
            RouteServices services,
            WorkSource work,
            String queue,
            int concurrency,
            int threads) {
        super(endpoint, processor);
        this.store = services.store();
        this.opened = services.opened();
        this.traces = services.traces();
        this.clock = services.clock();
        this.work = work;
        this.queue = queue;
        this.concurrency = concurrency;
        this.threads = threads;
        this.free = new Semaphore(concurrency);
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        workers = getEndpoint()
                .getCamelContext()
                .getExecutorServiceManager()
                .newFixedThreadPool(this, "dragoman-lane-" + queue, threads);
        doResume();
    }

    @Override
    protected void doResume() {
        LaneDispatcher next = new LaneDispatcher(store, opened, work, free, concurrency, this::begin, this::giveBack);
        dispatcher = next;
        next.start(getEndpoint()
                .getCamelContext()
                .getExecutorServiceManager()
                .newThread("dragoman-lane-" + queue + "-dispatcher", next));
    }

    @Override
    protected void doSuspend() {
        LaneDispatcher last = dispatcher;
        if (last != null) {
            last.stop();
        }
    }

    /** Takes no more, and waits for what is under way. */
    @Override
    protected void doStop() throws Exception {
        doSuspend();
        // every permit back means that every exchange is through, its commit included
        if (free.tryAcquire(concurrency, STOP_SECONDS, TimeUnit.SECONDS)) {
            free.release(concurrency);
        } else {
            LOG.warn(
                    "{}: {} still running at shutdown; they are resumed at the next start",
                    queue,
                    concurrency - free.availablePermits());
        }
        if (workers != null) {
            getEndpoint().getCamelContext().getExecutorServiceManager().shutdownNow(workers);
        }
        super.doStop();
    }

    private void begin(LeasedWork claimed, LaneDispatcher by) {
        Objects.requireNonNull(workers).execute(() -> process(claimed, by));
    }

    private void process(LeasedWork claimed, LaneDispatcher by) {
        Exchange exchange = createExchange(false);
        exchange.getMessage().setBody(claimed);
        Instant begun = clock.instant();
        getAsyncProcessor().process(exchange, doneSync -> {
            Throwable failure = exchange.getException();
            traces.ended(
                    claimed,
                    begun,
                    exchange.getMessage().getBody() instanceof WorkOutcome outcome ? outcome : null,
                    failure);
            releaseExchange(exchange, false);
            if (failure == null) {
                by.ended(claimed);
            } else {
                giveBack(claimed, failure, by);
            }
        });
    }

    private void giveBack(LeasedWork claimed, Throwable failure, LaneDispatcher by) {
        store.insist(tx -> {
                    work.failed(tx, claimed, failure);
                    return true;
                })
                .whenComplete((done, again) -> {
                    if (again != null
                            && !(again instanceof StoreException.Busy)
                            && !(again instanceof StoreException.Conflict)) {
                        LOG.error(
                                "{}: {} waits for its lease to end: {}", queue, claimed.claim(), String.valueOf(again));
                    }
                    by.ended(claimed);
                });
    }
}
