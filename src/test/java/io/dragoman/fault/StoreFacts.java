// SPDX-License-Identifier: Apache-2.0
package io.dragoman.fault;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What judges ask a gateway's store, in plain JDBC that either store understands. */
final class StoreFacts implements AutoCloseable {
    private static final Pattern OUR_TEXT = Pattern.compile("\"text\":\"((?:re|auto) [^\"]+)\"");
    private static final String OPEN = "('READY','SENDING','RETRY')";

    private final Connection connection;

    StoreFacts(Connection connection) {
        this.connection = connection;
    }

    /** Opens a store by its JDBC address. */
    static StoreFacts open(String jdbcUrl) throws SQLException {
        return new StoreFacts(DriverManager.getConnection(jdbcUrl));
    }

    /** The JDBC address of an embedded store's file. */
    static String sqlite(Object file) {
        return "jdbc:sqlite:" + file + "?busy_timeout=10000";
    }

    /** Events and deliveries that have not come to an end. */
    long open() throws SQLException {
        return number("SELECT count(*) FROM event WHERE state='NEW'")
                + number("SELECT count(*) FROM delivery WHERE state IN" + OPEN);
    }

    /** How many events have come to each state. */
    Map<String, Long> events() throws SQLException {
        return counts("SELECT state, count(*) FROM event GROUP BY state");
    }

    /** How many deliveries have come to each state. */
    Map<String, Long> deliveries() throws SQLException {
        return counts("SELECT state, count(*) FROM delivery GROUP BY state");
    }

    /** How many media have come to each state. */
    Map<String, Long> media() throws SQLException {
        return counts("SELECT state, count(*) FROM media GROUP BY state");
    }

    /** Why events are dead. */
    Map<String, Long> deaths() throws SQLException {
        return counts("SELECT source||', '||type||': '||reason, count(*) FROM event WHERE state='DEAD' GROUP BY 1");
    }

    /** Why deliveries did not arrive. */
    Map<String, Long> failures() throws SQLException {
        return counts("SELECT state||', '||target||', '||kind||': '||COALESCE(reason,'')||', '||COALESCE(detail,''),"
                + " count(*) FROM delivery WHERE state IN('DEAD','UNCERTAIN','CANCELLED') GROUP BY 1");
    }

    /** Attempts that began and whose end nobody wrote. */
    long openAttempts() throws SQLException {
        return number("SELECT count(*) FROM attempt WHERE ended_at IS NULL");
    }

    /** The texts that we tried to bring to customers, and how often an attempt ended in doubt. */
    Map<String, Integer> doubts() throws SQLException {
        Map<String, Integer> doubts = new HashMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "SELECT d.payload, count(*) FROM delivery d JOIN attempt a ON"
                                + " a.delivery=d.id WHERE d.kind='MESSAGE' AND a.outcome='uncertain' GROUP BY d.id, d.payload")) {
            while (rows.next()) {
                Matcher text = OUR_TEXT.matcher(rows.getString(1));
                if (text.find()) {
                    doubts.merge(text.group(1), rows.getInt(2), Integer::sum);
                }
            }
        }
        return doubts;
    }

    private Map<String, Long> counts(String query) throws SQLException {
        Map<String, Long> counts = new TreeMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            while (rows.next()) {
                counts.put(rows.getString(1), rows.getLong(2));
            }
        }
        return counts;
    }

    /** The first column of every row. */
    List<String> column(String query) throws SQLException {
        List<String> column = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            while (rows.next()) {
                column.add(rows.getString(1));
            }
        }
        return column;
    }

    long number(String query) throws SQLException {
        return Long.parseLong(column(query).get(0));
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
