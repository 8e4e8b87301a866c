// SPDX-License-Identifier: Apache-2.0
package io.dragoman.store;

import io.dragoman.model.CustomerEvent;
import io.dragoman.model.Json;
import io.dragoman.model.Message;
import io.dragoman.model.Message.Author;
import io.dragoman.model.Message.Direction;
import io.dragoman.model.MessageBuilder;
import io.dragoman.model.Part;
import io.dragoman.model.Participant;
import io.dragoman.model.Participants;
import io.dragoman.model.Reason;
import io.dragoman.model.Status;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Messages, the channel's ids for them, what was decided about them, and the tally of automatic replies. */
public final class Messages {
    private final Sql sql;
    private final Changes changes;

    Messages(Sql sql, Changes changes) {
        this.sql = sql;
        this.changes = changes;
    }

    public void insert(Message m) {
        sql.update(
                """
                INSERT INTO message(id,conversation,sequence,direction,author_kind,author_name,sent_at,received_at,reply_to,
                  parts,status,forwarded,participants,author_address) VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,?)""",
                m.id(),
                m.conversation(),
                m.sequence(),
                m.direction().name(),
                m.author().kind().name(),
                m.author().name(),
                m.sentAt().toEpochMilli(),
                m.receivedAt().toEpochMilli(),
                m.replyTo(),
                parts(m.parts()),
                m.status() == null ? null : m.status().name(),
                m.forwarded(),
                m.participants().equals(Participants.NONE) ? null : Json.write(m.participants()),
                m.author().address());
    }

    public Optional<Message> find(String id) {
        return sql.one("SELECT * FROM message WHERE id=?", Messages::message, id);
    }

    /** The messages of a conversation from a place on, in order: without notes, which are for those who work on it. */
    public List<Message> of(String conversation, long afterSequence, int most) {
        return sql.all(
                "SELECT * FROM message WHERE conversation=? AND sequence>? AND direction<>'NOTE' ORDER BY sequence LIMIT ?",
                Messages::message,
                conversation,
                afterSequence,
                most);
    }

    /**
     * Who wrote a message to whom.
     *
     * @param writer who wrote it instead of the customer; null for the customer and for us
     */
    public record Heading(
            String id, Direction direction, @Nullable Participant writer, Participants participants) {}

    /** The headings of a conversation's last messages but notes, in order. */
    public List<Heading> headings(String conversation, int most) {
        List<Heading> headings = sql.all("""
                SELECT id, direction, author_name, author_address, participants FROM message WHERE conversation=?
                AND direction<>'NOTE' ORDER BY sequence DESC LIMIT ?""", Messages::heading, conversation, most);
        Collections.reverse(headings);
        return headings;
    }

    private static Heading heading(ResultSet row) throws SQLException {
        String address = row.getString("author_address");
        return new Heading(
                row.getString("id"),
                Direction.valueOf(row.getString("direction")),
                address == null ? null : new Participant(row.getString("author_name"), address),
                participants(row));
    }

    private static Participants participants(ResultSet row) throws SQLException {
        String json = row.getString("participants");
        return json == null ? Participants.NONE : Json.read(json, Participants.class);
    }

    /** The message that a channel knows by this id. */
    public Optional<Message> byExternalId(String channel, String externalId) {
        return sql.one(
                "SELECT m.* FROM external x JOIN message m ON m.id=x.message WHERE x.channel=? AND x.external_id=?",
                Messages::message,
                channel,
                externalId);
    }

    /**
     * Keeps others away from what is known of a channel's id until this is committed, where there are others: who finds
     * no message and parks its news must not miss the one who notes the id at that very moment.
     */
    public void lock(String channel, String externalId) {
        sql.lock(channel + "/" + externalId);
    }

    /** Notes the channel's id of a message; the first holder keeps it. */
    public void external(String channel, String externalId, String message) {
        lock(channel, externalId);
        sql.update(
                "INSERT INTO external(channel,external_id,message) VALUES(?,?,?) ON CONFLICT DO NOTHING",
                channel,
                externalId,
                message);
    }

