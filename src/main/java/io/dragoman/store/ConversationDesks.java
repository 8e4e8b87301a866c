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
     * @param kept what the desk's connector keeps of it, for itself alone
     */
    public record AtDesk(@Nullable String reference, Map<String, String> kept) {
        private static final AtDesk NOTHING = new AtDesk(null, Map.of());

        @Override
        public String toString() {
            return "AtDesk[" + reference + "]";
        }
    }

    /** What is known of a conversation at a desk, which may know nothing of it. */
    public AtDesk find(String id, String desk) {
        return sql.one(
                        "SELECT reference, kept FROM conversation_desk WHERE conversation=? AND desk=?",
                        row -> new AtDesk(row.getString(1), kept(row.getString(2))),
                        id,
                        desk)
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

    /** The conversations that a desk has or had under its own id for them: an open one first, then the latest. */
    public List<Versioned> byReference(String desk, String reference) {
        return sql.all(
                ConversationRow.SELECT
                        + " WHERE id IN (SELECT conversation FROM conversation_desk d WHERE d.desk=? AND d.reference=?)"
                        + " ORDER BY CASE WHEN status='open' THEN 0 ELSE 1 END, id DESC LIMIT 100",
                ConversationRow::read,
                desk,
                reference);
    }

    /** Whether a desk's reference belongs to a conversation other than this one. */
    public boolean isReferenceOfAnother(String desk, String reference, String conversation) {
        return sql.one(
                        "SELECT 1 FROM conversation_desk WHERE desk=? AND reference=? AND conversation<>? LIMIT 1",
                        row -> row.getInt(1),
                        desk,
                        reference,
                        conversation)
                .isPresent();
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
}
