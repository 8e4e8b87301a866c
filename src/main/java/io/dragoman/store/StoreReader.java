// SPDX-License-Identifier: Apache-2.0
package io.dragoman.store;

import java.nio.file.Files;
import java.sql.SQLException;
import java.util.function.Function;

/** The store read-only, whether a gateway runs on it or not. For one thread. */
public final class StoreReader implements ReadAccess, AutoCloseable {
    private final Sql sql;
    private final Tx tx;

    private StoreReader(Sql sql) {
        this.sql = sql;
        this.tx = new Tx(sql);
    }

    /**
     * Opens a store read-only and without its lock.
     *
     * @throws StoreException.Unusable when there is none yet, or one of another version
     */
    public static StoreReader open(StoreUrl url) {
        Sql sql;
        if (url instanceof StoreUrl.Postgres postgres) {
            sql = PostgresDatabase.look(postgres);
        } else if (url instanceof StoreUrl.Sqlite sqlite && Files.exists(sqlite.file())) {
            sql = SqliteDatabase.look(sqlite.file());
        } else {
            throw new StoreException.Unusable(
                    "there is no store at " + url + " yet; the gateway creates it at its first start.");
        }
        try {
            sql.number("SELECT count(*) FROM cursor");
            return new StoreReader(sql);
        } catch (StoreException e) {
            close(sql);
            throw new StoreException.Unusable(
                    url + " cannot be read as a store (" + e.getMessage() + "). Start the gateway on it once.");
        }
    }

    @Override
    public <T> T read(Function<Tx, T> work) {
        return work.apply(tx);
    }

    @Override
    public void close() {
        close(sql);
    }

    private static void close(Sql sql) {
        try {
            sql.close();
        } catch (SQLException e) {
            // nothing was written
        }
    }
}
