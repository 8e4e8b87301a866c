// SPDX-License-Identifier: Apache-2.0
package io.dragoman.store;

/** How far each polled account was read. Written together with what was read. */
public final class Cursors {
    private final Sql sql;

    Cursors(Sql sql) {
        this.sql = sql;
    }

    /** The position; empty at first. */
    public String get(String source) {
        return sql.one("SELECT position FROM cursor WHERE source=?", row -> row.getString(1), source)
                .orElse("");
    }

    public void set(String source, String position, long now) {
        sql.update("""
                INSERT INTO cursor(source, position, updated_at) VALUES(?,?,?)
                ON CONFLICT(source) DO UPDATE SET position=excluded.position, updated_at=excluded.updated_at""", source, position, now);
    }

    /** Takes or keeps the right to poll an account, among gateways that share a store; false when another has it. */
    public boolean lease(String source, String owner, long now, long until) {
        return sql.update("""
                INSERT INTO cursor(source, position, updated_at, owner, lease_until) VALUES(?,'',?,?,?)
                ON CONFLICT(source) DO UPDATE SET owner=excluded.owner, lease_until=excluded.lease_until
                WHERE cursor.owner IS NULL OR cursor.owner=excluded.owner OR cursor.lease_until<?""", source, now, owner, until, now) > 0;
    }
}
