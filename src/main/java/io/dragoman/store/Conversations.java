// SPDX-License-Identifier: Apache-2.0
package io.dragoman.store;

import io.dragoman.model.Conversation;
import io.dragoman.model.Conversation.State;
import io.dragoman.model.Json;
import io.dragoman.model.Message;
import io.dragoman.model.Words;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Conversations. Changes name the version they are based on, so that two workers never overwrite each other. */
public final class Conversations {
    private final Sql sql;
    private final Changes changes;
    private final ConversationDesks desks;

    Conversations(Sql sql, Changes changes, ConversationDesks desks) {
        this.sql = sql;
        this.changes = changes;
        this.desks = desks;
    }

    /**
     * A conversation with what the store knows beside it.
     *
     * @param thread tells it from the other open conversations of its channel
     * @param version of the row that was read
     */
    public record Versioned(Conversation conversation, String thread, long version) {}

    public Optional<Versioned> find(String id) {
        return sql.one(ConversationRow.SELECT + " WHERE id=?", ConversationRow::read, id);
    }

    /** The open conversation of a thread, else its last one. */
    public Optional<Versioned> latest(String channel, String thread) {
        return sql.one(
                        ConversationRow.SELECT + " WHERE channel=? AND thread=? AND status='open'",
                        ConversationRow::read,
                        channel,
                        thread)
                .or(() -> sql.one(
                        ConversationRow.SELECT + " WHERE channel=? AND thread=? ORDER BY id DESC LIMIT 1",
                        ConversationRow::read,
                        channel,
                        thread));
    }

    /**
     * A chat has another address now. Its conversations go on there, and so does what still comes from the old one. If
     * one was opened at the new address meanwhile, the old one stays beside it, and only its answers go there.
     *
     * @return how many conversations it has
     */
    public int move(String channel, String former, String address) {
        sql.update(
                "INSERT INTO moved_chat(channel,former,address) VALUES(?,?,?)"
                        + " ON CONFLICT(channel,former) DO UPDATE SET address=excluded.address",
                channel,
                former,
                address);
        List<String> moved = sql.all(
                "UPDATE conversation SET address=?, version=version+1 WHERE channel=? AND address=? RETURNING id",
                row -> row.getString(1),
                address,
                channel,
                former);
        moved.forEach(changes::note);
        sql.update("""
                UPDATE conversation SET thread=? WHERE channel=? AND thread=? AND (status<>'open' OR NOT EXISTS(
                  SELECT 1 FROM conversation o WHERE o.channel=? AND o.thread=? AND o.status='open'))""", thread(address), channel, thread(former), channel, thread(address));
        return moved.size();
    }

    /** The thread of a chat that has a conversation of its own, wherever it has moved. */
    public String threadOf(String channel, String chat) {
        return thread(sql.one(
                        "SELECT address FROM moved_chat WHERE channel=? AND former=?",
                        row -> row.getString(1),
                        channel,
                        chat)
                .orElse(chat));
    }

    private static String thread(String chat) {
        return "chat:" + chat;
    }

    /** Where a contact's latest conversation on a channel is answered. */
    public Optional<String> addressOf(String contact, String channel) {
        return sql.one(
                "SELECT address FROM conversation WHERE contact=? AND channel=? ORDER BY updated_at DESC LIMIT 1",
                row -> row.getString(1),
                contact,
                channel);
    }

    /** The conversation of the message that a channel knows by this id. */
    public Optional<Versioned> byExternalId(String channel, String externalId) {
        return sql.one(
                ConversationRow.SELECT
                        + " WHERE id=(SELECT m.conversation FROM external x JOIN message m ON m.id=x.message"
                        + " WHERE x.channel=? AND x.external_id=?)",
                ConversationRow::read,
                channel,
                externalId);
    }

