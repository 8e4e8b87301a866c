// SPDX-License-Identifier: Apache-2.0
package io.dragoman.store;

import java.util.List;
import java.util.Set;

/**
 * Queues of work that must happen in order, with leases and fencing: a claim raises the lane's epoch, and every later
 * write of the claimer names that epoch, so that a worker whose lease ran out changes nothing.
 */
public final class Lanes {
    private static final String FENCE = " WHERE lane=? AND epoch=? AND owner=?";

    private final Sql sql;
    private final Set<Kind> woken;

    Lanes(Sql sql, Set<Kind> woken) {
        this.sql = sql;
        this.woken = woken;
    }

    /** What waits in a lane. */
    public enum Kind {
        INBOX,
        OUTBOX
    }

    /** A lane that we hold. */
    public record Claim(String lane, long epoch, String owner, Kind kind) {}

    /** Makes room for one more at the end and gives its place. */
    long append(String lane, Kind kind, String target, long readyAt) {
        woken.add(kind);
        return sql.number("""
                INSERT INTO lane(lane, kind, target, next_seq, open, ready_at) VALUES(?,?,?,2,1,?)
                ON CONFLICT(lane) DO UPDATE SET next_seq=lane.next_seq+1, open=lane.open+1,
                  ready_at=COALESCE(lane.ready_at, excluded.ready_at)
                RETURNING next_seq-1""", lane, kind.name(), target, readyAt);
    }

    /** Takes up to {@code most} lanes that are ready and free. */
    public List<Claim> claim(Kind kind, String owner, int most, long now, long leaseMillis) {
        return sql.all(
                """
                WITH c AS MATERIALIZED (SELECT lane FROM lane
                  WHERE kind=? AND ready_at<=? AND lease_until<? AND paused IS NULL ORDER BY ready_at LIMIT ?)
                UPDATE lane SET owner=?, lease_until=?, epoch=epoch+1 WHERE lane IN (SELECT lane FROM c)
                RETURNING lane, epoch""",
                row -> new Claim(row.getString(1), row.getLong(2), owner, kind),
                kind.name(),
                now,
                now,
                most,
                owner,
                now + leaseMillis);
    }

    /** Frees what a process that is gone held; only for a store that this process alone uses. */
    void recover() {
        sql.update("UPDATE lane SET owner=NULL, lease_until=0 WHERE lease_until>0");
    }

    /** When the next lane becomes ready; the far future when none waits. */
    public long nextReady(Kind kind) {
        return sql.one("""
                        SELECT MAX(ready_at, lease_until) FROM lane WHERE kind=? AND ready_at IS NOT NULL AND paused IS NULL
                        ORDER BY ready_at LIMIT 1""", row -> row.getLong(1), kind.name()).orElse(Long.MAX_VALUE);
    }

    /** Since when the longest waiting lane that could be worked on waits; the far future when none does. */
    public long oldestReady(Kind kind, long now) {
        return sql.one(
                        "SELECT ready_at FROM lane WHERE kind=? AND ready_at<=? AND paused IS NULL ORDER BY ready_at LIMIT 1",
                        row -> row.getLong(1),
                        kind.name(),
                        now)
                .orElse(Long.MAX_VALUE);
    }

    /** The head is done: frees the lane for its next, at {@code now} when there is one. */
    void advance(Claim claim, long now) {
        fenced(sql.update(
                "UPDATE lane SET open=open-1, owner=NULL, lease_until=0, ready_at=CASE WHEN open>1 THEN ? END" + FENCE,
                now,
                claim.lane(),
                claim.epoch(),
                claim.owner()));
        woken.add(claim.kind());
    }

    /** The head stays: frees the lane and lets it wait. */
    void park(Claim claim, long until) {
        fenced(sql.update(
                "UPDATE lane SET owner=NULL, lease_until=0, ready_at=?" + FENCE,
                until,
                claim.lane(),
                claim.epoch(),
                claim.owner()));
        woken.add(claim.kind());
    }

    /** A claim on a lane that turned out to be empty. */
    public void release(Claim claim) {
        sql.update(
                "UPDATE lane SET owner=NULL, lease_until=0, ready_at=NULL, open=0" + FENCE,
                claim.lane(),
                claim.epoch(),
                claim.owner());
    }

    /** Lets a lane's waiting head go now. */
    void hurry(String lane, long now) {
        sql.update("UPDATE lane SET ready_at=? WHERE lane=? AND ready_at>?", now, lane, now);
        woken.add(Kind.OUTBOX);
    }

    private static void fenced(int rows) {
        if (rows == 0) {
            throw new StoreException.Conflict("the lane was taken over by another worker");
        }
    }
}
