// SPDX-License-Identifier: Apache-2.0
package io.dragoman.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What could not be processed and needs a person: dead events, dead and uncertain deliveries. Nothing here is ever
 * purged; each is replayed or discarded, and says so.
 */
public final class DeadLetters {
    private static final String EVENTS =
            "SELECT id, source, type AS what, state, reason, NULL AS detail, received_at AS at, replays AS tries,"
                    + " -1 AS automatic, NULL AS conversation, NULL AS who, NULL AS ticket FROM event";
    private static final String DELIVERIES =
            "SELECT id, target, kind AS what, state, reason, detail, done_at AS at, attempts AS tries,"
                    + " CASE WHEN kind='MESSAGE' THEN automatic ELSE -1 END AS automatic, (SELECT c.id FROM conversation c"
                    + " WHERE c.id=delivery.conversation) AS conversation, (SELECT COALESCE(p.name,c.address) FROM conversation c"
                    + " JOIN contact p ON p.id=c.contact WHERE c.id=delivery.conversation) AS who, (SELECT k.reference FROM"
                    + " conversation_desk k WHERE k.conversation=delivery.conversation AND k.desk=delivery.target) AS ticket"
                    + " FROM delivery";
    /** A null does not filter; the casts give PostgreSQL the type of a null. */
    private static final String EVENT_FILTER =
            " WHERE state='DEAD' AND (CAST(? AS TEXT) IS NULL OR id=?) AND (CAST(? AS TEXT) IS NULL OR source=?)"
                    + " AND (CAST(? AS TEXT) IS NULL OR LOWER(reason) LIKE ?) AND received_at>=? AND received_at<=?";

    private static final String DELIVERY_FILTER =
            " WHERE state IN('DEAD','UNCERTAIN') AND (CAST(? AS TEXT) IS NULL OR id=?)"
                    + " AND (CAST(? AS TEXT) IS NULL OR target=? OR conversation IN (SELECT id FROM conversation WHERE channel=?))"
                    + " AND (CAST(? AS TEXT) IS NULL OR LOWER(REPLACE(COALESCE(reason,''),'_','-')||' '||COALESCE(detail,'')) LIKE ?)"
                    + " AND done_at>=? AND done_at<=?";

    private final Sql sql;
    private final Changes changes;
    private final Lanes lanes;
    private final IgnoredEvents ignored;

    DeadLetters(Sql sql, Changes changes, Lanes lanes, IgnoredEvents ignored) {
        this.sql = sql;
        this.changes = changes;
        this.lanes = lanes;
        this.ignored = ignored;
    }

    /** What it is. */
    public enum Origin {
        EVENT,
        DELIVERY
    }

    /**
     * One of them.
     *
     * @param at when an event was received, when a delivery ended
     * @param place the channel or desk that an event came from or a delivery goes to
     * @param what the event's type, the delivery's kind
     * @param tries replays of an event, attempts at a delivery
     * @param author of a message to a customer: {@code agent}, or {@code automatic} where a rule wrote it; null otherwise
     * @param conversation the one that a delivery belongs to; null for an event, and where it is gone
     * @param who the name, else the address, of its contact
     * @param ticket what the desk that a delivery goes to knows it by
     */
    public record DeadLetter(
            Origin origin,
            String id,
            Instant at,
            String place,
            String what,
            String state,
            @Nullable String reason,
            @Nullable String detail,
            int tries,
            @Nullable String author,
            @Nullable String conversation,
            @Nullable String who,
            @Nullable String ticket) {
        @Override
        public String toString() {
            return "DeadLetter[" + id + "]";
        }
    }

    /**
     * How many of one place have one cause.
     *
     * @param reason of deliveries; null for events, each of which tells its own
     * @param since the first of them
     */
    public record Cause(
            Origin origin,
            String place,
            String state,
            @Nullable String reason,
            long count,
            Instant since) {}