    /** Starts a conversation. An open one of the same thread that came meanwhile is a conflict: look again. */
    public void insert(Conversation c, String thread) {
        int rows = sql.update(
                """
                INSERT INTO conversation(id,channel,kind,thread,contact,address,subject,status,team,assignee,tags,attributes,
                  priority,language,desk,desk_reference,reply_until,created_at,updated_at,previous,closed_at)
                VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)
                ON CONFLICT DO NOTHING""",
                c.id(),
                c.channel(),
                c.kind(),
                thread,
                c.contact(),
                c.address(),
                c.subject(),
                Words.of(c.status()),
                c.team(),
                c.assignee(),
                Json.write(c.tags()),
                Json.write(c.attributes()),
                Words.of(c.priority()),
                c.language(),
                c.desk(),
                c.deskReference(),
                millis(c.replyUntil()),
                c.createdAt().toEpochMilli(),
                c.updatedAt().toEpochMilli(),
                c.previous(),
                c.status() == State.CLOSED ? c.updatedAt().toEpochMilli() : null);
        if (rows == 0) {
            throw new StoreException.Conflict("another worker opened this conversation");
        }
        changes.note(c.id());
        if (c.status() == State.CLOSED) {
            sql.update(
                    "INSERT INTO state_change(conversation,n,status,at) VALUES(?,1,?,?)",
                    c.id(),
                    Words.of(c.status()),
                    c.updatedAt().toEpochMilli());
        }
        if (c.desk() != null) {
            desks.assigned(c.id(), c.desk());
        }
    }

    /** Writes a changed conversation over the version that it was made from. */
    public void update(Conversation c, long version) {
        update(c, version, 0);
    }

    /** The same, and takes the next place for a message. */
    public Message.Place update(Conversation c, long version, @Nullable String replyTo) {
        return new Message.Place(c.id(), update(c, version, 1) - 1, replyTo);
    }

    private long update(Conversation c, long version, int places) {
        Optional<Long> next = sql.one(
                """
                UPDATE conversation SET address=?, subject=?, status=?, team=?, assignee=?, tags=?, attributes=?, priority=?,
                  language=?, reply_until=?, updated_at=?, version=version+1, next_sequence=next_sequence+?,
                  closed_at=CASE WHEN ?='closed' THEN COALESCE(closed_at,?) END,
                  desk_reference=CASE WHEN desk=? THEN desk_reference ELSE
                    (SELECT reference FROM conversation_desk d WHERE d.conversation=conversation.id AND d.desk=?) END,
                  desk=? WHERE id=? AND version=? RETURNING next_sequence""",
                row -> row.getLong(1),
                c.address(),
                c.subject(),
                Words.of(c.status()),
                c.team(),
                c.assignee(),
                Json.write(c.tags()),
                Json.write(c.attributes()),
                Words.of(c.priority()),
                c.language(),
                millis(c.replyUntil()),
                c.updatedAt().toEpochMilli(),
                places,
                Words.of(c.status()),
                c.updatedAt().toEpochMilli(),
                c.desk(),
                c.desk(),
                c.desk(),
                c.id(),
                version);
        changes.note(c.id());
        return next.orElseThrow(() -> new StoreException.Conflict("another worker changed this conversation"));
    }

    /** Gives a conversation to another desk, with that desk's own reference if it ever had the conversation. */
    public void handOver(String id, String desk) {
        desks.assigned(id, desk);
        changes.note(id);
        sql.update(
                "UPDATE conversation SET desk=?, version=version+1, desk_reference="
                        + "(SELECT reference FROM conversation_desk d WHERE d.conversation=conversation.id AND d.desk=?)"
                        + " WHERE id=?",
                desk,
                desk,
                id);
    }

    /**
     * Takes the next place for a message.
     *
     * @param replyTo our id of the message that it answers
     */
    public Message.Place nextPlace(String id, @Nullable String replyTo) {
        changes.note(id);
        long sequence = sql.number(
                "UPDATE conversation SET next_sequence=next_sequence+1 WHERE id=? RETURNING next_sequence-1", id);
        return new Message.Place(id, sequence, replyTo);
    }

