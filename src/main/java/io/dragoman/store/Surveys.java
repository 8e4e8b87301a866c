// SPDX-License-Identifier: Apache-2.0
package io.dragoman.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Surveys that were sent, and what customers answered: of each the last answer. */
public final class Surveys {
    private static final String COLUMNS =
            "id, name, kind, version, scale, conversation, contact, account, language, agent,"
                    + " message, sequence, sent_at, delivered_at, answered_at, score, comment";
    private static final String SELECT = "SELECT " + COLUMNS + " FROM survey WHERE ";

    private final Sql sql;

    Surveys(Sql sql) {
        this.sql = sql;
    }

    /**
     * One of them.
     *
     * @param name in {@code surveys.yaml}
     * @param version names the wording
     * @param scale the least and the greatest score: {@code 1-5}
     * @param account the channel that it went by
     * @param agent who had the conversation when it was sent; null for nobody
     * @param message that asked
     * @param sequence the place of that message in the conversation
     * @param answeredAt when it was answered last; null while it is not
     * @param score null while it is not answered
     */
    public record Sent(
            String id,
            String name,
            String kind,
            String version,
            String scale,
            String conversation,
            String contact,
            String account,
            String language,
            @Nullable String agent,
            String message,
            long sequence,
            Instant sentAt,
            @Nullable Instant deliveredAt,
            @Nullable Instant answeredAt,
            @Nullable Integer score,
            @Nullable String comment) {
        @Override
        public String toString() {
            return "Sent[" + id + "]";
        }
    }

    /** Notes that one goes out. */
    public void insert(Sent sent) {
        sql.update(
                "INSERT INTO survey(" + COLUMNS + ",state) VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,'sent')",
                sent.id(),
                sent.name(),
                sent.kind(),
                sent.version(),
                sent.scale(),
                sent.conversation(),
                sent.contact(),
                sent.account(),
                sent.language(),
                sent.agent(),
                sent.message(),
                sent.sequence(),
                sent.sentAt().toEpochMilli(),
                null,
                null,
                null,
                null);
    }

    public Optional<Sent> find(String id) {
        return sql.one(SELECT + "id=?", Surveys::read, id);
    }

    /** The last that a contact got on a channel. */
    public Optional<Sent> latest(String contact, String account) {
        return sql.one(
                SELECT + "contact=? AND account=? ORDER BY sent_at DESC, id DESC LIMIT 1",
                Surveys::read,
                contact,
                account);
    }

    /** Whether a contact got one of this name, on any channel, at this time or later. */
    public boolean sentSince(String contact, String name, long since) {
        return sql.one(
                        "SELECT 1 FROM survey WHERE contact=? AND sent_at>=? AND name=? LIMIT 1",
                        row -> true,
                        contact,
                        since,
                        name)
                .isPresent();
    }

    public List<Sent> of(String conversation) {
        return sql.all(SELECT + "conversation=? ORDER BY sent_at, id", Surveys::read, conversation);
    }

    /** Those in a contact's conversations that were sent up to a time, the latest first. */
    public List<Sent> ofContact(String contact, long until, int most) {
        return sql.all(
                SELECT + "conversation IN (SELECT id FROM conversation WHERE contact=?) AND sent_at<=?"
                        + " ORDER BY sent_at DESC, id DESC LIMIT ?",
                Surveys::read,
                contact,
                until,
                most);
    }

    /** The message that asks has left; what comes later changes nothing. */
    public void delivered(String message, long at) {
        sql.update("UPDATE survey SET delivered_at=? WHERE message=? AND delivered_at IS NULL", at, message);
    }

    /** Takes an answer in the place of an earlier one; a comment stays unless there is another. */
    public void answered(String id, int score, @Nullable String comment, long at) {
        sql.update(
                "UPDATE survey SET score=?, comment=COALESCE(?,comment), answered_at=?, state='answered',"
                        + " delivered_at=COALESCE(delivered_at,?) WHERE id=?",
                score,
                comment,
                at,
                at,
                id);
    }

    /** The name of the person who wrote last; empty where none says it. */
    public Optional<String> lastPerson(String conversation) {
        return sql.one(
                "SELECT author_name FROM message WHERE conversation=? AND direction='OUT' AND author_kind='AGENT'"
                        + " AND author_name IS NOT NULL ORDER BY sequence DESC LIMIT 1",
                row -> row.getString(1),
                conversation);
    }

    private static Sent read(ResultSet row) throws SQLException {
        Columns columns = new Columns(row);
        return new Sent(
                columns.text(),
                columns.text(),
                columns.text(),
                columns.text(),
                columns.text(),
                columns.text(),
                columns.text(),
                columns.text(),
                columns.text(),
                columns.textOrNull(),
                columns.text(),
                columns.big(),
                columns.time(),
                columns.timeOrNull(),
                columns.timeOrNull(),
                number(columns.textOrNull()),
                columns.textOrNull());
    }

    private static @Nullable Integer number(@Nullable String text) {
        return text == null ? null : Integer.valueOf(text);
    }
}
