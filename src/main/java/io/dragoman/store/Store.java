// SPDX-License-Identifier: Apache-2.0
package io.dragoman.store;

import io.dragoman.store.blob.OwnerOnly;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The durable store. Thread-safe. */
public final class Store implements ReadAccess, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Store.class);
    private static final long AGAIN_MILLIS = 200;

    private final Database database;
    private final DiskSpace disk;
    private final Writer writer;
    private final CopyOnWriteArrayList<Consumer<Set<FlowKey>>> listeners = new CopyOnWriteArrayList<>();
    private final ExecutorService afterCommit = Executors.newFixedThreadPool(2, Store::thread);
    private final ScheduledExecutorService later = Executors.newSingleThreadScheduledExecutor(Store::thread);
    private volatile boolean closing;

    private Store(Database database, DiskSpace disk, Consumer<Throwable> fatal) {
        this.database = database;
        this.disk = disk;
        this.writer = new Writer(
                database, database.writer(), afterCommit, woken -> listeners.forEach(l -> l.accept(woken)), fatal);
    }

    private static Thread thread(Runnable task) {
        Thread thread = new Thread(task, "store-after-commit");
        thread.setDaemon(true);
        return thread;
    }

    /** Loads the embedded database's own library, which the first connection would wait for. */
    public static void preload() throws Exception {
        SqliteDatabase.preload();
    }

    /**
     * Opens a store, made and migrated if need be. The embedded one is locked for this process, and what an earlier
     * process held is free.
     *
     * @param data the folder for files beside the store
     * @param lowWater how many bytes of disk must be free there for more to be taken in
     * @param fatal called when a commit failed on the embedded store; the process should then end and recover at the
     *     next start
     * @throws StoreException.Unusable with what to do
     */
    public static Store open(StoreUrl url, Path data, long lowWater, Consumer<Throwable> fatal) {
        Database database = url instanceof StoreUrl.Postgres postgres
                ? PostgresDatabase.open(postgres)
                : SqliteDatabase.open(((StoreUrl.Sqlite) url).file());
        Store store;
        try {
            store = new Store(database, new DiskSpace(made(data), lowWater), fatal);
        } catch (StoreException e) {
            database.close();
            throw e;
        }
        if (!database.shared()) {
            store.write(tx -> {
                        tx.lanes().recover();
                        return true;
                    })
                    .join();
        }
        return store;
    }

    /** A folder that may be new: the disk below it can be asked only when it is there. */
    private static Path made(Path data) {
        try {
            return OwnerOnly.folder(data);
        } catch (IOException e) {
            throw new StoreException.Unusable("the data folder " + data + " cannot be created: " + e.getMessage()
                    + ". Make the folder above it writable for this user, or set store.folder to another place.");
        }
    }

    /** Opens the embedded store of a file. */
    public static Store sqlite(Path file, long lowWater, Consumer<Throwable> fatal) {
        Path folder = file.toAbsolutePath().getParent();
        return open(new StoreUrl.Sqlite(file), folder == null ? file : folder, lowWater, fatal);
    }

    /**
     * Runs one unit of work. The future completes after the commit that holds it, or fails: with what the work threw,
     * or with {@link StoreException.Busy} when it was never begun.
     */
    public <T> CompletableFuture<T> write(Function<Tx, T> work) {
        return writer.write(work);
    }

    /** Like {@link #write}, and waits for it; throws what failed, a {@link StoreException} or what the work threw. */
    public <T> T writeAndWait(Function<Tx, T> work) {
        try {
            return write(work).join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    /** Like {@link #write}, for what is new to us: refused as {@link StoreException.Busy} while the disk is low. */
    public <T> CompletableFuture<T> takeIn(Function<Tx, T> work) {
        return disk.low(later)
                ? CompletableFuture.failedFuture(new StoreException.Busy("the disk is nearly full"))
                : writer.write(work);
    }

    /**
     * Like {@link #write}, for what must not be forgotten, such as how an attempt ended: while the store cannot take it
     * or it is unknown whether it did, it is tried again, until the store closes. The work must be fenced.
     */
    public <T> CompletableFuture<T> insist(Function<Tx, T> work) {
        CompletableFuture<T> done = new CompletableFuture<>();
        insist(work, done);
        return done;
    }

    private <T> void insist(Function<Tx, T> work, CompletableFuture<T> done) {
        write(work).whenComplete((result, failure) -> {
            boolean unsure = failure instanceof StoreException.Lost || failure instanceof StoreException.Busy;
            if (failure == null) {
                done.complete(result);
            } else if (unsure && !closing && !failed()) {
                try {
                    later.schedule(() -> insist(work, done), AGAIN_MILLIS, TimeUnit.MILLISECONDS);
                } catch (RejectedExecutionException e) {
                    done.completeExceptionally(failure); // closed just now
                }
            } else {
                done.completeExceptionally(failure);
            }
        });
    }

    @Override
    public <T> T read(Function<Tx, T> work) {
        try {
            Sql reader = database.borrow();
            try {
                return work.apply(new Tx(reader));
            } finally {
                database.giveBack(reader);
            }
        } catch (StoreException e) {
            if (database.unavailable(e)) {
                throw new StoreException.Busy("the database cannot be reached");
            }
            throw e;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreException.Busy("the gateway is stopping");
        }
    }

    /**
     * Tells {@code listener} after each commit which flows have something new.
     *
     * @return ends that
     */
    public Runnable onWork(Consumer<Set<FlowKey>> listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    /**
     * Leaves nothing of what was deleted in the database's files, as far as it can; everything that is written waits for it.
     *
     * @throws StoreException when that is not possible now
     */
    public void compact() {
        try {
            writer.compact().join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    /** Whether a commit failed; nothing is accepted any more. */
    public boolean failed() {
        return writer.failed();
    }

    /** Whether work is accepted now: not failed, not stopping, and not so far behind that it will soon refuse. */
    public boolean usable() {
        return writer.usable() && !disk.low(later);
    }

    /** Whether other gateways may be at work on it. */
    public boolean shared() {
        return database.shared();
    }

    /** Whether a process holds the embedded store of this file. */
    public static boolean inUse(Path file) {
        return SqliteDatabase.inUse(file);
    }

    /** How many units of work wait for the writer. */
    public int waiting() {
        return writer.waiting();
    }

    /** Commits what waits and closes. */
    @Override
    public void close() {
        closing = true;
        later.shutdownNow();
        try {
            writer.stop();
            afterCommit.shutdown();
            if (!afterCommit.awaitTermination(10, TimeUnit.SECONDS)) {
                LOG.warn("store: some callers had not received their results when it closed");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        database.close();
    }
}