    /** All of them by their causes, what there is most of first. */
    public List<Cause> causes() {
        return Stream.concat(
                        sql
                                .all(
                                        "SELECT source, state, NULL, count(*), min(received_at) FROM event WHERE state='DEAD'"
                                                + " GROUP BY source, state",
                                        row -> cause(Origin.EVENT, row))
                                .stream(),
                        sql
                                .all(
                                        "SELECT target, state, reason, count(*), min(done_at) FROM delivery"
                                                + " WHERE state IN('DEAD','UNCERTAIN') GROUP BY target, state, reason",
                                        row -> cause(Origin.DELIVERY, row))
                                .stream())
                .sorted(Comparator.comparingLong(Cause::count)
                        .reversed()
                        .thenComparing(Cause::place)
                        .thenComparing(Cause::since))
                .toList();
    }

    private static Cause cause(Origin origin, ResultSet row) throws SQLException {
        return new Cause(
                origin,
                row.getString(1),
                row.getString(2),
                row.getString(3),
                row.getLong(4),
                Instant.ofEpochMilli(row.getLong(5)));
    }

    /**
     * Which ones; what is null is not asked for.
     *
     * @param place the channel or desk: where an event came from, where a delivery goes to or its conversation lives
     * @param reason any part of reason and detail, in lower case, with hyphens
     */
    public record Filter(
            @Nullable String id,
            @Nullable String place,
            @Nullable String reason,
            @Nullable Instant since,
            @Nullable Instant until) {
        /** All of them. */
        public static final Filter ALL = new Filter(null, null, null, null, null);

        private @Nullable String like() {
            return reason == null ? null : "%" + reason.toLowerCase(Locale.ROOT) + "%";
        }

        private long from() {
            return since == null ? 0 : since.toEpochMilli();
        }

        private long to() {
            return until == null ? Long.MAX_VALUE : until.toEpochMilli();
        }
    }

    /** The latest of those that a filter asks for. */
    public List<DeadLetter> latest(Filter filter, int most) {
        return Stream.concat(
                        events(filter, " ORDER BY id DESC LIMIT ?", most).stream(),
                        deliveries(filter, " ORDER BY id DESC LIMIT ?", most).stream())
                .sorted(Comparator.comparing(DeadLetter::id).reversed())
                .limit(most)
                .toList();
    }

    /** Those that a filter asks for in the order in which they came to be, a page after the id {@code after}. */
    public List<DeadLetter> inOrder(Filter filter, String after, int most) {
        return Stream.concat(
                        events(filter, " AND id>? ORDER BY id LIMIT ?", after, most).stream(),
                        deliveries(filter, " AND id>? ORDER BY id LIMIT ?", after, most).stream())
                .sorted(Comparator.comparing(DeadLetter::id))
                .limit(most)
                .toList();
    }

    /** How many a filter asks for. */
    public long count(Filter filter) {
        return sql.number("SELECT count(*) FROM event" + EVENT_FILTER, eventValues(filter))
                + sql.number("SELECT count(*) FROM delivery" + DELIVERY_FILTER, deliveryValues(filter));
    }

    private List<DeadLetter> events(Filter filter, String rest, Object... more) {
        return sql.all(EVENTS + EVENT_FILTER + rest, row -> deadLetter(Origin.EVENT, row), eventValues(filter, more));
    }

    private List<DeadLetter> deliveries(Filter filter, String rest, Object... more) {
        return sql.all(
                DELIVERIES + DELIVERY_FILTER + rest,
                row -> deadLetter(Origin.DELIVERY, row),
                deliveryValues(filter, more));
    }

    private static @Nullable Object[] eventValues(Filter filter, Object... more) {
        return values(filter, 2, more);
    }

    private static @Nullable Object[] deliveryValues(Filter filter, Object... more) {
        return values(filter, 3, more);
    }

    private static @Nullable Object[] values(Filter filter, int places, Object... more) {
        List<@Nullable Object> values = new ArrayList<>(Collections.nCopies(2, filter.id()));
        values.addAll(Collections.nCopies(places, filter.place()));
        values.addAll(Collections.nCopies(2, filter.like()));
        values.add(filter.from());
        values.add(filter.to());
        values.addAll(List.of(more));
        return values.toArray();
    }

