// SPDX-License-Identifier: Apache-2.0
package io.dragoman.store;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What the server says of itself: sizes, pages that it looked at, its time and its log. */
record LayoutServer(Connection connection) {
    void sizes(List<LayoutTables> all) throws SQLException {
        for (LayoutTables layout : all) {
            for (String table : LayoutTables.ALL) {
                String relations =
                        "SELECT c.oid FROM pg_class c JOIN pg_namespace n ON n.oid=c.relnamespace WHERE n.nspname='"
                                + layout.schema() + "' AND c.relkind='r' AND c.relname ~ '^" + table
                                + "(_p[0-9]+|_rest)?$'";
                System.out.printf(
                        Locale.ROOT,
                        "%-6s %-9s rows %,7d MB, indexes %,7d MB%n",
                        layout,
                        table,
                        number("SELECT sum(pg_table_size(oid))/1048576 FROM (" + relations + ") r"),
                        number("SELECT sum(pg_indexes_size(oid))/1048576 FROM (" + relations + ") r"));
            }
            try (Statement s = connection.createStatement();
                    ResultSet found =
                            s.executeQuery("SELECT regexp_replace(i.relname,'_p[0-9]+_','_pN_') AS name, max(level),"
                                    + " max(pg_relation_size(i.oid))/1048576 FROM pg_index x JOIN pg_class i ON i.oid=x.indexrelid"
                                    + " JOIN pg_class t ON t.oid=x.indrelid JOIN pg_namespace n ON n.oid=i.relnamespace,"
                                    + " LATERAL bt_metap(n.nspname||'.'||i.relname) WHERE i.relkind='i' AND n.nspname='"
                                    + layout.schema()
                                    + "' AND t.relname ~ '^(event|message|external|delivery)' AND pg_relation_size(i.oid)>100000"
                                    + " GROUP BY 1 ORDER BY 3 DESC LIMIT 9")) {
                while (found.next()) {
                    System.out.printf(
                            Locale.ROOT,
                            "%-6s index %-34s levels %d, largest %,d MB%n",
                            layout,
                            found.getString(1),
                            found.getInt(2) + 1,
                            found.getLong(3));
                }
            }
        }
    }

    void reset() throws SQLException {
        number("SELECT count(pg_stat_statements_reset())");
    }

    /** What the server did since: pages it looked at and its own time, for each run. */
    String work(int runs) throws SQLException {
        try (Statement s = connection.createStatement();
                ResultSet row = s.executeQuery(
                        "SELECT sum(shared_blks_hit+shared_blks_read), sum(total_exec_time),"
                                + " sum(shared_blks_read) FROM pg_stat_statements WHERE query NOT LIKE '%pg_stat_statements%'")) {
            row.next();
            return String.format(
                    Locale.ROOT,
                    "pages %9.1f (%.1f not cached), server %9.3f ms",
                    row.getDouble(1) / runs,
                    row.getDouble(3) / runs,
                    row.getDouble(2) / runs);
        }
    }

    long log() throws SQLException {
        return number("SELECT pg_wal_lsn_diff(pg_current_wal_lsn(),'0/0')::bigint");
    }

    double seconds(String statement) throws SQLException {
        long start = System.nanoTime();
        execute(statement);
        return (System.nanoTime() - start) / 1e9;
    }

    List<String> some(String query) throws SQLException {
        try (Statement s = connection.createStatement();
                ResultSet found = s.executeQuery(query)) {
            List<String> all = new ArrayList<>();
            while (found.next()) {
                all.add(found.getString(1));
            }
            return all;
        }
    }

    String text(String query) {
        try {
            return some(query).get(0);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private long number(String query) throws SQLException {
        try (Statement s = connection.createStatement();
                ResultSet found = s.executeQuery(query)) {
            found.next();
            return found.getLong(1);
        }
    }

    void execute(String statement) throws SQLException {
        try (Statement s = connection.createStatement()) {
            s.execute(statement);
        }
    }
}