    /** A message's id on its channel, the first where it has several. */
    public Optional<String> externalId(String message) {
        return sql.one(
                "SELECT external_id FROM external WHERE message=? ORDER BY external_id LIMIT 1",
                row -> row.getString(1),
                message);
    }

    /** The channel's ids of a conversation's last messages, oldest first. */
    public List<String> externalIds(String conversation, int most) {
        List<String> ids = sql.all("""
                SELECT x.external_id FROM message m JOIN external x ON x.message=m.id WHERE m.conversation=?
                ORDER BY m.sequence DESC LIMIT ?""", row -> row.getString(1), conversation, most);
        Collections.reverse(ids);
        return ids;
    }

    /** The channel's id of the customer's last message in a conversation. */
    public Optional<String> latestReceived(String conversation) {
        return sql.one(
                "SELECT x.external_id FROM message m JOIN external x ON x.message=m.id WHERE m.conversation=? AND"
                        + " m.direction=? ORDER BY m.sequence DESC LIMIT 1",
                row -> row.getString(1),
                conversation,
                Direction.IN.name());
    }

    public void edit(String id, List<Part> parts, Instant at) {
        changes.update("UPDATE message SET parts=?, edited_at=? WHERE id=?", parts(parts), at.toEpochMilli(), id);
    }

    public void delete(String id, Instant at) {
        changes.update("UPDATE message SET deleted_at=? WHERE id=?", at.toEpochMilli(), id);
    }

    public void status(String id, Status status, @Nullable Reason reason) {
        changes.update(
                "UPDATE message SET status=?, reason=? WHERE id=?",
                status.name(),
                reason == null ? null : reason.name(),
                id);
    }

    /** Stores a receipt whose message is not known yet. */
    public void parkReceipt(String event, String channel, CustomerEvent.Receipt receipt) {
        sql.update(
                "INSERT INTO early_receipt(event,channel,external_id,status,reason,detail,at,recipient) VALUES(?,?,?,?,?,?,?,?)",
                event,
                channel,
                receipt.externalId(),
                receipt.status().name(),
                receipt.reason() == null ? null : receipt.reason().name(),
                receipt.detail(),
                receipt.at().toEpochMilli(),
                receipt.recipient());
    }

    /** Takes the receipts that waited for this id, in order of time. */
    public List<CustomerEvent.Receipt> takeReceipts(String channel, String externalId) {
        List<CustomerEvent.Receipt> early = sql.all(
                "SELECT * FROM early_receipt WHERE channel=? AND external_id=? ORDER BY at",
                row -> new CustomerEvent.Receipt(
                        row.getString("event"),
                        "",
                        Instant.ofEpochMilli(row.getLong("at")),
                        externalId,
                        Status.valueOf(row.getString("status")),
                        reason(row),
                        row.getString("detail"),
                        row.getString("recipient")),
                channel,
                externalId);
        if (!early.isEmpty()) {
            sql.update("DELETE FROM early_receipt WHERE channel=? AND external_id=?", channel, externalId);
        }
        return early;
    }

    /**
     * Of a conversation's last messages those of ours whose last attempt began until a time and that are not failed.
     *
     * @param most how many messages are looked at
     */
    public List<Message> sentUntil(String conversation, Instant until, int most) {
        return sql.all("""
                SELECT * FROM (SELECT * FROM message WHERE conversation=? ORDER BY sequence DESC LIMIT ?) m
                WHERE m.direction='OUT' AND m.sent_at<=? AND m.status IN('QUEUED','SENT','DELIVERED') AND NOT EXISTS(
                  SELECT 1 FROM delivery d JOIN attempt a ON a.delivery=d.id WHERE d.message=m.id AND d.kind='MESSAGE'
                    AND a.started_at>?)
                ORDER BY m.sequence""", Messages::message, conversation, most, until.toEpochMilli(), until.toEpochMilli());
    }

    /** Stores an edit, deletion or reaction whose message is not known yet. */
    public void parkNews(String event, String channel, String externalId) {
        sql.update(
                "INSERT INTO early_news(channel,external_id,event) VALUES(?,?,?) ON CONFLICT DO NOTHING",
                channel,
                externalId,
                event);
    }

