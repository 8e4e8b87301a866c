// SPDX-License-Identifier: Apache-2.0
package io.dragoman.store;

import io.dragoman.model.PhoneNumber;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Queues of work that must happen in order, with leases and fencing: a claim raises the lane's epoch, and every later
 * write of the claimer names that epoch, so that a worker whose lease ran out changes nothing. A lane has a row only while
 * something waits in it, is under way, or it is paused: what every message writes stays small, whoever wrote it. A lane
 * that comes back begins with an epoch of its own, far from all before.
 */
public final class Lanes {
    private static final String FENCE = " WHERE lane=? AND epoch=? AND owner=?";
    private static final String EMPTY = "DELETE FROM lane" + FENCE;
    private static final String LAST = EMPTY + " AND open=1 AND paused IS NULL";
    private static final String WAITING = " AND ready_at IS NOT NULL AND paused IS NULL";

    /** When a lane is ready that a process held which is gone: what it held comes first, since when is not known. */
    private static final String AT_ONCE = "CASE WHEN ready_at IS NULL THEN NULL ELSE 0 END";

    private static final String READY =
            "WITH c AS MATERIALIZED (SELECT lane FROM lane WHERE kind=? AND flow=? AND bulk=? AND ready_at<=?"
                    + " AND lease_until<? AND paused IS NULL ORDER BY ready_at LIMIT ?";
    /** A lane that is held is ready when its lease ends: a claim need not pass by all that are under way. */
    private static final String TAKE = ") UPDATE lane SET owner=?, lease_until=?, ready_at=?, epoch=epoch+1"
            + " WHERE lane IN (SELECT lane FROM c) RETURNING lane, epoch";

    private static final String CLAIM = READY + TAKE;
    /** Passes by the lanes that another gateway is just claiming. */
    private static final String CLAIM_AMONG_OTHERS = READY + " FOR UPDATE SKIP LOCKED" + TAKE;

    private static final String ONE_MORE = """
             ON CONFLICT(lane) DO UPDATE SET next_seq=lane.next_seq+1, open=lane.open+1,
              bulk=CASE WHEN lane.open=0 OR excluded.bulk=0 THEN excluded.bulk ELSE lane.bulk END,
              ready_at=COALESCE(lane.ready_at, excluded.ready_at)
            RETURNING next_seq-1""";

    private final Sql sql;
    private final Set<FlowKey> woken;

    Lanes(Sql sql, Set<FlowKey> woken) {
        this.sql = sql;
        this.woken = woken;
    }

    /** The lane of what comes from an address of a channel, or of an order of a shop. */
    public static String inbox(String source, String address) {
        return "in/" + source + "/" + PhoneNumber.sameForAll(address);
    }

    /** What waits in a lane. */
    public enum Kind {
        INBOX,
        OUTBOX
    }

    /**
     * A lane that we hold.
     *
     * @param bulk whether its work waits behind live work; what it causes does too
     */
    public record Claim(String lane, long epoch, String owner, FlowKey flow, boolean bulk) {
        /** Without the lane, which may hold a customer's address. */
        @Override
        public String toString() {
            return flow + " epoch " + epoch + " of " + owner;
        }
    }

    /**
     * Makes room for one more at the end and gives its place. A lane with anything live in it is live.
     *
     * @param id of what is put there
     */
    long append(String lane, String id, FlowKey flow, boolean bulk, long readyAt) {
        woken.add(flow);
        return sql.number(
                "INSERT INTO lane(lane,kind,flow,bulk,next_seq,open,ready_at,epoch) VALUES(?,?,?,?,2,1,?,?)" + ONE_MORE,
                lane,
                flow.kind().name(),
                flow.name(),
                bulk ? 1 : 0,
                readyAt,
                firstEpoch(id, readyAt));
    }

    /** Where the epochs begin of a lane that {@code id} opens at a time: no claim of an earlier time in it has one of these. */
    private static long firstEpoch(String id, long at) {
        return Integer.toUnsignedLong(Objects.hash(id, at)) << 24;
    }

