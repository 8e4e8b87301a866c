// SPDX-License-Identifier: Apache-2.0
package io.dragoman.store;

import io.dragoman.model.Json;
import io.dragoman.store.Conversations.Versioned;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The desks that have or had each conversation, and what each knows it by. */
public final class ConversationDesks {
    /** The longest that is kept for a desk of one conversation, as JSON. */
    public static final int LONGEST_KEPT = 2_000;

    private final Sql sql;

    ConversationDesks(Sql sql) {
        this.sql = sql;
    }

    /**
     * What is known of a conversation at a desk.
     *
     * @param reference the desk's own id for it
     * @param former its id for it until that was gone, where there is none now
     * @param kept what the desk's connector keeps of it, for itself alone
     */
    public record AtDesk(
            @Nullable String reference, @Nullable String former, Map<String, String> kept) {
        private static final AtDesk NOTHING = new AtDesk(null, null, Map.of());

        @Override
        public String toString() {
            return "AtDesk[" + reference + "]";
        }
    }

    /** What is known of a conversation at a desk, which may know nothing of it. */
    public AtDesk find(String id, String desk) {
        return sql.one("""
                        SELECT reference, CASE WHEN reference IS NULL THEN (SELECT f.reference FROM former_reference f
                            WHERE f.conversation=d.conversation AND f.desk=d.desk ORDER BY f.at DESC LIMIT 1) END, kept
                          FROM conversation_desk d WHERE conversation=? AND desk=?""", row -> new AtDesk(row.getString(1), row.getString(2), kept(row.getString(3))), id, desk)
                .orElse(AtDesk.NOTHING);
    }

    private static Map<String, String> kept(@Nullable String json) {
        return json == null ? Map.of() : Json.texts(json);
    }

    /**
     * Keeps more of a conversation for a desk's connector: a text takes the place of the former of its name, and an empty
     * one removes it.
     *
     * @return false, and all stays as it was, if it would be too long
     */
    public boolean keep(String id, String desk, Map<String, String> more) {
        if (more.isEmpty()) {
            return true;
        }
        assigned(id, desk);
        // an update, so that nobody else changes it meanwhile
        Map<String, String> all = new TreeMap<>(sql.one(
                        "UPDATE conversation_desk SET kept=kept WHERE conversation=? AND desk=? RETURNING kept",
                        row -> kept(row.getString(1)),
                        id,
                        desk)
                .orElseThrow());
        all.putAll(more);
        all.values().removeIf(String::isEmpty);
        String json = Json.write(all);
        if (json.length() > LONGEST_KEPT) {
            return false;
        }
        sql.update(
                "UPDATE conversation_desk SET kept=? WHERE conversation=? AND desk=?",
                all.isEmpty() ? null : json,
                id,
                desk);
        return true;
    }

    /** Notes that a desk has a conversation from now on. */
    public void assigned(String id, String desk) {
        sql.update("INSERT INTO conversation_desk(conversation,desk) VALUES(?,?) ON CONFLICT DO NOTHING", id, desk);
    }

    /** Whether a desk has a conversation, or once had it. */
    public boolean wasAssigned(String id, String desk) {
        return sql.one(
                        "SELECT 1 FROM conversation_desk WHERE conversation=? AND desk=?",
                        row -> row.getInt(1),
                        id,
                        desk)
                .isPresent();
    }

    /** A desk's own id for a conversation, which another desk may have now. */
    public Optional<String> reference(String id, String desk) {
        return sql.one(
                "SELECT reference FROM conversation_desk WHERE conversation=? AND desk=? AND reference IS NOT NULL",
                row -> row.getString(1),
                id,
                desk);
    }

    /**
     * The conversations that a desk knows by its own id: those that have it now, with those that had it and have no other
     * since; where nobody has it now, all that had it. An open one first, then the latest.
     */
    public List<Versioned> byReference(String desk, String reference) {
        return sql.all(ConversationRow.SELECT + """
                 WHERE id IN (SELECT conversation FROM conversation_desk d WHERE d.desk=? AND d.reference=?
                  UNION SELECT f.conversation FROM former_reference f
                    JOIN conversation_desk d ON d.conversation=f.conversation AND d.desk=f.desk
                    WHERE f.desk=? AND f.reference=? AND (d.reference IS NULL OR NOT EXISTS(
                      SELECT 1 FROM conversation_desk h WHERE h.desk=f.desk AND h.reference=f.reference)))
                ORDER BY CASE WHEN status='open' THEN 0 ELSE 1 END, id DESC LIMIT 100""", ConversationRow::read, desk, reference, desk, reference);
    }

    /** Whether a desk's reference belongs, or once belonged, to a conversation other than this one. */
    public boolean isReferenceOfAnother(String desk, String reference, String conversation) {
        return sql.one(
                        "SELECT 1 FROM conversation_desk WHERE desk=? AND reference=? AND conversation<>?"
                                + " UNION ALL SELECT 1 FROM former_reference WHERE desk=? AND reference=?"
                                + " AND conversation<>? LIMIT 1",
                        row -> row.getInt(1),
                        desk,
                        reference,
                        conversation,
                        desk,
                        reference,
                        conversation)
                .isPresent();
    }

    /** Whether a desk may have made a ticket for a conversation whose id is not known yet. */
    public boolean isOpeningOne(String desk) {
        return sql.one("""
                SELECT 1 FROM delivery d JOIN conversation_desk c ON c.conversation=d.conversation AND c.desk=d.target
                  WHERE d.target=? AND d.state IN('READY','SENDING','RETRY') AND c.reference IS NULL
                UNION ALL SELECT 1 FROM delivery d
                  JOIN conversation_desk c ON c.conversation=d.conversation AND c.desk=d.target
                  WHERE d.target=? AND d.state='UNCERTAIN' AND c.reference IS NULL LIMIT 1""", row -> row.getInt(1), desk, desk).isPresent();
    }

    /** Keeps a desk's own id, once. */
    public void refer(String id, String desk, String reference) {
        if (reference(id, desk).isPresent()) {
            return;
        }
        assigned(id, desk);
        int fresh = sql.update(
                "UPDATE conversation_desk SET reference=? WHERE conversation=? AND desk=? AND reference IS NULL",
                reference,
                id,
                desk);
        if (fresh > 0) {
            sql.update("UPDATE conversation SET desk_reference=? WHERE id=? AND desk=?", reference, id, desk);
        }
    }

    /** From now on a desk has another id of its own for a conversation, which is found by the former one too. */
    public void change(String id, String desk, String reference, long now) {
        assigned(id, desk);
        forget(id, desk, now);
        sql.update("DELETE FROM former_reference WHERE conversation=? AND desk=? AND reference=?", id, desk, reference);
        refer(id, desk, reference);
    }

    /** A desk's ticket of a conversation is gone: the next news opens another. The conversation is found by it still. */
    public void forget(String id, String desk, long now) {
        reference(id, desk).ifPresent(former -> findBy(id, desk, former, now));
        sql.update("UPDATE conversation_desk SET reference=NULL WHERE conversation=? AND desk=?", id, desk);
        sql.update("UPDATE conversation SET desk_reference=NULL WHERE id=? AND desk=?", id, desk);
    }

    /** A desk knows a conversation by one more id, under which nothing is sent. */
    public void findBy(String id, String desk, String reference, long now) {
        sql.update(
                "INSERT INTO former_reference(conversation,desk,reference,at) VALUES(?,?,?,?)"
                        + " ON CONFLICT(conversation,desk,reference) DO UPDATE SET at=excluded.at",
                id,
                desk,
                reference,
                now);
    }
}
