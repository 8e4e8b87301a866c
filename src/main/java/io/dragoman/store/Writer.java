// SPDX-License-Identifier: Apache-2.0
package io.dragoman.store;

import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that writes. Waiting units of work share a transaction and one fsync; where one of them fails, they are
 * run once more, each behind a savepoint of its own, or on a shared store in a transaction of its own. Futures complete
 * only after the commit. A commit that fails fails all that it held and what waits behind them: permanently on the
 * embedded store, until there is a new connection on a server.
 */
final class Writer {
    private static final Logger LOG = LoggerFactory.getLogger(Writer.class);
    private static final int MOST_WAITING = 20_000;
    private static final int MOST_TOGETHER = 256;
    private static final long RECONNECT_MILLIS = 500;
    private static final int STOP_SECONDS = 10;
    /** Does nothing; lets the thread that waits for work see at once that it is to stop. */
    private static final Unit<?> WAKE = new Unit<>(tx -> true);

    private final Database database;
    private final Executor afterCommit;
    private final Consumer<Set<FlowKey>> wake;
    private final Consumer<Throwable> fatal;
    private final BlockingQueue<Unit<?>> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
    private final Deque<Unit<?>> again = new ArrayDeque<>();
    private final AtomicReference<@Nullable CompletableFuture<Boolean>> compacting = new AtomicReference<>();
    private final CountDownLatch stop = new CountDownLatch(1);
    private final Thread thread;
    private Sql sql;
    private Tx tx;
    private volatile boolean failed;
    private volatile boolean disconnected;
    /** The queue is closed; set before it is emptied for the last time. */
    private volatile boolean ended;

    /**
     * @param sql the first connection; where it breaks and another makes sense, the database is asked for one
     */
    Writer(Database database, Sql sql, Executor afterCommit, Consumer<Set<FlowKey>> wake, Consumer<Throwable> fatal) {
        this.database = database;
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
        if (failed) {
            unit.fail(new StoreException.Busy("the store failed"));
        } else if (stopping()) {
            unit.fail(new StoreException.Busy("the gateway is stopping"));
        } else if (disconnected) {
            unit.fail(new StoreException.Busy("the database cannot be reached"));
        } else if (!waiting.offer(unit)) {
            unit.fail(new StoreException.Busy("the store is busy"));
        } else if (ended) {
            unit.fail(new StoreException.Busy("the gateway is stopping"));
        }
        return unit.future();
    }

    private void run() {
        List<Unit<?>> batch = new ArrayList<>(MOST_TOGETHER);
        while (!failed && !(stopping() && waiting.isEmpty() && again.isEmpty())) {
            try {
                compactIfAsked();
                take(batch);
                if (!batch.isEmpty()) {
                    commit(batch);
                }
            } catch (InterruptedException e) {
                stop.countDown();
            }
            batch.clear();
        }
        ended = true;
        refuseWaiting("the gateway is stopping");
        CompletableFuture<Boolean> asked = compacting.get();
        if (asked != null) {
            asked.completeExceptionally(new StoreException.Busy("the gateway is stopping"));
        }
    }

    /** Compacts the database between two transactions. */
    CompletableFuture<Boolean> compact() {
        CompletableFuture<Boolean> asked = new CompletableFuture<>();
        if (!compacting.compareAndSet(null, asked) || stopping() || failed) {
            asked.completeExceptionally(new StoreException.Busy("the store is busy or stopping"));
        }
        return asked;
    }

    private void compactIfAsked() {
        CompletableFuture<Boolean> asked = compacting.get();
        if (asked == null) {
            return;
        }
        try {
            database.compact(sql);
            asked.complete(true);
        } catch (RuntimeException e) { // nothing of what is kept depends on it
            asked.completeExceptionally(e);
        } finally {
            compacting.set(null);
        }
    }

    private void take(List<Unit<?>> batch) throws InterruptedException {
        batch.addAll(again);
        again.clear();
        if (batch.isEmpty()) {
            Unit<?> first = waiting.poll(100, TimeUnit.MILLISECONDS);
            if (first == null || first == WAKE) {
                return;
            }
            batch.add(first);
        }
        waiting.drainTo(batch, MOST_TOGETHER - Math.min(MOST_TOGETHER, batch.size()));
    }

    private void refuseWaiting(String why) {
        List<Unit<?>> rest = new ArrayList<>(again);
        again.clear();
        waiting.drainTo(rest);
        rest.forEach(unit -> unit.fail(new StoreException.Busy(why)));
    }

