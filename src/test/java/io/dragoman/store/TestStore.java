// SPDX-License-Identifier: Apache-2.0
package io.dragoman.store;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.function.Consumer;

/**
 * A new, empty store for a test, and a look into it that goes around the product.
 *
 * @param folder for files beside it
 * @param jdbc the address for the look, with user and password
 */
public record TestStore(StoreUrl url, Path folder, String jdbc) implements AutoCloseable {
    /** The embedded one. */
    public static TestStore sqlite(Path folder) {
        Path file = folder.resolve("dragoman.db");
        return new TestStore(new StoreUrl.Sqlite(file), folder, "jdbc:sqlite:" + file + "?busy_timeout=10000");
    }

    /** A database of its own on the server that all tests share. */
    public static TestStore postgres(Path folder) {
        return PostgresServer.shared().database(folder);
    }

    /** Opens the product on it. */
    public Store open(Consumer<Throwable> fatal) {
        NewStore.put(url);
        return Store.open(url, folder, 0, fatal);
    }

    /** How many transactions were committed, of those that wrote a cursor where it is a server. */
    public long commits() {
        return url instanceof StoreUrl.Sqlite
                ? WalFile.commits(folder.resolve("dragoman.db-wal"))
                : number("SELECT count(DISTINCT xmin::text) FROM cursor");
    }

    public long number(String query) {
        return Long.parseLong(text(query));
    }

    public String text(String query) {
        try (Connection connection = connect();
                ResultSet rows = connection.createStatement().executeQuery(query)) {
            return rows.next() ? String.valueOf(rows.getString(1)) : "none";
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A connection of one's own. */
    public Connection connect() throws SQLException {
        return DriverManager.getConnection(jdbc);
    }

    @Override
    public void close() {
        // databases go with their server or with the folder
    }
}
