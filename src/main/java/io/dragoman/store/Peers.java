// SPDX-License-Identifier: Apache-2.0
package io.dragoman.store;

import java.util.List;

/**
 * The gateways that share a store. Each sends heartbeats; what one held that missed them is freed for
 * the others. One that was only slow is fenced off, so a wrong guess costs a repetition and nothing else.
 */
public final class Peers {
    private final Sql sql;
    private final Lanes lanes;

    Peers(Sql sql, Lanes lanes) {
        this.sql = sql;
        this.lanes = lanes;
    }

    /** Records a heartbeat. */
    public void beat(String owner, long now) {
        sql.update("""
                INSERT INTO peer(owner, seen_at) VALUES(?,?)
                ON CONFLICT(owner) DO UPDATE SET seen_at=excluded.seen_at""", owner, now);
    }

    /** The gateways that sent heartbeats and have not left. */
    public List<String> all() {
        return sql.all("SELECT owner FROM peer ORDER BY owner", row -> row.getString(1));
    }

    /** Removes a gateway and frees what it still holds. */
    public void leave(String owner) {
        lanes.recover(owner);
        sql.update("UPDATE cursor SET owner=NULL, lease_until=0 WHERE owner=?", owner);
        sql.update("DELETE FROM peer WHERE owner=?", owner);
    }

    /** Removes the gateways not seen since a time, frees what they hold and returns them. */
    public List<String> evict(long notSeenSince) {
        List<String> evicted = sql.all("SELECT owner FROM peer WHERE seen_at<?", row -> row.getString(1), notSeenSince);
        evicted.forEach(this::leave);
        return evicted;
    }
}
