// SPDX-License-Identifier: Apache-2.0
package io.dragoman.camel;

import io.dragoman.store.Claimed;
import io.dragoman.store.Store;
import io.dragoman.store.StoreException;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.support.DefaultConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Claims free lanes and sends their heads through the route, so many at once. Woken by commits; looks by itself once a
 * second for what became due.
 */
final class LaneConsumer extends DefaultConsumer {
    private static final Logger LOG = LoggerFactory.getLogger(LaneConsumer.class);
    private static final long LOOK_MILLIS = 1_000;
    private static final long AFTER_FAILURE_MILLIS = 1_000;

    private final Store store;
    private final LaneWork work;
    private final int concurrency;
    private final Semaphore free;
    private final Semaphore signal = new Semaphore(0);
    private final ExecutorService workers;
    private @Nullable Thread dispatcher;
    private volatile boolean running;

    LaneConsumer(Endpoint endpoint, Processor processor, Store store, LaneWork work, int concurrency) {
        super(endpoint, processor);
        this.store = store;
        this.work = work;
        this.concurrency = concurrency;
        this.free = new Semaphore(concurrency);
        String name = "lane-" + work.kind().name().toLowerCase(java.util.Locale.ROOT);
        this.workers = Executors.newFixedThreadPool(concurrency, task -> new Thread(task, name));
        store.onWork(kinds -> {
            if (kinds.contains(work.kind())) {
                signal.release();
            }
        });
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        running = true;
        dispatcher = new Thread(this::dispatch, "lanes-" + work.kind());
        dispatcher.start();
    }

    /** Takes no more, and waits for what is under way. */
    @Override
    protected void doStop() throws Exception {
        running = false;
        signal.release();
        if (dispatcher != null) {
            dispatcher.join(5_000);
        }
        // every permit back means that every exchange is through, its commit included
        if (!free.tryAcquire(concurrency, 10, TimeUnit.SECONDS)) {
            LOG.warn(
                    "{}: {} still under way at the stop; they are taken up at the next start",
                    work.kind(),
                    concurrency - free.availablePermits());
        }
        workers.shutdownNow();
        super.doStop();
    }

    private void dispatch() {
        while (running) {
            try {
                free.acquire();
                int most = 1 + free.drainPermits();
                List<Claimed> claimed = claim(most);
                free.release(most - claimed.size());
                claimed.forEach(one -> workers.execute(() -> process(one)));
                if (claimed.size() < most) {
                    signal.tryAcquire(LOOK_MILLIS, TimeUnit.MILLISECONDS);
                    signal.drainPermits();
                }
            } catch (InterruptedException e) {
                running = false;
            }
        }
    }

    private List<Claimed> claim(int most) throws InterruptedException {
        try {
            return store.write(tx -> work.claim(tx, most)).join();
        } catch (CompletionException e) {
            if (running && !(e.getCause() instanceof StoreException.Busy)) {
                LOG.error("{}: claiming failed: {}", work.kind(), String.valueOf(e.getCause()));
            }
            TimeUnit.MILLISECONDS.sleep(AFTER_FAILURE_MILLIS);
            return List.of();
        }
    }

    private void process(Claimed claimed) {
        Exchange exchange = createExchange(false);
        exchange.getMessage().setBody(claimed);
        getAsyncProcessor().process(exchange, doneSync -> {
            Throwable failure = exchange.getException();
            releaseExchange(exchange, false);
            if (failure == null) {
                free.release();
            } else {
                giveBack(claimed, failure);
            }
        });
    }

    private void giveBack(Claimed claimed, Throwable failure) {
        store.write(tx -> {
                    work.failed(tx, claimed, failure);
                    return true;
                })
                .whenComplete((done, again) -> {
                    if (again != null && !(again instanceof StoreException.Busy)) {
                        LOG.error(
                                "{}: {} waits for its lease to end: {}",
                                work.kind(),
                                claimed.claim().lane(),
                                String.valueOf(again));
                    }
                    free.release();
                });
    }
}
