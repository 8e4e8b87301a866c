// SPDX-License-Identifier: Apache-2.0
package io.dragoman.store;

import io.dragoman.model.Json;
import io.dragoman.model.Reason;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The outbox: what is to be done outside, with every attempt. */
public final class Deliveries {
    private static final String OPEN = "state IN('READY','SENDING','RETRY')";

    /** In the order of {@link Stored}. */
    static final String COLUMNS =
            "id, lane, target, kind, key, event, message, conversation, payload, step, steps, automatic,"
                    + " state, attempts, base, unsure, crashes, next_at, since, reason, detail, created_at, done_at";

    private final Sql sql;
    private final Changes changes;
    private final Lanes lanes;

    Deliveries(Sql sql, Changes changes, Lanes lanes) {
        this.sql = sql;
        this.changes = changes;
        this.lanes = lanes;
    }

    /** What is to be done. */
    public enum Kind {
        /** Send a message to a customer. */
        MESSAGE,
        /** Send a notice to a desk. */
        NOTICE,
        /** Send a read receipt to the channel. */
        SEEN,
        /** Fetch the bytes of a media item. */
        FETCH,
        /** Mail the customer what they have not read by now. */
        UNREAD,
        /** Hand over what a bot has not answered by now. */
        BOT,
        /** Tell a program that counts of an event. */
        COUNT
    }

    /** Its state. */
    public enum State {
        READY,
        SENDING,
        RETRY,
        UNCERTAIN,
        DELIVERED,
        DEAD,
        CANCELLED
    }

    /**
     * Where a delivery waits and goes.
     *
     * @param target the channel or desk
     * @param channel of the conversation; deliveries of different channels take turns at a target
     */
    public record Destination(String lane, String target, String channel) {}

    /**
     * Why there is a delivery.
     *
     * @param key a stable function of the cause: the same cause never enqueues twice at one target
     * @param event the event that led to it
     */
    public record Cause(String key, String event, @Nullable String message, String conversation) {}

    /**
     * Something to enqueue.
     *
     * @param payload JSON, by kind
     * @param automatic whether a rule and not a person asked for it
     * @param notBefore when it may go out, in milliseconds
     */
    public record Fresh(
            String id, Kind kind, Destination to, Cause cause, String payload, boolean automatic, long notBefore) {
        @Override
        public String toString() {
            return "Fresh[" + kind + ", " + id + "]";
        }
    }

    /**
     * A delivery as stored.
     *
     * @param step how many steps are done
     * @param base how many of the attempts were made before the present step or replay
     * @param unsure whether the step may be out already
     * @param crashes attempts in a row that ended with the process
     * @param since when its deadline began to run
     */
    @RecordBuilder
    public record Stored(
            String id,
            String lane,
            String target,
            Kind kind,
            String key,
            String event,
            @Nullable String message,
            String conversation,
            String payload,
            int step,
            int steps,
            boolean automatic,
            State state,
            int attempts,
            int base,
            boolean unsure,
            int crashes,
            Instant nextAt,
            Instant since,
            @Nullable Reason reason,
            @Nullable String detail,
            Instant createdAt,
            @Nullable Instant doneAt) {
        /** What a {@link Kind#FETCH} fetches: the id of a media item. */
        public String mediaItem() {
            return Json.read(payload, String.class);
        }

        /** Whose answer {@link Kind#UNREAD} mails, or what {@link Kind#BOT} waits to be answered: the id of a message. */
        public String timedMessage() {
            return Json.read(payload, String.class);
        }

        @Override
        public String toString() {
            return "Stored[" + kind + ", " + id + "]";
        }
    }

    /** Puts a delivery at the end of its lane; false when its cause was enqueued before. */
    public boolean insert(Fresh d, long now) {
        Optional<Long> seq = lanes.append(d);
        if (seq.isEmpty()) {
            return false;
        }
        sql.update(
                """
                INSERT INTO delivery(id,lane,seq,target,kind,key,event,message,conversation,payload,automatic,state,
                  next_at,since,created_at) VALUES(?,?,?,?,?,?,?,?,?,?,?,'READY',?,?,?)""",
                d.id(),
                d.to().lane(),
                seq.get(),
                d.to().target(),
                d.kind().name(),
                d.cause().key(),
                d.cause().event(),
                d.cause().message(),
                d.cause().conversation(),
                d.payload(),
                d.automatic() ? 1 : 0,
                d.notBefore(),
                now,
                now);
        return true;
    }

    /** The heads of claimed lanes, by lane. */
    public Map<String, Stored> heads(List<Lanes.Claim> claims) {
        return Lanes.byLane(
                sql.all(
                        "SELECT " + COLUMNS
                                + " FROM delivery WHERE id IN (SELECT (SELECT id FROM delivery WHERE lane=value AND "
                                + OPEN + " ORDER BY seq LIMIT 1) FROM texts(?))",
                        Deliveries::stored,
                        Lanes.names(claims)),
                Stored::lane);
    }

    /** One step is through and more follow: the lane stays with this delivery. */
    public void stepDone(Lanes.Claim claim, String id, int steps, long now) {
        lanes.park(claim, now);
        sql.update(
                "UPDATE delivery SET state='READY', step=step+1, steps=?, base=attempts, unsure=0, crashes=0, next_at=?, since=? WHERE id=?",
                steps,
                now,
                now,
                id);
    }

