// SPDX-License-Identifier: Apache-2.0
package io.dragoman.store;

import static io.dragoman.store.EventRow.COLUMNS;

import io.dragoman.connector.Request;
import io.dragoman.model.CustomerEvent;
import io.dragoman.model.Event;
import io.dragoman.model.EventTypes;
import io.dragoman.model.Ignored;
import io.dragoman.model.Json;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The inbox: what arrived, raw and read. */
public final class Events {
    /** The source of what came through the admin port or the command line; no channel or desk is called so. */
    public static final String API = "api";

    /** What the source of a record begins with that no gateway wrote; no channel or desk can be called so. */
    public static final String TOPIC = "topic:";

    /** The type of what could not be read. */
    public static final String UNREAD = "unread";

    /** In place of a lane: of what ended when it arrived. */
    static final String ENDED = "ended";

    private final Sql sql;
    private final Lanes lanes;
    private final IgnoredEvents ignored;
    private final ErasedKeys erased;
    private final JustTaken justTaken = new JustTaken();

    Events(Sql sql, Lanes lanes, IgnoredEvents ignored, ErasedKeys erased) {
        this.sql = sql;
        this.lanes = lanes;
        this.ignored = ignored;
        this.erased = erased;
    }

    /** The state of an event. */
    public enum State {
        NEW,
        DONE,
        IGNORED,
        DEAD
    }

    /**
     * An event as stored.
     *
     * @param id also the id of the message that it brings
     * @param source the channel or desk that it came from
     * @param content JSON; empty for what could not be read
     * @param attempts how often work on it began
     * @param failures how often its processing failed
     * @param begun how often work on it began since its end was last recorded; more than one: the process ended in it
     * @param differing how many of the duplicates came with another body
     */
    @RecordBuilder
    public record Stored(
            String id,
            String source,
            String key,
            String raw,
            String lane,
            String type,
            String content,
            Instant receivedAt,
            State state,
            int attempts,
            int failures,
            int begun,
            @Nullable String reason,
            int duplicates,
            int differing,
            @Nullable Instant doneAt) {
        /** The event itself. */
        public Event event() {
            return Json.read(content, Event.class);
        }

        @Override
        public String toString() {
            return "Stored[" + id + "]";
        }
    }

    /**
     * Stores what one request said: raw bytes once, each event at the end of its lane, repetitions counted.
     *
     * @param ids makes ids in rising order
     */
    public Taken take(Arrived arrived, Supplier<String> ids, long now) {
        String raw = ids.get();
        int fresh = 0;
        List<IgnoredEvents.Named> named = new ArrayList<>();
        for (Event event : arrived.events()) {
            if (!known(arrived, event.key())) {
                if (fresh++ == 0) {
                    RawRow.insert(sql, raw, arrived);
                }
                append(ids.get(), arrived.source(), raw, event, backfilled(arrived), now);
                if (event instanceof Ignored one) {
                    named.add(new IgnoredEvents.Named(arrived.source(), one.kind()));
                }
            }
        }
        String unread = arrived.unread() == null ? null : Arrived.keyOf(arrived.sha256());
        if (unread != null && !known(arrived, unread)) {
            if (fresh == 0) {
                RawRow.insert(sql, raw, arrived);
            }
            insertRow(
                    ids.get(), arrived.source(), unread, raw, ENDED, 0, UNREAD, "", now, State.DEAD, arrived.unread());
            fresh++;
        }
        int all = arrived.events().size() + (unread == null ? 0 : 1);
        return new Taken(fresh, backfilled(arrived) ? 0 : all - fresh, List.copyOf(named));
    }

    /** Backfilled events wait behind live ones. */
    private static boolean backfilled(Arrived arrived) {
        return arrived.request().origin() == Request.Origin.BACKFILLED;
    }

    /** Whether the event is known already; that is counted unless it was backfilled. Of one that was erased no copy comes. */
    private boolean known(Arrived arrived, String key) {
        boolean known = sql.one("SELECT 1 FROM event WHERE source=? AND key=?", row -> true, arrived.source(), key)
                .isPresent();
        if (known && !backfilled(arrived)) {
            repeated(arrived.source(), key, arrived.sha256());
        }
        return known || erased.event(arrived.source(), key);
    }

    /**
     * A request and what it said.
     *
     * @param body null when {@code bodyFile} names the content-addressed file that has it
     * @param source the channel or desk that it concerns
     * @param events what could be read of it
     * @param unread why nothing, or no more, could be read of it, which makes it dead; null when all of it was
     */
    public record Arrived(
            String source,
            Request request,
            byte @Nullable [] body,
            @Nullable String bodyFile,
            String sha256,
            List<? extends Event> events,
            @Nullable String unread) {
        /** The key of an event that stands for a whole body: its SHA-256, in hexadecimal digits, tells it from others. */
        public static String keyOf(String sha256) {
            return "raw:" + sha256;
        }
    }

    /**
     * How many events were new and how many we had.
     *
     * @param ignored those of the new ones that are ignored
     */
    public record Taken(int fresh, int duplicates, List<IgnoredEvents.Named> ignored) {
        public Taken(int fresh, int duplicates) {
            this(fresh, duplicates, List.of());
        }
    }

    private void append(String id, String source, String raw, Event event, boolean bulk, long now) {
        if (event instanceof Ignored one) {
            ignored.insert(id, source, raw, one, now);
            return;
        }
        String lane = lane(source, event);
        long seq = lanes.append(lane, id, FlowKey.inbox(source), bulk, now);
        String type = EventTypes.of(event);
        String content = Json.write(event);
        insertRow(id, source, event.key(), raw, lane, seq, type, content, now, State.NEW, null);
        if (!sql.shared()) { // another gateway may be the one that works on it
            justTaken.add(id, event, content);
        }
    }

