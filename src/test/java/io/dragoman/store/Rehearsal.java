// SPDX-License-Identifier: Apache-2.0
package io.dragoman.store;

import java.nio.file.Path;

/** A real store for simulations: a life is one transaction, rolled back at its end, with no disk to wait for. */
public final class Rehearsal implements AutoCloseable {
    private final SqliteDatabase database;
    private final Sql sql;
    private final Tx tx;

    public Rehearsal(Path file) {
        database = SqliteDatabase.open(file);
        sql = database.writer();
        tx = new Tx(sql);
    }

    public Tx tx() {
        return tx;
    }

    public void begin() {
        sql.update("BEGIN IMMEDIATE");
    }

    public void forget() {
        sql.update("ROLLBACK");
    }

    /** Runs a unit of work as the writer does; false when its lane was lost, and nothing of it stays. */
    public boolean unit(Runnable work) {
        sql.update("SAVEPOINT work");
        try {
            work.run();
            sql.update("RELEASE work");
            return true;
        } catch (StoreException.Conflict e) {
            sql.update("ROLLBACK TO work");
            sql.update("RELEASE work");
            return false;
        }
    }

    /** The process is gone and starts again. */
    public void restart() {
        tx.lanes().recover();
    }

    public long number(String query) {
        return sql.number(query);
    }

    @Override
    public void close() {
        database.close();
    }
}
