// SPDX-License-Identifier: Apache-2.0
package io.dragoman.timer;

import io.dragoman.model.Conversation;
import io.dragoman.model.Timer;
import io.dragoman.store.Conversations.Versioned;
import io.dragoman.store.Store;
import io.dragoman.store.StoreException;
import io.dragoman.store.Timers;
import io.dragoman.store.Tx;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts timers that are due into the inbox, each in the lane of its conversation's customer: what happens then is the
 * journey's. So many at once, in the order of their times; several gateways on one store share the work. So are messages
 * whose missing pieces are waited for no more.
 */
public final class DueTimers implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DueTimers.class);
    private static final int BATCH = 100;
    private static final long LOOK_MILLIS = 250;
    private static final int STOP_SECONDS = 10;

    private final Store store;
    private final Supplier<String> ids;
    private final Clock clock;
    private final OverduePieces pieces;
    private final ScheduledExecutorService looks = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "timers");
        thread.setDaemon(true);
        return thread;
    });

    /** @param ids makes ids in rising order */
    public DueTimers(Store store, Supplier<String> ids, Clock clock) {
        this.store = store;
        this.ids = ids;
        this.clock = clock;
        this.pieces = new OverduePieces(store, ids, clock);
    }

    /** Begins to look for what is due. */
    public void start() {
        looks.scheduleWithFixedDelay(this::look, 0, LOOK_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** Fires all that is due now. */
    void look() {
        try {
            while (fire() == BATCH) {
                LOG.debug("timers: more are due");
            }
            while (pieces.fire() > 0) {
                LOG.debug("timers: messages went on without a piece");
            }
        } catch (StoreException.Busy e) {
            LOG.debug("timers: the store takes nothing now, they wait");
        } catch (RuntimeException e) {
            // the class alone is sure to hold no content; the next look tries again
            LOG.error(
                    "timers: those that are due could not be fired: {}",
                    e.getClass().getSimpleName());
        }
    }

    /** Fires up to a batch of what is due now; gives how many. */
    int fire() {
        long now = clock.millis();
        if (!store.read(tx -> tx.timers().due(now))) {
            return 0;
        }
        try {
            return store.takeIn(tx -> fire(tx, now)).join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    private int fire(Tx tx, long now) {
        List<Timer> due = tx.timers().takeDue(now, BATCH);
        for (Timer timer : due) {
            Optional<Conversation> conversation =
                    tx.conversations().find(timer.conversation()).map(Versioned::conversation);
            conversation.ifPresent(place -> tx.events()
                    .take(
                            Timers.arrived(timer, place.channel(), place.address(), Instant.ofEpochMilli(now)),
                            ids,
                            now));
        }
        return due.size();
    }

    /** Fires no more; what was being fired is committed or not when this returns. */
    @Override
    public void close() {
        looks.shutdown();
        try {
            if (!looks.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS)) {
                looks.shutdownNow();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
