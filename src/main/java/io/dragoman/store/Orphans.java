// SPDX-License-Identifier: Apache-2.0
package io.dragoman.store;

import static io.dragoman.store.Deliveries.COLUMNS;

import io.dragoman.model.Conversation;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * What the store holds of channels and desks whatever the configuration says of them, and the moving of what waits for
 * a desk that is gone. The counts read all open conversations: they take the longer the more there are.
 */
public final class Orphans {
    private static final String OPEN = "state IN('READY','SENDING','RETRY')";

    private final Sql sql;
    private final Lanes lanes;

    Orphans(Sql sql, Lanes lanes) {
        this.sql = sql;
        this.lanes = lanes;
    }

    /**
     * What there is of one channel or desk.
     *
     * @param atDesk open conversations of the desk of this id
     * @param onChannel open conversations on the channel of this id
     * @param waiting deliveries that wait for it
     * @param position whether it has a position to poll from
     */
    public record Holding(String id, long atDesk, long onChannel, long waiting, boolean position) {
        private static Holding none(String id) {
            return new Holding(id, 0, 0, 0, false);
        }

        private Holding plus(Holding more) {
            return new Holding(
                    id,
                    atDesk + more.atDesk,
                    onChannel + more.onChannel,
                    waiting + more.waiting,
                    position || more.position);
        }
    }

    /** All that there is, by id. */
    public List<Holding> holdings() {
        Map<String, Holding> all = new TreeMap<>();
        for (Holding one : sql.all(
                "SELECT desk, count(*) FROM conversation WHERE status='open' AND desk IS NOT NULL GROUP BY desk",
                row -> new Holding(row.getString(1), row.getLong(2), 0, 0, false))) {
            add(all, one);
        }
        for (Holding one : sql.all(
                "SELECT channel, count(*) FROM conversation WHERE status='open' GROUP BY channel",
                row -> new Holding(row.getString(1), 0, row.getLong(2), 0, false))) {
            add(all, one);
        }
        for (Holding one : sql.all(
                "SELECT target, count(*) FROM delivery WHERE " + OPEN + " GROUP BY target",
                row -> new Holding(row.getString(1), 0, 0, row.getLong(2), false))) {
            add(all, one);
        }
        for (Holding one : sql.all(
                "SELECT source FROM cursor WHERE position<>''", row -> new Holding(row.getString(1), 0, 0, 0, true))) {
            add(all, one);
        }
        return List.copyOf(all.values());
    }

    private static void add(Map<String, Holding> all, Holding one) {
        all.put(one.id(), all.getOrDefault(one.id(), Holding.none(one.id())).plus(one));
    }

    /** What there is of others than those. */
    public static List<Holding> others(Collection<Holding> holdings, Predicate<String> known) {
        return holdings.stream().filter(one -> !known.test(one.id())).toList();
    }

    /** The latest open conversations of a desk or on a channel. */
    public List<String> conversations(String id, int most) {
        return sql.all(
                "SELECT id FROM conversation WHERE status='open' AND (desk=? OR channel=?) ORDER BY id DESC LIMIT ?",
                row -> row.getString(1),
                id,
                id,
                most);
    }

    /** Whether any delivery to a channel or desk waits. */
    public boolean waitsFor(String target) {
        return sql.one("SELECT 1 FROM delivery WHERE target=? AND " + OPEN + " LIMIT 1", row -> true, target)
                .isPresent();
    }

    /** Whether the desk of a conversation was sent nothing of it, nor is anything on its way there. */
    public boolean isNewTo(Conversation conversation) {
        return conversation.desk() != null
                && conversation.deskReference() == null
                && !wasTold(conversation.id(), conversation.desk(), true);
    }

    /** Whether a desk was sent what a customer wrote in a conversation, or also is to be sent it. */
    private boolean wasTold(String conversation, String desk, boolean orWaits) {
        return sql.one(
                        "SELECT 1 FROM message m CROSS JOIN delivery t WHERE m.conversation=? AND m.direction='IN'"
                                + " AND t.message=m.id AND t.target=? AND t.state<>'CANCELLED'"
                                + " AND (t.state NOT IN('READY','RETRY') OR ?=1) LIMIT 1",
                        row -> true,
                        conversation,
                        desk,
                        orWaits ? 1 : 0)
                .isPresent();
    }

    /** Whether a desk has nothing of a conversation yet, and this is the first that goes there. */
    public boolean opens(Deliveries.Stored d, String desk) {
        boolean first = sql.one(
                        "SELECT 1 FROM delivery d CROSS JOIN message m WHERE d.lane=? AND d.seq<(SELECT seq FROM delivery WHERE id=?)"
                                + " AND d." + OPEN + " AND m.id=d.message AND m.direction='IN' LIMIT 1",
                        row -> true,
                        d.lane(),
                        d.id())
                .isEmpty();
        return first && !wasTold(d.conversation(), desk, false);
    }

    /** What waits for a desk and nobody is sending, the last of each conversation first. */
    public List<Deliveries.Stored> waiting(String desk, long now, int most) {
        return sql.all(
                "SELECT " + COLUMNS + " FROM delivery WHERE target=? AND kind='NOTICE' AND " + OPEN
                        + " AND EXISTS(SELECT 1 FROM lane l WHERE l.lane=delivery.lane AND l.lease_until<?)"
                        + " ORDER BY lane, seq DESC LIMIT ?",
                Deliveries::stored,
                desk,
                now,
                most);
    }

    /**
     * Lets a waiting notice go to another desk instead, before all that waits there for its conversation. Where that
     * desk has the same notice already, this one is cancelled.
     *
     * @param payload the notice as the other desk is to get it
     * @return whether it goes there
     */
    public boolean move(Deliveries.Stored d, Deliveries.Destination to, String payload, long now) {
        lanes.withdraw(d.lane());
        if (sql.number("SELECT count(*) FROM delivery WHERE target=? AND key=?", to.target(), d.key()) > 0) {
            sql.update(
                    "UPDATE delivery SET state='CANCELLED', detail=?, done_at=? WHERE id=?",
                    "moved to " + to.target() + ", which has it already",
                    now,
                    d.id());
            return false;
        }
        long last = lanes.append(
                to.lane(), d.id(), FlowKey.outbox(Deliveries.Kind.NOTICE, to.target(), to.channel()), false, now);
        long first = sql.one(
                        "SELECT min(seq) FROM delivery WHERE lane=? AND " + OPEN,
                        row -> row.getObject(1) == null ? last : row.getLong(1) - 1,
                        to.lane())
                .orElse(last);
        sql.update(
                "UPDATE delivery SET lane=?, seq=?, target=?, payload=?, state='READY', base=attempts, unsure=0, crashes=0,"
                        + " next_at=?, since=?, reason=NULL, detail=? WHERE id=?",
                to.lane(),
                first,
                to.target(),
                payload,
                now,
                now,
                "moved from " + d.target(),
                d.id());
        return true;
    }

    /** Gives all open conversations of a desk to another. */
    public int moveConversations(String from, String to) {
        sql.update(
                "INSERT INTO conversation_desk(conversation,desk) SELECT id, CAST(? AS TEXT) FROM conversation"
                        + " WHERE desk=? AND status='open' ON CONFLICT DO NOTHING",
                to,
                from);
        return sql.update(
                "UPDATE conversation SET desk=?, version=version+1, desk_reference="
                        + "(SELECT reference FROM conversation_desk d WHERE d.conversation=conversation.id AND d.desk=?)"
                        + " WHERE desk=? AND status='open'",
                to,
                to,
                from);
    }
}
