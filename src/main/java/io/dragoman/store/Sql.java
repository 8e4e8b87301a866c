// SPDX-License-Identifier: Apache-2.0
package io.dragoman.store;

import io.dragoman.model.Json;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * SQL on one connection, each statement prepared once. Plain JDBC rather than a mapping library: the journey runs a
 * dozen statements a message on one thread (docs/decisions/0002). A statement may name {@code texts(?)}, a table with
 * one column, {@code value}: the texts of a list that is its parameter; {@code ILIKE} is LIKE in any case, which in SQLite
 * is that of Latin letters without accents. Not thread-safe.
 */
final class Sql implements AutoCloseable {
    /** The texts, or of each what a SELECT finds for it. */
    private static final Pattern IN_TEXTS =
            Pattern.compile(" IN \\((SELECT (?:value|\\((?:[^()]|\\([^()]*\\))*\\)) FROM texts\\(\\?\\))\\)");

    private final Connection connection;
    private final boolean shared;
    private final Map<String, PreparedStatement> statements = new HashMap<>();

    /**
     * @param shared whether others write to the same database
     */
    Sql(Connection connection, boolean shared) {
        this.connection = connection;
        this.shared = shared;
    }

    boolean shared() {
        return shared;
    }

    /**
     * Begins a transaction: on the embedded store with the lock for writing, on a server with the first statement, so
     * that it takes no message to the server of its own.
     */
    void begin() {
        if (shared) {
            connected("BEGIN", () -> connection.setAutoCommit(false));
        } else {
            update("BEGIN IMMEDIATE");
        }
    }

    /** Ends the transaction; what it wrote is on disk then. */
    void commit() {
        if (shared) {
            connected("COMMIT", () -> {
                connection.commit();
                connection.setAutoCommit(true);
            });
        } else {
            update("COMMIT");
        }
    }

    /** Ends the transaction, which has written nothing then. */
    void rollback() {
        if (shared) {
            connected("ROLLBACK", () -> {
                connection.rollback();
                connection.setAutoCommit(true);
            });
        } else {
            update("ROLLBACK");
        }
    }

    /** Something that the connection does. */
    private interface Step {
        void run() throws SQLException;
    }

    private void connected(String sql, Step step) {
        try {
            step.run();
        } catch (SQLException e) {
            throw failed(sql, e);
        }
    }

    /** Waits until no other transaction of another gateway holds a lock of this name, and holds it until the end. */
    void lock(String name) {
        if (shared) {
            all("SELECT pg_advisory_xact_lock(hashtextextended(?, 0))", row -> true, name);
        }
    }

    /** Reads one row. */
    @FunctionalInterface
    interface Row<T> {
        T read(ResultSet row) throws SQLException;
    }

    int update(String sql, @Nullable Object... values) {
        try {
            return configured(sql, values).executeUpdate();
        } catch (SQLException e) {
            throw failed(sql, e);
        }
    }

    <T> List<T> all(String sql, Row<T> row, @Nullable Object... values) {
        try (ResultSet rows = configured(sql, values).executeQuery()) {
            List<T> found = new ArrayList<>();
            while (rows.next()) {
                found.add(row.read(rows));
            }
            return found;
        } catch (SQLException e) {
            throw failed(sql, e);
        }
    }

    <T> Optional<T> one(String sql, Row<T> row, @Nullable Object... values) {
        try (ResultSet rows = configured(sql, values).executeQuery()) {
            return rows.next() ? Optional.of(row.read(rows)) : Optional.empty();
        } catch (SQLException e) {
            throw failed(sql, e);
        }
    }

    long number(String sql, @Nullable Object... values) {
        return one(sql, row -> row.getLong(1), values).orElse(0L);
    }

    static @Nullable Long nullableLong(ResultSet row, String column) throws SQLException {
        long value = row.getLong(column);
        return row.wasNull() ? null : value;
    }

    /** A driver may end a statement that failed, so it is prepared anew next time. */
    private StoreException failed(String sql, SQLException cause) {
        PreparedStatement statement = statements.remove(sql);
        try {
            if (statement != null) {
                statement.close();
            }
        } catch (SQLException e) {
            cause.addSuppressed(e);
        }
        return new StoreException(cause);
    }

    private PreparedStatement configured(String sql, @Nullable Object... values) throws SQLException {
        PreparedStatement statement = statements.get(sql);
        if (statement == null) {
            statement = connection.prepareStatement(shared ? postgres(sql) : sqlite(sql));
            statements.put(sql, statement);
        }
        for (int i = 0; i < values.length; i++) {
            Object value = values[i] instanceof List<?> list ? Json.write(list) : values[i];
            // PostgreSQL keeps no NUL in text: what one store takes the other takes, and both give back the same.
            // To look for one is much faster than to replace none: 2 % of a loaded gateway's Java time
            boolean holdsNul = value instanceof String text && text.indexOf('\0') >= 0;
            statement.setObject(i + 1, holdsNul ? ((String) value).replace('\0', '\uFFFD') : value);
        }
        return statement;
    }

    private static String sqlite(String sql) {
        return sql.replace("texts(?)", "json_each(?)").replace(" ILIKE ", " LIKE ");
    }

    /**
     * What is IN the texts of a list is asked of an index one by one, as an array. As rows they are joined, and PostgreSQL,
     * which takes them for a hundred, reads all of a table that was small when it made the plan.
     */
    private static String postgres(String sql) {
        String own = sql.contains("texts(?)") ? IN_TEXTS.matcher(sql).replaceAll(" = ANY(ARRAY($1))") : sql;
        return own.replace("texts(?)", "json_array_elements_text(CAST(? AS json))");
    }

    Connection connection() {
        return connection;
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
