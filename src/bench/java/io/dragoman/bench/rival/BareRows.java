// SPDX-License-Identifier: Apache-2.0
package io.dragoman.bench.rival;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;

/** The rows of the bare journey. For the writer's thread. */
final class BareRows {
    private final PreparedStatement event;
    private final PreparedStatement conversation;
    private final PreparedStatement message;
    private final PreparedStatement delivery;
    private final PreparedStatement eventDone;
    private final PreparedStatement attempt;
    private final PreparedStatement attemptDone;
    private final PreparedStatement deliveryDone;
    private final PreparedStatement reference;

    BareRows(Connection connection) throws SQLException {
        event = connection.prepareStatement("INSERT OR IGNORE INTO event VALUES (?, ?, ?, ?, 'NEW')");
        conversation = connection.prepareStatement("INSERT INTO conversation VALUES (?, ?, ?, 'open', NULL)");
        message = connection.prepareStatement("INSERT INTO message VALUES (?, ?, ?)");
        delivery = connection.prepareStatement("INSERT INTO delivery VALUES (?, ?, 'PENDING')");
        eventDone = connection.prepareStatement("UPDATE event SET state='DONE' WHERE id=?");
        attempt = connection.prepareStatement("INSERT INTO attempt VALUES (?, ?, NULL)");
        attemptDone = connection.prepareStatement("UPDATE attempt SET outcome='DELIVERED' WHERE delivery=?");
        deliveryDone = connection.prepareStatement("UPDATE delivery SET state='DONE' WHERE id=?");
        reference = connection.prepareStatement("UPDATE conversation SET reference=? WHERE id=? AND reference IS NULL");
    }

    static void create(Statement statement) throws SQLException {
        statement.execute(
                "CREATE TABLE event (id INTEGER PRIMARY KEY, key TEXT UNIQUE, sender TEXT, raw BLOB, state TEXT)");
        statement.execute(
                "CREATE TABLE conversation (id INTEGER PRIMARY KEY, sender TEXT, name TEXT, status TEXT, reference TEXT)");
        statement.execute("CREATE TABLE message (id INTEGER PRIMARY KEY, conversation INTEGER, text TEXT)");
        statement.execute("CREATE TABLE delivery (id INTEGER PRIMARY KEY, conversation INTEGER, state TEXT)");
        statement.execute("CREATE TABLE attempt (delivery INTEGER PRIMARY KEY, at INTEGER, outcome TEXT)");
    }

    /** The event with its raw bytes; false when its key is known. */
    boolean accept(BareMessage one) throws SQLException {
        return run(event, one.id(), one.key(), one.sender(), one.raw());
    }

    /** The message in its conversation, the delivery, and the event is done. */
    boolean converse(BareMessage one, long in, boolean begins) throws SQLException {
        if (begins) {
            run(conversation, in, one.sender(), one.name());
        }
        run(message, one.id(), in, one.text());
        run(delivery, one.id(), in);
        return run(eventDone, one.id());
    }

    boolean attempt(BareMessage one) throws SQLException {
        return run(attempt, one.id(), System.currentTimeMillis());
    }

    /** What came of it, and the desk's id for the conversation. */
    boolean settle(BareMessage one, long in, String answer) throws SQLException {
        run(attemptDone, one.id());
        run(reference, answer, in);
        return run(deliveryDone, one.id());
    }

    private static boolean run(PreparedStatement statement, Object... values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
        return statement.executeUpdate() > 0;
    }
}
