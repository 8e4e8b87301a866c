// SPDX-License-Identifier: Apache-2.0
package io.dragoman.store;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that writes. Waiting units of work share a transaction, each behind a savepoint of its own, and one
 * fsync; futures complete only after it. A commit that fails fails all of them, and the writer for good.
 */
final class Writer {
    private static final Logger LOG = LoggerFactory.getLogger(Writer.class);
    private static final int MOST_WAITING = 20_000;
    private static final int MOST_TOGETHER = 256;

    private final Sql sql;
    private final Tx tx;
    private final Executor afterCommit;
    private final Consumer<Set<Lanes.Kind>> wake;
    private final Consumer<Throwable> fatal;
    private final BlockingQueue<Unit<?>> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
    private final Thread thread;
    private volatile boolean closing;
    private volatile boolean failed;
    /** Nobody takes from the queue any more; set before it is emptied for the last time. */
    private volatile boolean ended;

    Writer(Sql sql, Executor afterCommit, Consumer<Set<Lanes.Kind>> wake, Consumer<Throwable> fatal) {
        this.sql = sql;
        this.tx = new Tx(sql);
        this.afterCommit = afterCommit;
        this.wake = wake;
        this.fatal = fatal;
        this.thread = new Thread(this::run, "store-writer");
        thread.start();
    }

    <T> CompletableFuture<T> write(Function<Tx, T> work) {
        Unit<T> unit = new Unit<>(work);
        if (closing || failed || !waiting.offer(unit)) {
            String why = failed ? "the store failed" : closing ? "the gateway is stopping" : "the store is busy";
            unit.future.completeExceptionally(new StoreException.Busy(why));
        } else if (ended) {
            unit.future.completeExceptionally(new StoreException.Busy("the gateway is stopping"));
        }
        return unit.future;
    }

    private void run() {
        List<Unit<?>> batch = new ArrayList<>(MOST_TOGETHER);
        while (!failed && !(closing && waiting.isEmpty())) {
            try {
                Unit<?> first = waiting.poll(100, TimeUnit.MILLISECONDS);
                if (first != null) {
                    batch.add(first);
                    waiting.drainTo(batch, MOST_TOGETHER - 1);
                    commit(batch);
                }
            } catch (InterruptedException e) {
                closing = true;
            }
            batch.clear();
        }
        refuseTheRest();
    }

    private void refuseTheRest() {
        ended = true;
        List<Unit<?>> rest = new ArrayList<>();
        waiting.drainTo(rest);
        rest.forEach(unit -> unit.future.completeExceptionally(new StoreException.Busy("the gateway is stopping")));
    }

    private void commit(List<Unit<?>> batch) {
        tx.woken().clear();
        try {
            sql.update("BEGIN IMMEDIATE");
            for (Unit<?> unit : batch) {
                sql.update("SAVEPOINT work");
                if (unit.run(tx)) {
                    sql.update("RELEASE work");
                } else {
                    sql.update("ROLLBACK TO work");
                    sql.update("RELEASE work");
                }
            }
            sql.update("COMMIT");
        } catch (RuntimeException | Error e) {
            fail(batch, e);
            return;
        }
        Set<Lanes.Kind> woken = EnumSet.noneOf(Lanes.Kind.class);
        woken.addAll(tx.woken());
        List<Unit<?>> done = List.copyOf(batch);
        if (!woken.isEmpty()) {
            wake.accept(woken);
        }
        afterCommit.execute(() -> done.forEach(Unit::complete));
    }

    /** After a failed commit nobody knows what is on disk, and a repeated fsync may lie: stop, and recover at start. */
    private void fail(List<Unit<?>> batch, Throwable cause) {
        failed = true;
        String why = cause instanceof StoreException
                ? cause.getMessage()
                : cause.getClass().getName();
        LOG.error("store: commit failed, nothing more is accepted: {}", why);
        try {
            sql.connection().close();
        } catch (SQLException e) {
            cause.addSuppressed(e);
        }
        batch.forEach(unit -> unit.future.completeExceptionally(cause));
        fatal.accept(cause);
    }

    boolean failed() {
        return failed;
    }

    /** Whether work is taken now and its end can be expected soon. */
    boolean usable() {
        return !closing && !failed && thread.isAlive() && waiting.size() < MOST_WAITING * 9 / 10;
    }

    int waiting() {
        return waiting.size();
    }

    /** Commits what waits, then stops. */
    void stop() throws InterruptedException {
        closing = true;
        thread.join(10_000);
    }

    private static final class Unit<T> {
        private final Function<Tx, T> work;
        private final CompletableFuture<T> future = new CompletableFuture<>();
        private Runnable completion = () -> {};

        Unit(Function<Tx, T> work) {
            this.work = work;
        }

        /** Runs the work; false asks for a rollback. */
        boolean run(Tx tx) {
            try {
                T result = work.apply(tx);
                completion = () -> future.complete(result);
                return true;
            } catch (RuntimeException | Error e) {
                // an error too, such as a stack that overflowed: it must not end the one thread that writes
                completion = () -> future.completeExceptionally(e);
                return false;
            }
        }

        void complete() {
            completion.run();
        }
    }
}