    /** The same for a delivery, whose cause says whether it is bulk work; empty where it was enqueued before. */
    Optional<Long> append(Deliveries.Fresh d) {
        FlowKey flow = FlowKey.outbox(d.kind(), d.to().target(), d.to().channel());
        Optional<Long> seq = sql.one(
                """
                INSERT INTO lane(lane,kind,flow,bulk,next_seq,open,ready_at,epoch) SELECT ?,?,?,
                  COALESCE((SELECT l.bulk FROM event e JOIN lane l ON l.lane=e.lane WHERE e.id=?),0),2,1,
                  CAST(? AS BIGINT),CAST(? AS BIGINT)
                WHERE NOT EXISTS(SELECT 1 FROM delivery WHERE target=? AND key=?)""" + ONE_MORE,
                row -> row.getLong(1),
                d.to().lane(),
                flow.kind().name(),
                flow.name(),
                d.cause().event(),
                d.notBefore(),
                firstEpoch(d.id(), d.notBefore()),
                d.to().target(),
                d.cause().key());
        seq.ifPresent(place -> woken.add(flow));
        return seq;
    }

    static List<String> names(List<Claim> claims) {
        return claims.stream().map(Claim::lane).toList();
    }

    static <T> Map<String, T> byLane(List<T> heads, Function<T, String> lane) {
        return heads.stream().collect(Collectors.toMap(lane, Function.identity()));
    }

    /** Takes up to {@code most} lanes of a flow that are ready and free, those that waited longest first. */
    public List<Claim> claim(FlowKey flow, boolean bulk, String owner, int most, long now, long leaseMillis) {
        return sql.all(
                sql.shared() ? CLAIM_AMONG_OTHERS : CLAIM,
                row -> new Claim(row.getString(1), row.getLong(2), owner, flow, bulk),
                flow.kind().name(),
                flow.name(),
                bulk ? 1 : 0,
                now,
                now,
                most,
                owner,
                now + leaseMillis,
                now + leaseMillis);
    }

    /** The flows that have anything waiting, ready or not; one step in the index for each. */
    public List<String> flows(Kind kind) {
        return sql.all(
                "WITH RECURSIVE f(name) AS (SELECT (SELECT MIN(flow) FROM lane WHERE kind=?" + WAITING + ")"
                        + " UNION ALL SELECT (SELECT MIN(flow) FROM lane WHERE kind=? AND flow>f.name" + WAITING + ")"
                        + " FROM f WHERE f.name IS NOT NULL) SELECT name FROM f WHERE name IS NOT NULL",
                row -> row.getString(1),
                kind.name(),
                kind.name());
    }

    /** Frees what processes that are gone held; only for a store that this process alone uses. */
    void recover() {
        sql.update("UPDATE lane SET owner=NULL, lease_until=0, ready_at=" + AT_ONCE + " WHERE lease_until>0");
    }

    /** Frees what a gateway held that is gone. */
    int recover(String owner) {
        return sql.update("UPDATE lane SET owner=NULL, lease_until=0, ready_at=" + AT_ONCE + " WHERE owner=?", owner);
    }

    /** Since when the longest waiting lane that nobody works on waits; the far future when none does. */
    public long oldestReady(Kind kind) {
        long oldest = Long.MAX_VALUE;
        for (String flow : flows(kind)) {
            for (int bulk = 0; bulk <= 1; bulk++) {
                oldest = Math.min(
                        oldest,
                        sql.one(
                                        "SELECT ready_at FROM lane WHERE kind=? AND flow=? AND bulk=? AND ready_at>0"
                                                + WAITING + " ORDER BY ready_at LIMIT 1",
                                        row -> row.getLong(1),
                                        kind.name(),
                                        flow,
                                        bulk)
                                .orElse(Long.MAX_VALUE));
            }
        }
        return oldest;
    }

    /** The head is done: frees the lane for its next, at {@code now} when there is one. */
    void advance(Claim claim, long now) {
        if (!end(claim, LAST)) {
            fenced(sql.update(
                    "UPDATE lane SET open=open-1, owner=NULL, lease_until=0, ready_at=CASE WHEN open>1 THEN ? END"
                            + FENCE,
                    now,
                    claim.lane(),
                    claim.epoch(),
                    claim.owner()));
        }
        woken.add(claim.flow());
    }

    private boolean end(Claim claim, String delete) {
        return sql.update(delete, claim.lane(), claim.epoch(), claim.owner()) > 0;
    }

