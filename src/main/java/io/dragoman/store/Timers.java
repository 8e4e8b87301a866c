// SPDX-License-Identifier: Apache-2.0
package io.dragoman.store;

import io.dragoman.connector.Request;
import io.dragoman.model.Hashes;
import io.dragoman.model.Json;
import io.dragoman.model.Timer;
import io.dragoman.model.TimerFired;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What is to happen at a time. Whoever waits for something sets a timer in the transaction of what it follows, and
 * cancels it in that of what makes it pointless. A timer that is due ends, and becomes an event in its conversation's
 * lane, in one transaction: so it fires once, whatever ends the process and however the clock jumps.
 */
public final class Timers {
    private static final String COLUMNS = "id, kind, key, due_at, conversation, contact, payload, event, set_at";
    private static final String DUE =
            "WITH d AS MATERIALIZED (SELECT id FROM timer WHERE due_at<=? ORDER BY due_at, id LIMIT ?";
    private static final String TAKE = ") DELETE FROM timer WHERE id IN (SELECT id FROM d) RETURNING " + COLUMNS;
    private static final String TAKE_DUE = DUE + TAKE;
    /** Passes by those that another gateway is just taking. */
    private static final String TAKE_DUE_AMONG_OTHERS = DUE + " FOR UPDATE SKIP LOCKED" + TAKE;

    private final Sql sql;

    Timers(Sql sql) {
        this.sql = sql;
    }

    /** Sets a timer; it takes the place of one with the same key. */
    public void set(Timer timer) {
        cancel(timer.key());
        setIfAbsent(timer);
    }

    /** Sets a timer unless one with the same key is set already. */
    public void setIfAbsent(Timer timer) {
        sql.update(
                "INSERT INTO timer(" + COLUMNS + ") VALUES(?,?,?,?,?,?,?,?,?) ON CONFLICT(key) DO NOTHING",
                timer.id(),
                timer.kind(),
                timer.key(),
                timer.due().toEpochMilli(),
                timer.conversation(),
                timer.contact(),
                timer.payload(),
                timer.event(),
                timer.setAt().toEpochMilli());
    }

    /** Whether there was one to cancel. */
    public boolean cancel(String key) {
        return sql.update("DELETE FROM timer WHERE key=?", key) > 0;
    }

    /** Cancels all of a kind in a conversation; gives how many there were. */
    public int cancel(String conversation, String kind) {
        return sql.update("DELETE FROM timer WHERE conversation=? AND kind=?", conversation, kind);
    }

    public Optional<Timer> find(String key) {
        return sql.one("SELECT " + COLUMNS + " FROM timer WHERE key=?", Timers::read, key);
    }

    /** Those of a conversation that wait, the next first. */
    public List<Timer> of(String conversation) {
        return sql.all(
                "SELECT " + COLUMNS + " FROM timer WHERE conversation=? ORDER BY due_at, id",
                Timers::read,
                conversation);
    }

    /** How many wait, due or not. */
    public long waiting() {
        return sql.number("SELECT count(*) FROM timer");
    }

    /** Whether any is due. */
    public boolean due(long now) {
        return sql.one("SELECT 1 FROM timer WHERE due_at<=? LIMIT 1", row -> true, now)
                .isPresent();
    }

    /** Ends up to {@code most} timers that are due; gives them in the order of their times. */
    public List<Timer> takeDue(long now, int most) {
        return sql.all(sql.shared() ? TAKE_DUE_AMONG_OTHERS : TAKE_DUE, Timers::read, now, most).stream()
                .sorted(Comparator.comparing(Timer::due).thenComparing(Timer::id))
                .toList();
    }

    /** What the inbox takes in for a timer that fired in a conversation's lane. */
    public static Events.Arrived arrived(Timer timer, String channel, String address, Instant now) {
        byte[] body = Json.bytes(timer);
        return new Events.Arrived(
                channel,
                Request.fired(timer.kind(), body, now),
                body,
                null,
                Hashes.sha256Hex(body),
                List.of(TimerFired.of(timer, address)),
                null);
    }

    private static Timer read(ResultSet row) throws SQLException {
        Columns columns = new Columns(row);
        return new Timer(
                columns.text(),
                columns.text(),
                columns.text(),
                columns.time(),
                columns.text(),
                columns.textOrNull(),
                columns.text(),
                columns.text(),
                columns.time());
    }
}
