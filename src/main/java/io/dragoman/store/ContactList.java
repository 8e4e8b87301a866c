// SPDX-License-Identifier: Apache-2.0
package io.dragoman.store;

import io.dragoman.model.Contact;
import io.dragoman.model.Conversation;
import io.dragoman.model.Conversation.State;
import io.dragoman.model.Message;
import io.dragoman.model.Words;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Contacts and all that happened with one, over all channels. */
public final class ContactList {
    private static final String LATEST = ConversationRow.SELECT + " WHERE contact=? ORDER BY id DESC LIMIT ?";

    private static final String LAST_CHANGED =
            ConversationRow.SELECT + " WHERE contact=? ORDER BY updated_at DESC, id DESC LIMIT ?";

    private static final String LISTED = """
            SELECT id, created_at, (SELECT max(updated_at) FROM conversation c WHERE c.contact=contact.id) FROM contact
            WHERE merged_into IS NULL AND (CAST(? AS TEXT) IS NULL OR id<?)""";

    private static final String MATCH = NameWords.MATCH;

    private static final String NAMED = " AND id IN (SELECT id FROM contact WHERE " + MATCH
            + " UNION ALL SELECT contact FROM identity WHERE value ILIKE ? ESCAPE '\\')";

    private static final String IN_ORDER = " ORDER BY id DESC LIMIT ?";

    private final Sql sql;
    private final Contacts contacts;

    ContactList(Sql sql, Contacts contacts) {
        this.sql = sql;
        this.contacts = contacts;
    }

    /**
     * A contact of a list.
     *
     * @param lastAt when one of their conversations changed last; null where there is none
     */
    public record Listed(
            Contact contact, Instant createdAt, @Nullable Instant lastAt) {}

    private record Line(String id, long createdAt, @Nullable Long lastAt) {}

    /**
     * Contacts, the latest first, without those that were merged into others.
     *
     * @param words in their name, or the beginning of an address; null for all. Their case does not matter
     * @param before the id that the page before ended with; null for the first
     */
    public List<Listed> page(@Nullable String words, @Nullable String before, int most) {
        List<Line> lines = words == null
                ? sql.all(LISTED + IN_ORDER, ContactList::line, before, before, most)
                : named(NameWords.of(words), before, most);
        return lines.stream()
                .map(line -> contacts.find(line.id())
                        .map(contact -> new Listed(
                                contact,
                                Instant.ofEpochMilli(line.createdAt()),
                                line.lastAt() == null ? null : Instant.ofEpochMilli(line.lastAt()))))
                .flatMap(Optional::stream)
                .toList();
    }

    private List<Line> named(NameWords name, @Nullable String before, int most) {
        return sql.all(
                LISTED + NAMED + IN_ORDER,
                ContactList::line,
                before,
                before,
                name.typed(),
                name.small(),
                name.small(),
                name.initials(),
                name.capitals(),
                name.typed().substring(1),
                most);
    }

    private static Line line(ResultSet row) throws SQLException {
        long last = row.getLong(3);
        return new Line(row.getString(1), row.getLong(2), row.wasNull() ? null : last);
    }

    /** A message and the channel of its conversation. */
    public record Spoken(String channel, Message message) {}

    /** A contact's messages and notes over all channels, the latest first: those before a time, and before an id at it. */
    public List<Spoken> messages(String contact, long before, String beforeId, int most) {
        return sql.all(
                """
                SELECT c.channel, m.* FROM conversation c JOIN message m ON m.conversation=c.id WHERE c.contact=?
                  AND (m.received_at<? OR (m.received_at=? AND m.id<?)) ORDER BY m.received_at DESC, m.id DESC LIMIT ?""",
                row -> new Spoken(row.getString(1), Messages.message(row)),
                contact,
                before,
                before,
                beforeId,
                most);
    }

    /** A contact's conversations, the last changed first. */
    public List<Conversation> lastChanged(String contact, int most) {
        return sql.all(LAST_CHANGED, ConversationRow::read, contact, most).stream()
                .map(Conversations.Versioned::conversation)
                .toList();
    }

    /** A conversation, and when it was closed; null while it is open. */
    public record Held(Conversation conversation, @Nullable Instant closedAt) {}

    /** A contact's latest conversations. */
    public List<Held> conversations(String contact, int most) {
        return sql.all(
                "SELECT x.*, closed_at FROM (" + LATEST + ") x JOIN conversation c ON c.id=x.id",
                row -> {
                    Conversation one = ConversationRow.read(row).conversation();
                    long closed = row.getLong("closed_at");
                    return new Held(one, row.wasNull() ? null : Instant.ofEpochMilli(closed));
                },
                contact,
                most);
    }

    /** A delivery and the channel of its conversation. */
    public record Sent(String channel, Deliveries.Stored delivery) {}

