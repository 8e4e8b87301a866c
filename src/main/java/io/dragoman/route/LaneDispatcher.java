// SPDX-License-Identifier: Apache-2.0
package io.dragoman.route;

import io.dragoman.store.FlowKey;
import io.dragoman.store.LeasedWork;
import io.dragoman.store.Store;
import io.dragoman.store.StoreException;
import io.dragoman.work.FairScheduler;
import io.dragoman.work.FairScheduler.Round;
import io.dragoman.work.NotBegun;
import io.dragoman.work.WorkSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Claims free lanes for as many workers as are free, from one start or resume of a route to its next stop or suspend.
 * Woken by commits; polls once a second for what became due.
 */
final class LaneDispatcher implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(LaneDispatcher.class);
    private static final long LOOK_MILLIS = 1_000;
    private static final long AFTER_FAILURE_MILLIS = 1_000;
    private static final long ALONE_MILLIS = 30_000;
    private static final long SLICE_MILLIS = 100;
    /** Longer than a poll and a claim take on a store that answers. */
    private static final long STOP_MILLIS = 10_000;

    private final Store store;
    private final CountDownLatch opened;
    private final WorkSource work;
    private final FairScheduler scheduler;
    private final int concurrency;
    private final Semaphore free;
    private final Beginning beginning;
    private final GivingBack givingBack;
    private final Semaphore signal = new Semaphore(0);
    private final CountDownLatch stop = new CountDownLatch(1);
    private @Nullable Thread thread;
    private Runnable unsubscribe = () -> {};
    private long lookedAt = System.nanoTime() - TimeUnit.MILLISECONDS.toNanos(LOOK_MILLIS);

    /** Hands claimed work to a worker, which calls {@link #ended} when it is through. */
    @FunctionalInterface
    interface Beginning {
        void begin(LeasedWork claimed, LaneDispatcher by);
    }

    /** Frees the lane of claimed work that did not come through, and calls {@link #ended}. */
    @FunctionalInterface
    interface GivingBack {
        void giveBack(LeasedWork claimed, Throwable failure, LaneDispatcher by);
    }

    LaneDispatcher(
            Store store,
            CountDownLatch opened,
            WorkSource work,
            Semaphore free,
            int concurrency,
            Beginning beginning,
            GivingBack givingBack) {
        this.store = store;
        this.opened = opened;
        this.work = work;
        this.scheduler = new FairScheduler(work, concurrency);
        this.free = free;
        this.concurrency = concurrency;
        this.beginning = beginning;
        this.givingBack = givingBack;
    }

    /** Begins on a thread that was made for it. */
    void start(Thread own) {
        unsubscribe = store.onWork(flows -> {
            scheduler.wake(flows);
            signal.release();
        });
        thread = own;
        own.start();
    }

    /** Claims no more; what was claimed has begun, or was given back, when this returns. */
    void stop() {
        unsubscribe.run();
        stop.countDown();
        signal.release();
        try {
            if (thread != null && thread != Thread.currentThread()) {
                thread.join(STOP_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** What was claimed is through, or its lane is free again. */
    void ended(LeasedWork claimed) {
        scheduler.ended(claimed);
        free.release();
        signal.release();
    }

    private boolean stopping() {
        return stop.getCount() == 0;
    }

    @Override
    public void run() {
        try {
            while (!stopping()) {
                if (!opened.await(SLICE_MILLIS, TimeUnit.MILLISECONDS)) {
                    continue;
                }
                look();
                if (free.tryAcquire(SLICE_MILLIS, TimeUnit.MILLISECONDS)) {
                    dispatch(1 + free.drainPermits());
                }
            }
        } catch (InterruptedException e) {
            stop.countDown();
        }
    }

    private void dispatch(int most) throws InterruptedException {
        List<LeasedWork> heads = scheduler.any() ? claim(most) : List.of();
        free.release(most - heads.size());
        begin(heads);
        if (heads.size() < most || !scheduler.any()) {
            signal.tryAcquire(LOOK_MILLIS, TimeUnit.MILLISECONDS);
            signal.drainPermits();
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
        if (!stopping() && !(failure instanceof StoreException.Busy)) {
            LOG.error("{}: {} failed: {}", work.kind(), doing, String.valueOf(failure));
        }
        stop.await(AFTER_FAILURE_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void begin(List<LeasedWork> heads) throws InterruptedException {
        List<LeasedWork> suspects = new ArrayList<>();
        for (LeasedWork head : heads) {
            if (head.alone()) {
                suspects.add(head);
            } else {
                beginning.begin(head, this);
            }
        }
        if (!suspects.isEmpty()) {
            oneByOne(suspects);
        }
    }

    /** Waits until nothing else is under way, and for each to end before the next begins. */
    private void oneByOne(List<LeasedWork> suspects) throws InterruptedException {
        int others = concurrency - suspects.size();
        boolean alone = acquire(others);
        int held = alone ? others : 0;
        for (LeasedWork suspect : suspects) {
            if (stopping()) {
                givingBack.giveBack(suspect, new NotBegun("the route stopped"), this);
            } else if (noted(suspect)) {
                beginning.begin(suspect, this);
                if (alone && acquire(1)) {
                    held++;
                }
            }
        }
        free.release(held);
    }

    /** Takes free workers; false when they are not free in time, or the route stops. */
    private boolean acquire(int workers) throws InterruptedException {
        long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(ALONE_MILLIS);
        while (!stopping() && System.nanoTime() < until) {
            if (free.tryAcquire(workers, SLICE_MILLIS, TimeUnit.MILLISECONDS)) {
                return true;
            }
        }
        return false;
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
            givingBack.giveBack(suspect, e, this);
            return false;
        }
    }
}
