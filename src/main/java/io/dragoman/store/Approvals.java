// SPDX-License-Identifier: Apache-2.0
package io.dragoman.store;

import io.dragoman.model.Json;
import io.dragoman.model.Message.Author;
import io.dragoman.model.Part;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Answers that wait until somebody approves them, and those that were decided on. */
public final class Approvals {
    private static final String COLUMNS = "id, conversation, author_kind, author, reply_to, parts, event, asked_at,"
            + " expires_at, state, decided_at, decided_by";
    private static final String SELECT = "SELECT " + COLUMNS + " FROM approval WHERE ";

    private final Sql sql;

    Approvals(Sql sql) {
        this.sql = sql;
    }

    /** What became of one. */
    public enum State {
        WAITING,
        APPROVED,
        REFUSED,
        /** Nobody decided in time. */
        EXPIRED
    }

    /**
     * One of them.
     *
     * @param id of the message that it becomes
     * @param author the rule, or the agent
     * @param replyTo our id of the message that it answers; null for none
     * @param event what it follows: the customer's message, or the agent's command
     * @param expiresAt when it is not sent any more
     * @param decidedBy who approved or refused it; null while it waits, and where its time ended
     */
    public record Approval(
            String id,
            String conversation,
            Author author,
            @Nullable String replyTo,
            List<Part> parts,
            String event,
            Instant askedAt,
            Instant expiresAt,
            State state,
            @Nullable Instant decidedAt,
            @Nullable String decidedBy) {
        public Approval {
            parts = List.copyOf(parts);
        }

        @Override
        public String toString() {
            return "Approval[" + id + ", " + state + "]";
        }
    }

    /** Lets an answer wait; the same one twice waits once. */
    public void ask(Approval asked) {
        sql.update(
                "INSERT INTO approval(" + COLUMNS + ") VALUES(?,?,?,?,?,?,?,?,?,?,?,?) ON CONFLICT(id) DO NOTHING",
                asked.id(),
                asked.conversation(),
                asked.author().kind().name(),
                asked.author().name(),
                asked.replyTo(),
                Json.write(asked.parts().toArray(new Part[0])),
                asked.event(),
                asked.askedAt().toEpochMilli(),
                asked.expiresAt().toEpochMilli(),
                asked.state().name(),
                null,
                null);
    }

    /** Decides on one that waits; false where it does not wait any more, or never did. */
    public boolean decide(String id, State state, @Nullable String by, long now) {
        return sql.update(
                        "UPDATE approval SET state=?, decided_at=?, decided_by=? WHERE id=? AND state='WAITING'",
                        state.name(),
                        now,
                        by,
                        id)
                > 0;
    }

    public Optional<Approval> find(String id) {
        return sql.one(SELECT + "id=?", Approvals::read, id);
    }

    /** Those of a conversation, the oldest first. */
    public List<Approval> of(String conversation) {
        return sql.all(SELECT + "conversation=? ORDER BY id", Approvals::read, conversation);
    }

    /** Those in a contact's conversations that began to wait up to a time, the latest first. */
    public List<Approval> ofContact(String contact, long until, int most) {
        return sql.all(
                SELECT + "conversation IN (SELECT id FROM conversation WHERE contact=?) AND asked_at<=?"
                        + " ORDER BY asked_at DESC, id DESC LIMIT ?",
                Approvals::read,
                contact,
                until,
                most);
    }

    /** What was to be answered because of an event. */
    public List<Approval> following(String event) {
        return sql.all(SELECT + "event=? ORDER BY id", Approvals::read, event);
    }

    /** Those in a state, the oldest first where they wait, else the newest. */
    public List<Approval> in(State state, int most) {
        String order = state == State.WAITING ? "ORDER BY id LIMIT ?" : "ORDER BY id DESC LIMIT ?";
        return sql.all(SELECT + "state=? " + order, Approvals::read, state.name(), most);
    }

    /** How many wait. */
    public long waiting() {
        return sql.number("SELECT count(*) FROM approval WHERE state='WAITING'");
    }

    private static Approval read(ResultSet row) throws SQLException {
        Columns columns = new Columns(row);
        return new Approval(
                columns.text(),
                columns.text(),
                new Author(Author.Kind.valueOf(columns.text()), columns.textOrNull()),
                columns.textOrNull(),
                List.of(Json.read(columns.text(), Part[].class)),
                columns.text(),
                columns.time(),
                columns.time(),
                State.valueOf(columns.text()),
                columns.timeOrNull(),
                columns.textOrNull());
    }
}
