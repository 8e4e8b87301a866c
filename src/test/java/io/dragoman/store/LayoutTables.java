// SPDX-License-Identifier: Apache-2.0
package io.dragoman.store;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The tables that grow with each message, laid out as the product makes them and in the two ways that were asked for. */
enum LayoutTables {
    /** As the product makes them. */
    PLAIN(Map.of()),
    /** By the time in their ids; what is looked up by the channel's id has no time. */
    TIME(Map.of(
            "raw", "id",
            "event", "id",
            "decision", "event",
            "message", "id",
            "delivery", "id",
            "attempt", "delivery")),
    /** Those alone by time that are looked up by that id and nothing else. */
    SOME(Map.of("raw", "id", "decision", "event", "attempt", "delivery")),
    /** By the conversation, or by the key that must be unique. */
    HASH(Map.of(
            "event", "source,key",
            "message", "conversation",
            "delivery", "conversation",
            "external", "channel,external_id"));

    static final List<String> ALL = List.of("raw", "event", "decision", "message", "external", "delivery", "attempt");

    private final Map<String, String> keys;

    LayoutTables(Map<String, String> keys) {
        this.keys = keys;
    }

    String schema() {
        return "l_" + name().toLowerCase(Locale.ROOT);
    }

    /**
     * Takes the place of the product's tables, in a schema where it made them. A unique key stays unique only where it holds
     * the columns of the partition: PostgreSQL has no other. References to what is partitioned are left out, for a partition
     * that is referred to cannot be dropped.
     *
     * @param bounds the ids at which partitions begin
     */
    void make(Connection connection, List<String> bounds, int hashes) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (Map.Entry<String, String> one : keys.entrySet()) {
                String table = one.getKey();
                String name = schema() + "." + table;
                String way = byTime() ? "RANGE" : "HASH";
                statement.execute("DROP TABLE " + name + " CASCADE");
                statement.execute("CREATE TABLE " + name + " (LIKE " + PLAIN.schema() + "." + table
                        + " INCLUDING ALL EXCLUDING INDEXES) PARTITION BY " + way + "(" + one.getValue() + ")");
                if (byTime()) {
                    statement.execute("CREATE TABLE " + name + "_rest PARTITION OF " + name + " DEFAULT");
                    for (int i = 0; i + 1 < bounds.size(); i++) {
                        statement.execute("CREATE TABLE " + part(table, i) + " PARTITION OF " + name
                                + " FOR VALUES FROM ('" + bounds.get(i) + "') TO ('" + bounds.get(i + 1) + "')");
                    }
                } else {
                    for (int i = 0; i < hashes; i++) {
                        statement.execute("CREATE TABLE " + part(table, i) + " PARTITION OF " + name
                                + " FOR VALUES WITH (MODULUS " + hashes + ", REMAINDER " + i + ")");
                    }
                }
                for (String index : indexes(statement, table, one.getValue())) {
                    statement.execute(index);
                }
            }
        }
    }

    String part(String table, int n) {
        return schema() + "." + table + "_p" + n;
    }

    private boolean byTime() {
        return this == TIME || this == SOME;
    }

    /** Whether a month of a table is a table of its own, which can be dropped. */
    boolean drops(String table) {
        return byTime() && divides(table);
    }

    private boolean divides(String table) {
        return keys.containsKey(table);
    }

    private List<String> indexes(Statement statement, String table, String key) throws SQLException {
        List<String> found = new ArrayList<>();
        try (ResultSet rows = statement.executeQuery("SELECT indexdef FROM pg_indexes WHERE schemaname='"
                + PLAIN.schema() + "' AND tablename='" + table + "'")) {
            while (rows.next()) {
                String made = rows.getString(1).replace(" ON " + PLAIN.schema() + ".", " ON " + schema() + ".");
                String columns =
                        made.replaceFirst(".*USING btree \\(([^)]*)\\).*", "$1").replace(" ", "");
                boolean holds = List.of(columns.split(",")).containsAll(List.of(key.split(",")));
                found.add(holds ? made : made.replace("CREATE UNIQUE INDEX", "CREATE INDEX"));
            }
        }
        return found;
    }
}
