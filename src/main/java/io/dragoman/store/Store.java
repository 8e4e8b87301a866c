// SPDX-License-Identifier: Apache-2.0
package io.dragoman.store;

import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The durable store. Thread-safe. */
public final class Store implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Store.class);
    private static final int READERS = 4;

    private final SqliteDatabase database;
    private final DiskSpace disk;
    private final Writer writer;
    private final BlockingQueue<Sql> readers = new ArrayBlockingQueue<>(READERS);
    private final CopyOnWriteArrayList<Consumer<Set<Lanes.Kind>>> listeners = new CopyOnWriteArrayList<>();
    private final ExecutorService afterCommit = Executors.newFixedThreadPool(2, task -> {
        Thread thread = new Thread(task, "store-after-commit");
        thread.setDaemon(true);
        return thread;
    });

    private Store(SqliteDatabase database, DiskSpace disk, Consumer<Throwable> fatal) {
        this.database = database;
        this.disk = disk;
        for (int i = 0; i < READERS; i++) {
            readers.add(database.reader());
        }
        this.writer =
                new Writer(database.writer(), afterCommit, woken -> listeners.forEach(l -> l.accept(woken)), fatal);
    }

    /**
     * Opens the embedded store, made and migrated if need be, and locks it for this process.
     *
     * @param file the database file
     * @param lowWater how many bytes of disk must be free for more to be taken in
     * @param fatal told when a commit failed; the process should then end and recover at the next start
     * @throws StoreException.Unusable with what to do
     */
    public static Store sqlite(Path file, long lowWater, Consumer<Throwable> fatal) {
        SqliteDatabase database = SqliteDatabase.open(file);
        Store store = new Store(database, new DiskSpace(database.folder(), lowWater), fatal);
        store.write(tx -> {
                    tx.lanes().recover();
                    return true;
                })
                .join();
        return store;
    }

    /**
     * Runs one unit of work. The future completes after the commit that holds it, or fails: with what the work threw,
     * or with {@link StoreException.Busy} when it was never begun.
     */
    public <T> CompletableFuture<T> write(Function<Tx, T> work) {
        return writer.write(work);
    }

    /** Like {@link #write}, for what is new to us: refused as {@link StoreException.Busy} while the disk is low. */
    public <T> CompletableFuture<T> takeIn(Function<Tx, T> work) {
        return disk.low()
                ? CompletableFuture.failedFuture(new StoreException.Busy("the disk is nearly full"))
                : writer.write(work);
    }

    /** Looks something up; sees all that is committed. */
    public <T> T read(Function<Tx, T> work) {
        try {
            Sql reader = readers.take();
            try {
                return work.apply(new Tx(reader));
            } finally {
                readers.add(reader);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreException.Busy("the gateway is stopping");
        }
    }

    /** Tells {@code listener} after each commit which kinds of lanes have something new. */
    public void onWork(Consumer<Set<Lanes.Kind>> listener) {
        listeners.add(listener);
    }

    /** Whether a commit failed; nothing is accepted any more. */
    public boolean failed() {
        return writer.failed();
    }

    /** Whether work is taken now: not failed, not stopping, and not so far behind that it will soon refuse. */
    public boolean usable() {
        return writer.usable() && !disk.low();
    }

    /** Whether a process holds the store of this file. */
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
        try {
            writer.stop();
            afterCommit.shutdown();
            if (!afterCommit.awaitTermination(10, TimeUnit.SECONDS)) {
                LOG.warn("store: some callers had not taken their answers when it closed");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        database.close();
    }
}