    /** The delivery has ended, one way or another; its lane goes on. */
    public void finish(
            Lanes.Claim claim, String id, State state, @Nullable Reason reason, @Nullable String detail, long now) {
        lanes.advance(claim, now);
        changes.update(
                "UPDATE delivery SET state=?, step=CASE WHEN ?='DELIVERED' THEN steps ELSE step END, reason=?, detail=?, done_at=? WHERE id=?",
                state.name(),
                state.name(),
                reason == null ? null : reason.name(),
                detail,
                now,
                id);
    }

    /** The delivery waits for another try; {@code unsure} says whether the step may be out already. */
    public void retry(
            Lanes.Claim claim, String id, boolean unsure, @Nullable Reason reason, @Nullable String detail, long at) {
        lanes.park(claim, at);
        changes.update(
                "UPDATE delivery SET state='RETRY', unsure=?, crashes=0, reason=?, detail=?, next_at=? WHERE id=?",
                unsure ? 1 : 0,
                reason == null ? null : reason.name(),
                detail,
                at,
                id);
    }

    /** A delivery that was claimed before its time waits on. */
    public void await(Lanes.Claim claim, long until) {
        lanes.park(claim, until);
    }

    /**
     * The delivery's deadline is exceeded, and its lane stops with it at the head until somebody resumes it.
     *
     * @param unsure whether the step may be out already
     */
    public void stop(Lanes.Claim claim, String id, boolean unsure, String reason, long now) {
        lanes.stop(claim, reason, now);
        changes.update(
                "UPDATE delivery SET state='RETRY', unsure=?, crashes=0, since=?, next_at=? WHERE id=?",
                unsure ? 1 : 0,
                now,
                now,
                id);
    }

    /** Since when the oldest delivery has been tried in vain, in milliseconds, where its lane is not paused. */
    public Optional<Long> oldestRetry() {
        return sql.one(
                "SELECT d.since FROM delivery d JOIN lane l ON l.lane=d.lane WHERE d.state='RETRY' AND l.paused IS NULL"
                        + " ORDER BY d.since LIMIT 1",
                row -> row.getLong(1));
    }

    /** What waits for a target that has recovered is tried before its schedule; a few lanes at a time. */
    public int hurryTarget(String target, long now, int most) {
        List<String> lanesBack = sql.all(
                "UPDATE delivery SET next_at=? WHERE id IN (SELECT id FROM delivery WHERE state='RETRY' AND target=?"
                        + " AND next_at>? LIMIT ?) RETURNING lane",
                row -> row.getString(1),
                now,
                target,
                now,
                most);
        lanesBack.forEach(lane -> lanes.hurry(lane, now));
        return lanesBack.size();
    }

    /** What was held until the customer writes goes now. */
    public void open(String channel, String conversation, long now) {
        String lane = "out/" + channel + "/" + conversation;
        sql.update(
                "UPDATE delivery SET next_at=? WHERE lane=? AND state='RETRY' AND reason='WINDOW_CLOSED'", now, lane);
        lanes.hurry(lane, now);
    }

    /** What waited for a message's media need not wait any longer. */
    public void hurry(String message, long now) {
        sql.all(
                        "UPDATE delivery SET next_at=? WHERE message=? AND state='READY' AND next_at>? RETURNING lane",
                        row -> row.getString(1),
                        now,
                        message,
                        now)
                .forEach(lane -> lanes.hurry(lane, now));
    }

    public Optional<Stored> find(String id) {
        return sql.one("SELECT " + COLUMNS + " FROM delivery WHERE id=?", Deliveries::stored, id);
    }

    /** What an event caused, in order. */
    public List<Stored> ofEvent(String event) {
        return sql.all("SELECT " + COLUMNS + " FROM delivery WHERE event=? ORDER BY id", Deliveries::stored, event);
    }

    /** What a message is delivered by, in order. */
    public List<Stored> ofMessage(String message) {
        return sql.all("SELECT " + COLUMNS + " FROM delivery WHERE message=? ORDER BY id", Deliveries::stored, message);
    }

    /** Deliveries, the latest first. */
    public List<Stored> recent(@Nullable State state, int most) {
        return state == null
                ? sql.all("SELECT " + COLUMNS + " FROM delivery ORDER BY id DESC LIMIT ?", Deliveries::stored, most)
                : sql.all(
                        "SELECT " + COLUMNS + " FROM delivery WHERE state=? ORDER BY id DESC LIMIT ?",
                        Deliveries::stored,
                        state.name(),
                        most);
    }

    /** How many deliveries each target has in each state. */
    public List<Count> counts() {
        return sql.all(
                "SELECT target, state, count(*) FROM delivery GROUP BY target, state",
                row -> new Count(row.getString(1), State.valueOf(row.getString(2)), row.getLong(3)));
    }

    /** A figure of {@link #counts}. */
    public record Count(String target, State state, long deliveries) {}

    static Stored stored(ResultSet row) throws SQLException {
        Columns columns = new Columns(row);
        return new Stored(
                columns.text(),
                columns.text(),
                columns.text(),
                Kind.valueOf(columns.text()),
                columns.text(),
                columns.text(),
                columns.textOrNull(),
                columns.text(),
                columns.text(),
                columns.number(),
                columns.number(),
                columns.flag(),
                State.valueOf(columns.text()),
                columns.number(),
                columns.number(),
                columns.flag(),
                columns.number(),
                columns.time(),
                columns.time(),
                reason(columns.textOrNull()),
                columns.textOrNull(),
                columns.time(),
                columns.timeOrNull());
    }

    private static @Nullable Reason reason(@Nullable String name) {
        return name == null ? null : Reason.valueOf(name);
    }
}