    /** The lane that an event of a source waits in. */
    public static String lane(String source, Event event) {
        return Lanes.inbox(source, event.lane());
    }

    /** An event that this process took in just now; null when it must be read. Given once. */
    public @Nullable Event remembered(String id) {
        return justTaken.remove(id);
    }

    /** Counts a repetition of what we have; the first copy stays, and a different body is noted, unless we wrote it. */
    private void repeated(String source, String key, String sha256) {
        sql.update("""
                UPDATE event SET duplicates=duplicates+1, differing=differing+
                  (SELECT CASE WHEN r.body_sha256=? OR r.origin='BACKFILLED' THEN 0 ELSE 1 END FROM raw r WHERE r.id=event.raw)
                WHERE source=? AND key=?""", sha256, source, key);
    }

    private void insertRow(
            String id,
            String source,
            String key,
            String raw,
            String lane,
            long seq,
            String type,
            String content,
            long now,
            State state,
            @Nullable String reason) {
        sql.update(
                "INSERT INTO event(id,source,key,raw,lane,seq,type,content,received_at,state,reason,done_at) VALUES(?,?,?,?,?,?,?,?,?,?,?,?)",
                id,
                source,
                key,
                raw,
                lane,
                seq,
                type,
                content,
                now,
                state.name(),
                reason,
                state == State.NEW ? null : now);
    }

    /** The heads of claimed lanes, by lane, each attempt counted before anybody works on it. */
    public Map<String, Stored> heads(List<Lanes.Claim> claims) {
        return Lanes.byLane(
                sql.all(
                        "UPDATE event SET attempts=attempts+1, begun=begun+1 WHERE id IN (SELECT (SELECT id FROM event"
                                + " WHERE lane=value AND state='NEW' ORDER BY seq LIMIT 1) FROM texts(?)) RETURNING "
                                + COLUMNS,
                        EventRow::read,
                        Lanes.names(claims)),
                Stored::lane);
    }

    /** The event is through; its lane goes on. */
    public void finish(Lanes.Claim claim, String id, State state, @Nullable String reason, long now) {
        lanes.advance(claim, now);
        sql.update("UPDATE event SET state=?, reason=?, done_at=? WHERE id=?", state.name(), reason, now, id);
    }

    /** Its processing failed; the event waits for another try. */
    public void retry(Lanes.Claim claim, String id, String reason, long at) {
        lanes.park(claim, at);
        sql.update("UPDATE event SET reason=?, begun=0, failures=failures+1 WHERE id=?", reason, id);
    }

    /** It could not be worked on, for no fault of its own: it waits as if nothing had been. */
    public void postpone(Lanes.Claim claim, String id, long at) {
        lanes.park(claim, at);
        countStart(id, -1);
    }

    /** Counts a start of work on an event, or takes that back. */
    public void countStart(String id, int by) {
        sql.update("UPDATE event SET attempts=attempts+?, begun=begun+? WHERE id=?", by, by, id);
    }

    public Optional<Stored> find(String id) {
        return sql.one("SELECT " + COLUMNS + " FROM event WHERE id=?", EventRow::read, id);
    }

    public Optional<Stored> find(String source, String key) {
        return sql.one("SELECT " + COLUMNS + " FROM event WHERE source=? AND key=?", EventRow::read, source, key);
    }

    /** The raw request as it arrived; its body may stand in a file. */
    public Optional<Raw> raw(String id) {
        return sql.one("SELECT * FROM raw WHERE id=?", RawRow::read, id);
    }

    /**
     * Raw bytes.
     *
     * @param bodyFile the content-addressed file that holds the body; null when {@code request} has it
     */
    public record Raw(Request request, @Nullable String bodyFile, String sha256) {}

    /** How many events each source has in each state. */
    public List<Count> counts() {
        return sql.all(
                "SELECT source, state, count(*) FROM event GROUP BY source, state",
                row -> new Count(row.getString(1), State.valueOf(row.getString(2)), row.getLong(3)));
    }

    /** A figure of {@link #counts}. */
    public record Count(String source, State state, long events) {}

    /** Messages of customers received since a time, in order, a page after the id {@code after}. */
    public List<Stored> messages(long since, String after, int most) {
        return sql.all(
                "SELECT " + COLUMNS + " FROM event WHERE type=? AND received_at>=? AND id>? ORDER BY id LIMIT ?",
                EventRow::read,
                EventTypes.of(CustomerEvent.MessageReceived.class),
                since,
                after,
                most);
    }

    /**
     * Puts in what a stored request turned out to say to an account, once it could be read.
     *
     * @return how many events were new
     */
    public int append(Stored unread, String source, List<? extends Event> events, Supplier<String> ids, long now) {
        int fresh = 0;
        for (Event event : events) {
            if (find(source, event.key()).isEmpty() && !erased.event(source, event.key())) {
                append(ids.get(), source, unread.raw(), event, true, now);
                fresh++;
            }
        }
        return fresh;
    }

    /** A dead event was read again in full: it is done with. */
    public void nowRead(Stored unread, int events, int fresh, long now) {
        sql.update(
                "UPDATE event SET state=?, reason=?, replays=replays+1, done_at=? WHERE id=? AND state='DEAD'",
                (events == 0 ? State.IGNORED : State.DONE).name(),
                "read again: " + events + " events, " + fresh + " of them new",
                now,
                unread.id());
        ignored.name(unread.id(), "operator.read-again");
    }

    /** What could not be read before and cannot now: the reason is the newer one. */
    public void stillUnread(String id, String reason) {
        sql.update("UPDATE event SET reason=?, replays=replays+1 WHERE id=? AND state='DEAD'", reason, id);
    }
}
