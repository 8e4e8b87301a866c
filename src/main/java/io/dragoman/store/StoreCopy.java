// SPDX-License-Identifier: Apache-2.0
package io.dragoman.store;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Copies a whole store into an empty one of the other kind or the same: all of it or, when anything does not fit, none.
 * No gateway may be at work on either. Both are brought to this program's version first.
 */
public final class StoreCopy {
    private static final int BATCH = 500;
    /** Who is at work now, and how the tables came to be, is each store's own. */
    private static final Set<String> NOT_COPIED = Set.of("peer", "change", "flyway_schema_history");

    private final StoreUrl from;
    private final StoreUrl to;

    public StoreCopy(StoreUrl from, StoreUrl to) {
        this.from = from;
        this.to = to;
    }

    /**
     * Copies.
     *
     * @return how many rows each table has, in the order in which they were copied
     * @throws StoreException.Unusable with what to do; the target is empty still
     */
    public Map<String, Long> run() {
        if (from.equals(to)) {
            throw new StoreException.Unusable("both are the same store, " + from + ". Name another to copy to.");
        }
        try (Database source = open(from);
                Database target = open(to);
                Sql reader = source.writer();
                Sql writer = target.writer()) {
            demandIdle(reader, from);
            demandIdle(writer, to);
            return copy(reader.connection(), writer.connection(), reader, writer);
        } catch (SQLException e) {
            throw new StoreException(e);
        }
    }

    private static Database open(StoreUrl url) {
        return url instanceof StoreUrl.Postgres postgres
                ? PostgresDatabase.open(postgres)
                : SqliteDatabase.open(((StoreUrl.Sqlite) url).file());
    }

    private static void demandIdle(Sql sql, StoreUrl url) {
        if (url instanceof StoreUrl.Postgres
                && new Peers(sql, new Lanes(sql, Set.of()), new Cursors(sql)).anyAtWork()) {
            throw new StoreException.InUse("a gateway is at work on " + url + ". Stop all of them, and copy then.");
        }
    }

    private Map<String, Long> copy(Connection source, Connection target, Sql reader, Sql writer) throws SQLException {
        List<String> tables = tables(source);
        for (String table : tables) {
            if (writer.number("SELECT count(*) FROM (SELECT 1 FROM " + quoted(table) + " LIMIT 1) t") > 0) {
                throw new StoreException.Unusable(
                        to + " is not empty: there are rows in " + table + ". Copy into a database of its own.");
            }
        }
        source.setAutoCommit(false); // one view of it all, and rows that come in portions
        target.setAutoCommit(false);
        try {
            Map<String, Long> copied = new LinkedHashMap<>();
            for (String table : tables) {
                copied.put(table, copy(source, target, table));
            }
            writer.update("UPDATE lane SET owner=NULL, lease_until=0");
            writer.update("UPDATE cursor SET owner=NULL, lease_until=0");
            compare(copied, reader, writer);
            target.commit();
            return copied;
        } finally {
            target.rollback();
            source.rollback();
        }
    }

    private static long copy(Connection source, Connection target, String table) throws SQLException {
        try (Statement read = source.createStatement()) {
            read.setFetchSize(BATCH);
            try (ResultSet rows = read.executeQuery("SELECT * FROM " + quoted(table))) {
                List<String> columns = new ArrayList<>();
                for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
                    columns.add(rows.getMetaData().getColumnName(i));
                }
                String insert = "INSERT INTO " + quoted(table) + "(" + quoted(columns) + ") VALUES("
                        + placeholders(columns.size()) + ")";
                try (PreparedStatement write = target.prepareStatement(insert)) {
                    return copy(rows, write, columns.size());
                }
            }
        }
    }

    /** A name from the database's own list of its tables and columns. */
    private static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    private static String quoted(List<String> names) {
        return names.stream().map(StoreCopy::quoted).collect(Collectors.joining(","));
    }

    private static String placeholders(int count) {
        return String.join(",", Collections.nCopies(count, "?"));
    }

    private static long copy(ResultSet rows, PreparedStatement write, int columns) throws SQLException {
        long copied = 0;
        while (rows.next()) {
            for (int i = 1; i <= columns; i++) {
                write.setObject(i, rows.getObject(i));
            }
            write.addBatch();
            copied++;
            if (copied % BATCH == 0) {
                write.executeBatch();
            }
        }
        write.executeBatch();
        return copied;
    }

    /** Row by row of each table, and what the ledger is made of. */
    private void compare(Map<String, Long> copied, Sql reader, Sql writer) {
        copied.forEach((table, rows) -> {
            String count = "SELECT count(*) FROM " + quoted(table);
            same(table, reader.number(count), rows);
            same(table, writer.number(count), rows);
        });
        Tx before = new Tx(reader);
        Tx after = new Tx(writer);
        same(
                "the ledger",
                Set.copyOf(before.events().counts()),
                Set.copyOf(after.events().counts()));
        same(
                "the deliveries",
                Set.copyOf(before.deliveries().counts()),
                Set.copyOf(after.deliveries().counts()));
    }

    private void same(String what, Object before, Object after) {
        if (!before.equals(after)) {
            throw new StoreException.Unusable("the copy of " + what
                    + " differs from the original, so nothing was kept in " + to + ". Please report it.");
        }
    }

    /** Each after those that its rows refer to. */
    private static List<String> tables(Connection connection) throws SQLException {
        DatabaseMetaData data = connection.getMetaData();
        String schema = connection.getSchema();
        Set<String> left = new TreeSet<>();
        try (ResultSet rows = data.getTables(null, schema, "%", new String[] {"TABLE"})) {
            while (rows.next()) {
                String name = rows.getString("TABLE_NAME");
                if (!NOT_COPIED.contains(name) && !name.startsWith("sqlite_")) {
                    left.add(name);
                }
            }
        }
        List<String> ordered = new ArrayList<>();
        while (!left.isEmpty()) {
            List<String> free = new ArrayList<>();
            for (String table : left) {
                if (ordered.containsAll(references(data, schema, table))) {
                    free.add(table);
                }
            }
            if (free.isEmpty()) {
                throw new IllegalStateException("tables refer to each other in a circle: " + left);
            }
            left.removeAll(free);
            ordered.addAll(free);
        }
        return ordered;
    }

    private static Set<String> references(DatabaseMetaData data, String schema, String table) throws SQLException {
        Set<String> references = new TreeSet<>();
        try (ResultSet keys = data.getImportedKeys(null, schema, table)) {
            while (keys.next()) {
                references.add(keys.getString("PKTABLE_NAME"));
            }
        }
        references.remove(table);
        return references;
    }
}