    /** Takes the events that waited for the message with this id, in the order in which they came. */
    public List<String> takeNews(String channel, String externalId) {
        List<String> early = sql.all(
                "SELECT event FROM early_news WHERE channel=? AND external_id=? ORDER BY event",
                row -> row.getString(1),
                channel,
                externalId);
        if (!early.isEmpty()) {
            sql.update("DELETE FROM early_news WHERE channel=? AND external_id=?", channel, externalId);
        }
        return early;
    }

    /** Stores a decision with the reasons for it, as JSON. */
    public void decision(String event, String content) {
        sql.update(
                "INSERT INTO decision(event,content) VALUES(?,?) ON CONFLICT(event) DO UPDATE SET content=excluded.content",
                event,
                content);
    }

    public Optional<String> decision(String event) {
        return sql.one("SELECT content FROM decision WHERE event=?", row -> row.getString(1), event);
    }

    /** Counts an automatic reply for the loop guard. */
    public void autoReply(String message, String contact, String conversation, long now) {
        sql.update(
                "INSERT INTO auto_reply(message,contact,conversation,at) VALUES(?,?,?,?)",
                message,
                contact,
                conversation,
                now);
    }

    /** Whether this author wrote something since the customer's last message. */
    public boolean wroteSince(String conversation, Message.Author.Kind kind, String name) {
        return sql.number(
                        "SELECT count(*) FROM message WHERE conversation=? AND author_kind=? AND author_name=?"
                                + " AND sequence>(SELECT coalesce(max(i.sequence),0) FROM message i"
                                + " WHERE i.conversation=? AND i.direction='IN')",
                        conversation,
                        kind.name(),
                        name,
                        conversation)
                > 0;
    }

    /** The parts of what a contact wrote last, within the last day and in all conversations; the latest first. */
    public List<List<Part>> lastOf(String contact, int most, long now) {
        return sql.all(
                "SELECT m.parts FROM conversation c JOIN message m ON m.conversation=c.id WHERE c.contact=?"
                        + " AND c.updated_at>? AND m.direction='IN' AND m.received_at>? ORDER BY m.received_at DESC LIMIT ?",
                row -> Arrays.asList(Json.read(row.getString("parts"), Part[].class)),
                contact,
                now - 86_400_000L,
                now - 86_400_000L,
                most);
    }

    private static String parts(List<Part> parts) {
        // an array keeps the parts' type names, which a generic list would lose
        return Json.write(parts.toArray(new Part[0]));
    }

    private static @Nullable Reason reason(ResultSet row) throws SQLException {
        String word = row.getString("reason");
        return word == null ? null : Reason.valueOf(word);
    }

    static Message message(ResultSet row) throws SQLException {
        String status = row.getString("status");
        Long edited = Sql.nullableLong(row, "edited_at");
        Long deleted = Sql.nullableLong(row, "deleted_at");
        Participants participants = participants(row);
        return MessageBuilder.builder()
                .id(row.getString("id"))
                .conversation(row.getString("conversation"))
                .sequence(row.getLong("sequence"))
                .direction(Direction.valueOf(row.getString("direction")))
                .author(new Author(
                        Author.Kind.valueOf(row.getString("author_kind")),
                        row.getString("author_name"),
                        row.getString("author_address")))
                .sentAt(Instant.ofEpochMilli(row.getLong("sent_at")))
                .receivedAt(Instant.ofEpochMilli(row.getLong("received_at")))
                .replyTo(row.getString("reply_to"))
                .parts(Arrays.asList(Json.read(row.getString("parts"), Part[].class)))
                .status(status == null ? null : Status.valueOf(status))
                .reason(reason(row))
                .editedAt(edited == null ? null : Instant.ofEpochMilli(edited))
                .deletedAt(deleted == null ? null : Instant.ofEpochMilli(deleted))
                .forwarded(row.getString("forwarded"))
                .from(participants.from())
                .to(participants.to())
                .cc(participants.cc())
                .build();
    }
}
