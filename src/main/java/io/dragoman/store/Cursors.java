// SPDX-License-Identifier: Apache-2.0
package io.dragoman.store;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * How far each polled account was read, written together with what was read, and whose turn it is to read on: one gateway's
 * at a time. A turn has an epoch, so that who was taken for gone changes nothing afterwards.
 */
public final class Cursors {
    private final Sql sql;

    Cursors(Sql sql) {
        this.sql = sql;
    }

    /** The right to poll an account, until another has it. */
    public record Turn(String source, String owner, long epoch) {}

    /** The position; empty at first. */
    public String get(String source) {
        return sql.one("SELECT position FROM cursor WHERE source=?", row -> row.getString(1), source)
                .orElse("");
    }

    /**
     * Moves the position.
     *
     * @throws StoreException.Conflict when the turn is over
     */
    public void set(Turn turn, String position, long now) {
        if (sql.update(
                        "UPDATE cursor SET position=?, updated_at=? WHERE source=? AND owner=? AND epoch=?",
                        position,
                        now,
                        turn.source(),
                        turn.owner(),
                        turn.epoch())
                == 0) {
            throw new StoreException.Conflict("another gateway polls this account now");
        }
    }

    /** Begins a turn, which ends the one before; empty when it is another gateway's. */
    public Optional<Turn> take(String source, String owner, long now) {
        return sql.one("""
                INSERT INTO cursor(source, position, updated_at, owner, epoch) VALUES(?,'',?,?,1)
                ON CONFLICT(source) DO UPDATE SET owner=excluded.owner, epoch=cursor.epoch+1
                WHERE cursor.owner IS NULL OR cursor.owner=excluded.owner RETURNING epoch""", row -> new Turn(source, owner, row.getLong(1)), source, now, owner);
    }

    /** Ends a turn, if it is not over. */
    public void giveBack(Turn turn) {
        sql.update(
                "UPDATE cursor SET owner=NULL, lease_until=0 WHERE source=? AND owner=? AND epoch=?",
                turn.source(),
                turn.owner(),
                turn.epoch());
    }

    /** Which gateway polls each account; without those that nobody polls. */
    public Map<String, String> owners() {
        Map<String, String> owners = new TreeMap<>();
        sql.all(
                "SELECT source, owner FROM cursor WHERE owner IS NOT NULL",
                row -> owners.put(row.getString(1), row.getString(2)));
        return owners;
    }

    /** Frees what processes that are gone polled; only for a store that this process alone uses. */
    void recover() {
        sql.update("UPDATE cursor SET owner=NULL, lease_until=0 WHERE owner IS NOT NULL");
    }

    /** Frees what a gateway polled that is gone. */
    void recover(String owner) {
        sql.update("UPDATE cursor SET owner=NULL, lease_until=0 WHERE owner=?", owner);
    }

    /** Frees what gateways poll that are not among the peers: one that came back for a moment after it was taken for gone. */
    void recoverOrphans() {
        sql.update("UPDATE cursor SET owner=NULL, lease_until=0 WHERE owner IS NOT NULL"
                + " AND NOT EXISTS(SELECT 1 FROM peer WHERE peer.owner=cursor.owner)");
    }
}