    /** The head stays: frees the lane and lets it wait. */
    void park(Claim claim, long until) {
        fenced(sql.update(
                "UPDATE lane SET owner=NULL, lease_until=0, ready_at=?" + FENCE,
                until,
                claim.lane(),
                claim.epoch(),
                claim.owner()));
        woken.add(claim.flow());
    }

    /** The head stays and the lane stops until somebody resumes it. */
    void stop(Claim claim, String reason, long now) {
        park(claim, now);
        pause(claim.lane(), reason);
    }

    /** A claim on a lane that turned out to be empty. */
    public void release(Claim claim) {
        end(claim, EMPTY);
    }

    /** One that waited in a lane that nobody holds is there no more. */
    void withdraw(String lane) {
        sql.update("UPDATE lane SET open=open-1, ready_at=CASE WHEN open>1 THEN ready_at END WHERE lane=?", lane);
        sql.update("DELETE FROM lane WHERE lane=? AND open=0 AND paused IS NULL", lane);
    }

    /** Lets a lane's waiting head go now. */
    void hurry(String lane, long now) {
        woken.addAll(sql.all(
                "UPDATE lane SET ready_at=? WHERE lane=? AND ready_at>? RETURNING kind, flow",
                Lanes::flow,
                now,
                lane,
                now));
    }

    private static FlowKey flow(java.sql.ResultSet row) throws java.sql.SQLException {
        return new FlowKey(Kind.valueOf(row.getString(1)), row.getString(2));
    }

    /**
     * Stops a lane, its work kept: one in which something waits, or one of a conversation towards a channel or desk. False
     * when there is no such lane.
     */
    public boolean pause(String lane, String reason) {
        return sql.update("UPDATE lane SET paused=? WHERE lane=?", reason, lane) > 0
                || empty(lane).map(flow -> stopEmpty(lane, flow, reason)).orElse(false);
    }

    private boolean stopEmpty(String lane, FlowKey flow, String reason) {
        return sql.update(
                        "INSERT INTO lane(lane,kind,flow,bulk,next_seq,open,epoch,paused) VALUES(?,?,?,0,1,0,?,?)",
                        lane,
                        flow.kind().name(),
                        flow.name(),
                        firstEpoch(lane, 0),
                        reason)
                > 0;
    }

    /** The flow of a conversation's lane in which nothing waits: {@code out/<channel or desk>/<conversation>}. */
    private Optional<FlowKey> empty(String lane) {
        String[] parts = lane.split("/", -1);
        if (parts.length != 3 || !parts[0].equals("out")) {
            return Optional.empty();
        }
        return sql.one(
                "SELECT channel FROM conversation WHERE id=?",
                row -> FlowKey.outbox(Deliveries.Kind.NOTICE, parts[1], row.getString(1)),
                parts[2]);
    }

    public boolean exists(String lane) {
        return sql.one("SELECT 1 FROM lane WHERE lane=?", row -> row.getInt(1), lane)
                        .isPresent()
                || empty(lane).isPresent();
    }

    /** Lets a lane go on; false when there is no such lane or it was not paused. */
    public boolean resume(String lane) {
        List<FlowKey> resumed = sql.all(
                "UPDATE lane SET paused=NULL WHERE lane=? AND paused IS NOT NULL RETURNING kind, flow",
                Lanes::flow,
                lane);
        sql.update("DELETE FROM lane WHERE lane=? AND open=0 AND paused IS NULL", lane);
        woken.addAll(resumed);
        return !resumed.isEmpty();
    }

    /**
     * A lane that somebody, or a deadline, stopped.
     *
     * @param open how much waits in it
     */
    public record Paused(String lane, String flow, String reason, long open) {}

    public List<Paused> paused(int most) {
        return sql.all(
                "SELECT lane, flow, paused, open FROM lane WHERE paused IS NOT NULL ORDER BY lane LIMIT ?",
                row -> new Paused(row.getString(1), row.getString(2), row.getString(3), row.getLong(4)),
                most);
    }

    private static void fenced(int rows) {
        if (rows == 0) {
            throw new StoreException.Conflict("another worker has taken the lane's lease");
        }
    }
}