    /** The deliveries of a contact's messages over all channels, the latest first, as with {@link #messages}. */
    public List<Sent> deliveries(String contact, long before, String beforeId, int most) {
        return sql.all(
                """
                SELECT d.id, d.lane, d.target, d.kind, d.key, d.event, d.message, d.conversation, d.payload, d.step, d.steps,
                  d.automatic, d.state, d.attempts, d.base, d.unsure, d.crashes, d.next_at, d.since, d.reason, d.detail,
                  d.created_at, d.done_at, c.channel AS spoken_on FROM conversation c JOIN message m ON m.conversation=c.id
                  JOIN delivery d ON d.message=m.id WHERE c.contact=?
                  AND (d.created_at<? OR (d.created_at=? AND d.id<?)) ORDER BY d.created_at DESC, d.id DESC LIMIT ?""",
                row -> new Sent(row.getString("spoken_on"), Deliveries.stored(row)),
                contact,
                before,
                before,
                beforeId,
                most);
    }

    /** An event that concerned a message without being one: a receipt, an edit, a reaction, what a desk changed. */
    public record Happened(
            String id,
            String type,
            String source,
            Instant at,
            Events.State state,
            String channel,
            String conversation,
            String message) {}

    /** Events about a contact's messages over all channels, the latest first, as with {@link #messages}. */
    public List<Happened> events(String contact, long before, String beforeId, int most) {
        return sql.all(
                """
                SELECT e.id, e.type, e.source, e.received_at, e.state, min(c.channel), min(c.id), min(m.id)
                FROM conversation c JOIN message m ON m.conversation=c.id JOIN delivery d ON d.message=m.id
                  JOIN event e ON e.id=d.event WHERE c.contact=?
                  AND (e.received_at<? OR (e.received_at=? AND e.id<?))
                  AND NOT EXISTS (SELECT 1 FROM message own WHERE own.id=e.id)
                GROUP BY e.id, e.type, e.source, e.received_at, e.state
                ORDER BY e.received_at DESC, e.id DESC LIMIT ?""",
                row -> {
                    Columns columns = new Columns(row);
                    return new Happened(
                            columns.text(),
                            columns.text(),
                            columns.text(),
                            columns.time(),
                            Events.State.valueOf(columns.text()),
                            columns.text(),
                            columns.text(),
                            columns.text());
                },
                contact,
                before,
                before,
                beforeId,
                most);
    }

    /** A conversation of a contact was closed or opened again, for the {@code n}th time that its state changed. */
    public record Turn(String conversation, String channel, int n, State state, Instant at) {}

    /** When a contact's conversations were closed and opened again up to a time, the latest first. */
    public List<Turn> turns(String contact, long until, int most) {
        return sql.all(
                """
                SELECT s.conversation, c.channel, s.n, s.status, s.at FROM conversation c
                JOIN state_change s ON s.conversation=c.id WHERE c.contact=? AND s.at<=? ORDER BY s.at DESC LIMIT ?""",
                row -> new Turn(
                        row.getString(1),
                        row.getString(2),
                        row.getInt(3),
                        Words.find(State.class, row.getString(4)).orElseThrow(),
                        Instant.ofEpochMilli(row.getLong(5))),
                contact,
                until,
                most);
    }

    /** What a contact reacted to a message with last. */
    public record Reacted(String conversation, String channel, String message, String emoji, Instant at) {}

    /** The reactions of a contact up to a time, the latest first. */
    public List<Reacted> reactions(String contact, long until, int most) {
        return sql.all(
                """
                SELECT c.id, c.channel, m.id, r.emoji, r.at FROM conversation c JOIN message m ON m.conversation=c.id
                JOIN reaction r ON r.message=m.id WHERE c.contact=? AND r.at<=? ORDER BY r.at DESC LIMIT ?""",
                row -> new Reacted(
                        row.getString(1),
                        row.getString(2),
                        row.getString(3),
                        row.getString(4),
                        Instant.ofEpochMilli(row.getLong(5))),
                contact,
                until,
                most);
    }

    /** A bot's last hand-over of a conversation. */
    public record HandedOver(String conversation, String channel, String desk, String reason, Instant at) {}

    /** What bots handed over of a contact's conversations up to a time, the latest first. */
    public List<HandedOver> handOvers(String contact, long until, int most) {
        return sql.all(
                """
                SELECT c.id, c.channel, b.desk, b.reason, b.at FROM conversation c JOIN bot_hand_over b ON b.conversation=c.id
                WHERE c.contact=? AND b.at<=? ORDER BY b.at DESC LIMIT ?""",
                row -> new HandedOver(
                        row.getString(1),
                        row.getString(2),
                        row.getString(3),
                        row.getString(4),
                        Instant.ofEpochMilli(row.getLong(5))),
                contact,
                until,
                most);
    }
}
