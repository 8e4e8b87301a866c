// SPDX-License-Identifier: Apache-2.0
package io.dragoman.store;

import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** One unit of work on its way through the writer. For the writer's thread. */
final class Unit<T> {
    private static final int MOST_RUNS = 50;

    private final Function<Tx, T> work;
    private final CompletableFuture<T> future = new CompletableFuture<>();
    private Runnable completion = () -> {};
    private int runs;

    Unit(Function<Tx, T> work) {
        this.work = work;
    }

    /** What is to happen with what it wrote. */
    enum End {
        KEEP,
        ROLL_BACK,
        /** Rolled back, to be run again in another transaction; never on a store that is not shared. */
        AGAIN
    }

    /**
     * Runs the work.
     *
     * @throws StoreException when the database is unavailable: nothing of the transaction will last
     */
    End run(Tx tx, Database database) {
        try {
            T result = work.apply(tx);
            completion = () -> future.complete(result);
            return End.KEEP;
        } catch (RuntimeException | Error e) {
            // an error too, such as a stack that overflowed: it must not end the one thread that writes
            return e instanceof StoreException refusal && refusal.getCause() != null
                    ? refused(refusal, database)
                    : failed(e);
        }
    }

    private End refused(StoreException refusal, Database database) {
        if (database.unavailable(refusal)) {
            throw refusal;
        }
        if (database.worthRepeating(refusal) && ++runs < MOST_RUNS) {
            return End.AGAIN;
        }
        return failed(
                database.rowsHeld(refusal)
                        ? new StoreException.Busy("another gateway held the same rows for too long")
                        : refusal);
    }

    private End failed(Throwable failure) {
        completion = () -> future.completeExceptionally(failure);
        return End.ROLL_BACK;
    }

    /** Completes the caller's future with the result. */
    void complete() {
        completion.run();
    }

    void fail(Throwable failure) {
        future.completeExceptionally(failure);
    }

    CompletableFuture<T> future() {
        return future;
    }
}
