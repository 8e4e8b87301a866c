// SPDX-License-Identifier: Apache-2.0
package io.dragoman.store;

/** What differs between the stores: how to connect, and what a failure means. Thread-safe. */
sealed interface Database extends AutoCloseable permits SqliteDatabase, PostgresDatabase {
    /**
     * A connection for the writer thread, found to be durable.
     *
     * @throws StoreException when there is none now
     */
    Sql writer();

    /** A connection that only reads, for a short time. */
    Sql borrow() throws InterruptedException;

    void giveBack(Sql reader);

    /** Whether other gateways may be at work on it. */
    boolean shared();

    /** Whether a unit of work that ended so met another gateway's, and would succeed when done again. */
    boolean worthRepeating(StoreException refusal);

    /** Whether it ended so only because another gateway held rows, which it gives back: nothing is wrong with the unit. */
    boolean rowsHeld(StoreException refusal);

    /** Whether a failure says that the database is not there now, rather than something of what was asked. */
    boolean unavailable(StoreException failure);

    /** Whether work may go on over a new connection after one broke: a server keeps its commits by itself. */
    boolean outlivesConnections();

    /**
     * Leaves nothing of what was deleted in the files, as far as the database can, outside of a transaction; nothing else is
     * written meanwhile.
     *
     * @param sql the writer's connection
     */
    void compact(Sql sql);

    /** Closes all connections, the writer's too, which has stopped; that one last. */
    @Override
    void close();
}
