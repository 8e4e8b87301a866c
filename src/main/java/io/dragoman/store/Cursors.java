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
}