    /**
     * Whom a message goes to.
     *
     * @param delivery its id
     * @param channel by which it goes
     */
    public record Recipient(
            String delivery,
            String channel,
            String contact,
            @Nullable String reason) {}

    /** To whom those of these deliveries go that bring a customer a message. */
    public List<Recipient> recipients(List<String> deliveries) {
        return sql.all(
                """
                SELECT d.id, d.target, c.contact, d.reason FROM delivery d JOIN conversation c ON c.id=d.conversation
                WHERE d.kind='MESSAGE' AND d.id IN (SELECT value FROM texts(?))""",
                row -> new Recipient(row.getString(1), row.getString(2), row.getString(3), row.getString(4)),
                deliveries);
    }

    /**
     * Puts a dead event back at the end of its lane, as work that waits behind live work. The ids and keys of all that
     * it causes stay what they were.
     *
     * @return false when it is not dead any more
     */
    public boolean replayEvent(String id, long notBefore) {
        return sql.one(
                        "SELECT lane, source FROM event WHERE id=? AND state='DEAD' AND type<>?",
                        row -> new String[] {row.getString(1), row.getString(2)},
                        id,
                        Events.UNREAD)
                .map(found -> {
                    FlowKey flow = FlowKey.inbox(found[1]);
                    long seq = lanes.append(found[0], id, flow, true, notBefore);
                    sql.update(
                            "UPDATE event SET state='NEW', seq=?, failures=0, begun=0, replays=replays+1, done_at=NULL WHERE id=?",
                            seq,
                            id);
                    return true;
                })
                .orElse(false);
    }

    /**
     * Puts a dead or uncertain delivery back at the end of its lane, with its key and the steps that are done.
     *
     * @return false when it is neither any more
     */
    public boolean replayDelivery(String id, long now, long notBefore) {
        return sql.one(
                        "SELECT d.lane, d.kind, d.target, COALESCE(c.channel, d.target) FROM delivery d LEFT JOIN conversation c"
                                + " ON c.id=d.conversation WHERE d.id=? AND d.state IN('DEAD','UNCERTAIN')",
                        row -> new Place(
                                row.getString(1),
                                FlowKey.outbox(
                                        Deliveries.Kind.valueOf(row.getString(2)), row.getString(3), row.getString(4))),
                        id)
                .map(found -> {
                    long seq = lanes.append(found.lane(), id, found.flow(), true, notBefore);
                    changes.update(
                            "UPDATE delivery SET state='READY', seq=?, base=attempts, unsure=0, crashes=0, next_at=?, since=?, done_at=NULL"
                                    + " WHERE id=?",
                            seq,
                            notBefore,
                            Math.max(now, notBefore),
                            id);
                    return true;
                })
                .orElse(false);
    }

    private record Place(String lane, FlowKey flow) {}

    /** Discards a dead event or delivery; false when it is not dead. */
    public boolean discard(String id, String why, long now) {
        String note = "discarded: " + why;
        int events = sql.update(
                "UPDATE event SET state='IGNORED', reason=?, done_at=? WHERE id=? AND state='DEAD'", note, now, id);
        ignored.name(id, "operator.discarded");
        Optional<String> delivery = sql.one(
                "UPDATE delivery SET state='CANCELLED', detail=?, done_at=? WHERE id=? AND state IN('DEAD','UNCERTAIN')"
                        + " RETURNING conversation",
                row -> row.getString(1),
                note,
                now,
                id);
        delivery.ifPresent(changes::note);
        return events > 0 || delivery.isPresent();
    }

    private static @Nullable String author(int automatic) {
        return automatic < 0 ? null : automatic > 0 ? "automatic" : "agent";
    }

    private static DeadLetter deadLetter(Origin origin, ResultSet row) throws SQLException {
        return new DeadLetter(
                origin,
                row.getString(1),
                Instant.ofEpochMilli(row.getLong("at")),
                row.getString(2),
                row.getString("what"),
                row.getString("state"),
                row.getString("reason"),
                row.getString("detail"),
                row.getInt("tries"),
                author(row.getInt("automatic")),
                row.getString("conversation"),
                row.getString("who"),
                row.getString("ticket"));
    }
}