    /**
     * Which conversations; what is null is not asked for.
     *
     * @param contact the address, one of the contact's identities, its id, or any part of its name; the case of Latin
     *     letters in a name does not matter
     * @param since only those that changed last at this time or later
     * @param until only those that changed last before it
     */
    public record Filter(
            @Nullable String channel,
            @Nullable State status,
            @Nullable String team,
            @Nullable String contact,
            @Nullable String tag,
            @Nullable String assignee,
            @Nullable String kind,
            @Nullable Instant since,
            @Nullable Instant until) {
        /** All of them. */
        public static final Filter ALL = new Filter(null, null, null, null);

        /** Without the narrower questions. */
        public Filter(
                @Nullable String channel, @Nullable State status, @Nullable String team, @Nullable String contact) {
            this(channel, status, team, contact, null, null, null, null, null);
        }

        /** A tag as it stands in the JSON text of all of them. */
        private @Nullable String tagLike() {
            return tag == null ? null : "%" + NameWords.escaped(Json.write(tag)) + "%";
        }

        @Override
        public String toString() {
            return "Filter[" + channel + ", " + status + "]";
        }
    }

    /** Conversations by last change, the latest first; {@link #page} without the versions. */
    public List<Conversation> recent(Filter filter, long before, String beforeId, int most) {
        return page(filter, before, beforeId, most).stream()
                .map(Versioned::conversation)
                .toList();
    }

    /**
     * Conversations by last change, the latest first. The inner query reads one index and no rows, so that a filter to
     * which little answers is quick too.
     *
     * @param before only those changed earlier, in milliseconds
     * @param beforeId and of those changed in that very millisecond, the ones with a smaller id
     */
    public List<Versioned> page(Filter filter, long before, String beforeId, int most) {
        String status = filter.status() == null ? null : Words.of(filter.status());
        long since = filter.since() == null ? 0 : filter.since().toEpochMilli();
        long until = filter.until() == null ? Long.MAX_VALUE : filter.until().toEpochMilli();
        NameWords name = NameWords.of(filter.contact());
        return sql.all(
                ConversationRow.SELECT + " WHERE id IN" + """
                (SELECT id FROM conversation WHERE updated_at<=? AND (updated_at<? OR id<?)
                  AND updated_at>=? AND updated_at<?
                  AND (CAST(? AS TEXT) IS NULL OR channel=?) AND (CAST(? AS TEXT) IS NULL OR status=?)
                  AND (CAST(? AS TEXT) IS NULL OR team=?) AND (CAST(? AS TEXT) IS NULL OR assignee=?)
                  AND (CAST(? AS TEXT) IS NULL OR kind=?) AND (CAST(? AS TEXT) IS NULL OR tags LIKE ? ESCAPE '\\')
                  AND (CAST(? AS TEXT) IS NULL OR address=? OR contact IN (SELECT CAST(? AS TEXT)
                    UNION ALL SELECT contact FROM identity WHERE value=?
                    UNION ALL SELECT id FROM contact WHERE\s""" + NameWords.MATCH + """
                 ))
                ORDER BY updated_at DESC, id DESC LIMIT ?) ORDER BY updated_at DESC, id DESC""",
                ConversationRow::read,
                before,
                before,
                beforeId,
                since,
                until,
                filter.channel(),
                filter.channel(),
                status,
                status,
                filter.team(),
                filter.team(),
                filter.assignee(),
                filter.assignee(),
                filter.kind(),
                filter.kind(),
                filter.tag(),
                filter.tagLike(),
                filter.contact(),
                filter.contact(),
                filter.contact(),
                filter.contact(),
                name.typed(),
                name.small(),
                name.small(),
                name.initials(),
                name.capitals(),
                most);
    }

    /** Those of these ids that there are, the last changed first. */
    public List<Versioned> all(List<String> ids) {
        return sql.all(
                ConversationRow.SELECT + " WHERE id IN (SELECT value FROM texts(?)) ORDER BY updated_at DESC, id DESC",
                ConversationRow::read,
                ids);
    }

    /** All of them in the order of their ids, a page after one. */
    public List<Versioned> inOrder(String after, int most) {
        return sql.all(ConversationRow.SELECT + " WHERE id>? ORDER BY id LIMIT ?", ConversationRow::read, after, most);
    }

    private static @Nullable Long millis(@Nullable Instant time) {
        return time == null ? null : time.toEpochMilli();
    }
}
