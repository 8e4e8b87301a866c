// SPDX-License-Identifier: Apache-2.0
package io.dragoman.store;

import java.util.List;

/**
 * The gateways that share a store. Each says now and then that it lives; what one held that fell silent is freed for
 * the others. One that was only slow finds itself fenced off, so a wrong guess costs a repetition and nothing else.
 */
public final class Peers {
    private final Sql sql;
    private final Lanes lanes;

    Peers(Sql sql, Lanes lanes) {
        this.sql = sql;
        this.lanes = lanes;
    }

    /** Says that we live. */
    public void beat(String owner, long now) {
        sql.update("""
                INSERT INTO peer(owner, seen_at) VALUES(?,?)
                ON CONFLICT(owner) DO UPDATE SET seen_at=excluded.seen_at""", owner, now);
    }

    /** Who said that they live and did not say that they end. */
    public List<String> all() {
        return sql.all("SELECT owner FROM peer ORDER BY owner", row -> row.getString(1));
    }

    /** Says that we end, and frees what we still hold. */
    public void leave(String owner) {
        lanes.recover(owner);
        sql.update("UPDATE cursor SET owner=NULL, lease_until=0 WHERE owner=?", owner);
        sql.update("DELETE FROM peer WHERE owner=?", owner);
    }

    /** Frees what those hold that were not seen since a time; gives who they were. */
    public List<String> bury(long notSeenSince) {
        List<String> silent = sql.all("SELECT owner FROM peer WHERE seen_at<?", row -> row.getString(1), notSeenSince);
        silent.forEach(this::leave);
        return silent;
    }
}
