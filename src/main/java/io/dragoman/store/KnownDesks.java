// SPDX-License-Identifier: Apache-2.0
package io.dragoman.store;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Which helpdesk each desk spoke to when it was last configured, and which ids it had before it was renamed. */
public final class KnownDesks {
    private final Sql sql;

    KnownDesks(Sql sql) {
        this.sql = sql;
    }

    /**
     * A desk and its helpdesk.
     *
     * @param kind in a word or two
     * @param place a hash; empty where it has no address
     * @param heldKind the kind for which was made what the desk is paused for; null for none
     */
    public record Known(
            String desk,
            String kind,
            String place,
            @Nullable String heldKind,
            @Nullable String heldPlace) {}

    /** What a desk was when it was last configured. */
    public Optional<Known> find(String desk) {
        return sql.one(
                "SELECT desk, kind, place, held_kind, held_place FROM known_desk WHERE desk=?",
                row -> new Known(
                        row.getString(1), row.getString(2), row.getString(3), row.getString(4), row.getString(5)),
                desk);
    }

    /** Notes what a desk is. */
    public void put(Known known) {
        sql.update(
                "INSERT INTO known_desk(desk,kind,place,held_kind,held_place) VALUES(?,?,?,?,?) ON CONFLICT(desk) DO UPDATE"
                        + " SET kind=excluded.kind, place=excluded.place, held_kind=excluded.held_kind,"
                        + " held_place=excluded.held_place",
                known.desk(),
                known.kind(),
                known.place(),
                known.heldKind(),
                known.heldPlace());
    }

    /** The other desks that spoke to the same helpdesk and know a conversation by this id of its own. */
    public List<String> othersWithReference(String desk, String reference) {
        return sql.all("""
                SELECT o.desk FROM known_desk k JOIN known_desk o ON o.kind=k.kind AND o.place=k.place AND o.desk<>k.desk
                  WHERE k.desk=? AND k.place<>'' AND (
                    EXISTS(SELECT 1 FROM conversation_desk c WHERE c.desk=o.desk AND c.reference=?)
                    OR EXISTS(SELECT 1 FROM former_reference f WHERE f.desk=o.desk AND f.reference=?))""", row -> row.getString(1), desk, reference, reference);
    }

    /** The other desks that spoke to the same helpdesk and have or had a conversation. */
    public List<String> othersWithConversation(String desk, String conversation) {
        return sql.all("""
                SELECT o.desk FROM known_desk k JOIN known_desk o ON o.kind=k.kind AND o.place=k.place AND o.desk<>k.desk
                  JOIN conversation_desk c ON c.desk=o.desk AND c.conversation=?
                  WHERE k.desk=? AND k.place<>''""", row -> row.getString(1), conversation, desk);
    }

    /**
     * What a desk knew is another's of the same helpdesk: the tickets of all its conversations, what its connector keeps
     * of them, and what was taken from there and written there until now. A ticket that the other opened meanwhile stays
     * its own, and the former is found too.
     */
    public void rename(String from, String to, long now) {
        sql.update(
                "INSERT INTO conversation_desk(conversation,desk,reference,kept)"
                        + " SELECT conversation, CAST(? AS TEXT), reference, kept FROM conversation_desk WHERE desk=?"
                        + " ON CONFLICT(conversation,desk) DO UPDATE SET"
                        + " reference=COALESCE(conversation_desk.reference, excluded.reference),"
                        + " kept=COALESCE(conversation_desk.kept, excluded.kept)",
                to,
                from);
        sql.update(
                "INSERT INTO former_reference(conversation,desk,reference,at)"
                        + " SELECT f.conversation, f.desk, f.reference, f.at FROM"
                        + " (SELECT conversation, CAST(? AS TEXT) AS desk, reference, at FROM former_reference WHERE desk=?"
                        + " UNION SELECT o.conversation, n.desk, o.reference, 0 FROM conversation_desk o"
                        + "  JOIN conversation_desk n ON n.conversation=o.conversation AND n.desk=?"
                        + "  WHERE o.desk=? AND o.reference IS NOT NULL AND n.reference<>o.reference) f"
                        + " WHERE true ON CONFLICT DO NOTHING",
                to,
                from,
                to,
                from);
        sql.update(
                "UPDATE conversation SET desk=?, version=version+1, desk_reference="
                        + "(SELECT reference FROM conversation_desk d WHERE d.conversation=conversation.id AND d.desk=?)"
                        + " WHERE desk=? OR (desk=? AND desk_reference IS NULL)",
                to,
                to,
                from,
                to);
        sql.update(
                "INSERT INTO former_desk(desk,former,until) SELECT CAST(? AS TEXT), former, until FROM former_desk"
                        + " WHERE desk=? AND former<>? ON CONFLICT(desk,former) DO NOTHING",
                to,
                from,
                to);
        sql.update(
                "INSERT INTO former_desk(desk,former,until) VALUES(?,?,?)"
                        + " ON CONFLICT(desk,former) DO UPDATE SET until=excluded.until",
                to,
                from,
                now);
    }

    /** Whether a desk took what has this key under an id that it had before. */
    public boolean tookBefore(String desk, String key) {
        return sql.one(
                        "SELECT 1 FROM former_desk f JOIN event e ON e.source=f.former AND e.key=?"
                                + " WHERE f.desk=? AND e.state<>'DEAD' AND e.received_at<=f.until LIMIT 1",
                        row -> true,
                        key,
                        desk)
                .isPresent();
    }
}
