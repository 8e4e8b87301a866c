// SPDX-License-Identifier: Apache-2.0
package io.dragoman.route;

import io.dragoman.model.Words;
import io.dragoman.store.FlowKey;
import io.dragoman.store.LeasedWork;
import io.dragoman.store.Store;
import io.dragoman.store.StoreException;
import io.dragoman.work.FairScheduler;
import io.dragoman.work.FairScheduler.Round;
import io.dragoman.work.WorkSource;
import java.util.ArrayList;
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
    private static final long ALONE_SECONDS = 30;

    private final Store store;
    private final WorkSource work;
    private final FairScheduler scheduler;
    private final int concurrency;
    private final Semaphore free;
    private final Semaphore signal = new Semaphore(0);
    private final ExecutorService workers;
    private @Nullable Thread dispatcher;
    private volatile boolean running;
    private long lookedAt;

    LaneConsumer(Endpoint endpoint, Processor processor, Store store, WorkSource work, int concurrency) {
        super(endpoint, processor);
        this.store = store;
        this.work = work;
        this.scheduler = new FairScheduler(work, concurrency);
        this.concurrency = concurrency;
        this.free = new Semaphore(concurrency);
        String name = "lane-" + Words.of(work.kind());
        this.workers = Executors.newFixedThreadPool(concurrency, task -> new Thread(task, name));
        store.onWork(flows -> {
            scheduler.wake(flows);
            signal.release();
        });
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        running = true;
        lookedAt = System.nanoTime() - TimeUnit.MILLISECONDS.toNanos(LOOK_MILLIS);
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
                look();
                free.acquire();
                int most = 1 + free.drainPermits();
                List<LeasedWork> heads = scheduler.any() ? claim(most) : List.of();
                free.release(most - heads.size());
                start(heads);
                if (heads.size() < most || !scheduler.any()) {
                    signal.tryAcquire(LOOK_MILLIS, TimeUnit.MILLISECONDS);
                    signal.drainPermits();
                }
            } catch (InterruptedException e) {
                running = false;
            }
        }
    }

    /** What became due by itself, or came by another gateway, is found about once a second. */
    private void look() throws InterruptedException {
        if (System.nanoTime() - lookedAt < TimeUnit.MILLISECONDS.toNanos(LOOK_MILLIS)) {
            return;
        }
        try {
            scheduler.wake(store.read(tx -> {
                work.refresh(tx);
                return tx.lanes().flows(work.kind()).stream()
                        .map(name -> new FlowKey(work.kind(), name))
                        .toList();
            }));
        } catch (StoreException e) {
            pauseAfter("looking for work", e);
        }
        lookedAt = System.nanoTime();
    }

    private List<LeasedWork> claim(int most) throws InterruptedException {
        try {
            Round round = store.write(tx -> scheduler.claim(tx, most)).join();
            scheduler.begun(round);
            return round.heads();
        } catch (CompletionException e) {
            pauseAfter("claiming", e.getCause());
            return List.of();
        }
    }

    private void pauseAfter(String doing, @Nullable Throwable failure) throws InterruptedException {
        if (running && !(failure instanceof StoreException.Busy)) {
            LOG.error("{}: {} failed: {}", work.kind(), doing, String.valueOf(failure));
        }
        TimeUnit.MILLISECONDS.sleep(AFTER_FAILURE_MILLIS);
    }

    private void start(List<LeasedWork> heads) throws InterruptedException {
        List<LeasedWork> suspects = new ArrayList<>();
        for (LeasedWork head : heads) {
            if (head.alone()) {
                suspects.add(head);
            } else {
                workers.execute(() -> process(head));
            }
        }
        if (!suspects.isEmpty()) {
            oneByOne(suspects);
        }
    }

    /** Waits until nothing else is under way, and for each to end before the next begins. */
    private void oneByOne(List<LeasedWork> suspects) throws InterruptedException {
        int others = concurrency - suspects.size();
        boolean alone = free.tryAcquire(others, ALONE_SECONDS, TimeUnit.SECONDS);
        int held = alone ? others : 0;
        for (LeasedWork suspect : suspects) {
            if (!noted(suspect)) {
                continue;
            }
            workers.execute(() -> process(suspect));
            if (alone && free.tryAcquire(ALONE_SECONDS, TimeUnit.SECONDS)) {
                held++;
            }
        }
        free.release(held);
    }

    private boolean noted(LeasedWork suspect) {
        try {
            store.write(tx -> {
                        work.alone(tx, suspect);
                        return true;
                    })
                    .join();
            return true;
        } catch (CompletionException e) {
            giveBack(suspect, e);
            return false;
        }
    }

    private void process(LeasedWork claimed) {
        Exchange exchange = createExchange(false);
        exchange.getMessage().setBody(claimed);
        getAsyncProcessor().process(exchange, doneSync -> {
            Throwable failure = exchange.getException();
            releaseExchange(exchange, false);
            if (failure == null) {
                ended(claimed);
            } else {
                giveBack(claimed, failure);
            }
        });
    }

    private void ended(LeasedWork claimed) {
        scheduler.ended(claimed);
        free.release();
        signal.release();
    }

    private void giveBack(LeasedWork claimed, Throwable failure) {
        store.insist(tx -> {
                    work.failed(tx, claimed, failure);
                    return true;
                })
                .whenComplete((done, again) -> {
                    if (again != null
                            && !(again instanceof StoreException.Busy)
                            && !(again instanceof StoreException.Conflict)) {
                        LOG.error(
                                "{}: {} waits for its lease to end: {}",
                                work.kind(),
                                claimed.claim(),
                                String.valueOf(again));
                    }
                    ended(claimed);
                });
    }
}