    private void commit(List<Unit<?>> batch) throws InterruptedException {
        try {
            if (kept(batch)) {
                keep();
                tell(batch);
            } else if (database.shared()) {
                separately(batch);
            } else {
                behindSavepoints(batch);
                tell(batch);
            }
        } catch (RuntimeException | Error e) {
            fail(batch, e);
        }
    }

    /** Begins, and runs all of them; gives false, everything undone, where one of them failed. */
    private boolean kept(List<Unit<?>> batch) {
        begin();
        for (Unit<?> unit : batch) {
            if (unit.run(tx, database) != Unit.End.KEEP) {
                sql.rollback();
                return false;
            }
        }
        return true;
    }

    /** Runs and commits them together, but one that fails takes no other with it. */
    private void behindSavepoints(List<Unit<?>> batch) {
        begin();
        for (Unit<?> unit : batch) {
            sql.update("SAVEPOINT work");
            if (unit.run(tx, database) != Unit.End.KEEP) {
                sql.update("ROLLBACK TO work");
            }
            sql.update("RELEASE work");
        }
        keep();
    }

    /**
     * Commits each by itself and takes it from the batch: who holds no row while waiting for another gateway's cannot
     * block it in turn.
     */
    private void separately(List<Unit<?>> batch) {
        while (!batch.isEmpty()) {
            Unit<?> unit = batch.get(0);
            begin();
            Unit.End end = unit.run(tx, database);
            if (end == Unit.End.KEEP) {
                keep();
            } else {
                sql.rollback();
            }
            batch.remove(0);
            if (end == Unit.End.AGAIN) {
                again.add(unit);
            } else {
                tell(List.of(unit));
            }
        }
    }

    /** Wakes who waits for what was committed, and completes the futures. */
    private void tell(List<Unit<?>> ended) {
        if (!tx.woken().isEmpty()) {
            wake.accept(Set.copyOf(tx.woken()));
        }
        List<Unit<?>> done = List.copyOf(ended);
        afterCommit.execute(() -> done.forEach(Unit::complete));
    }

    /** Commits, and with it which conversations were changed. */
    private void keep() {
        tx.changes().write();
        sql.commit();
    }

    private void begin() {
        tx.woken().clear();
        tx.changes().clear();
        sql.begin();
    }

    /** After a failed commit it is unknown what is on disk, and a repeated fsync may lie: stop, and recover at start. */
    private void fail(List<Unit<?>> batch, Throwable cause) throws InterruptedException {
        disconnected = true;
        failed = !database.outlivesConnections();
        String why = cause instanceof StoreException
                ? cause.getMessage()
                : cause.getClass().getName();
        LOG.error("store: commit failed, nothing more is accepted{}: {}", failed ? "" : " for now", why);
        close(sql);
        List<Unit<?>> lost = List.copyOf(batch);
        if (failed) {
            lost.forEach(unit -> unit.fail(cause));
            fatal.accept(cause);
        } else {
            StoreException.Lost unknown = new StoreException.Lost("the connection to the database broke: " + why);
            afterCommit.execute(() -> lost.forEach(unit -> unit.fail(unknown)));
            reconnect();
        }
    }

    private void reconnect() throws InterruptedException {
        while (!stopping()) {
            refuseWaiting("the database cannot be reached");
            try {
                sql = database.writer();
                tx = new Tx(sql);
                disconnected = false;
                LOG.info("store: connected again");
                return;
            } catch (StoreException e) {
                LOG.warn("store: the database cannot be reached: {}", e.getMessage());
            }
            if (stop.await(RECONNECT_MILLIS, TimeUnit.MILLISECONDS)) {
                LOG.warn("store: stopping without the database");
            }
        }
        failed = true;
    }

    private static void close(Sql sql) {
        try {
            sql.close();
        } catch (SQLException e) {
            LOG.debug("store: closing a broken connection failed: {}", e.getSQLState());
        }
    }

    private boolean stopping() {
        return stop.getCount() == 0;
    }

    boolean failed() {
        return failed;
    }

    /** Whether work is taken now and its end can be expected soon. */
    boolean usable() {
        return !stopping() && !failed && !disconnected && thread.isAlive() && waiting.size() < MOST_WAITING * 9 / 10;
    }

    int waiting() {
        return waiting.size();
    }

    /** Commits what waits, then stops; the database closes the connection. */
    void stop() throws InterruptedException {
        stop.countDown();
        waiting.offer(WAKE);
        thread.join(TimeUnit.SECONDS.toMillis(STOP_SECONDS));
    }
}
