// SPDX-License-Identifier: Apache-2.0
package io.dragoman.store;

import io.dragoman.model.Message;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Messages as those see them who work on a conversation: with the notes. Nothing that a customer or a desk is sent may
 * come from here.
 */
public final class ThreadView {
    private final Sql sql;
    private final Changes changes;

    ThreadView(Sql sql, Changes changes) {
        this.sql = sql;
        this.changes = changes;
    }

    /** What a customer reacted to a message with. */
    public record Reaction(String emoji, Instant at) {}

    private record Reacted(String message, Reaction reaction) {}

    /** A customer reacted to a message: instead of what was there, and with nothing when it is empty. */
    public void react(Message message, String emoji, Instant at) {
        if (emoji.isEmpty()) {
            sql.update("DELETE FROM reaction WHERE message=?", message.id());
        } else {
            sql.update(
                    "INSERT INTO reaction(message,emoji,at) VALUES(?,?,?) ON CONFLICT(message) DO UPDATE SET"
                            + " emoji=excluded.emoji, at=excluded.at",
                    message.id(),
                    emoji,
                    at.toEpochMilli());
        }
        changes.note(message.conversation());
    }

    /** The reaction to each of these messages that has one, by the message's id. */
    public Map<String, Reaction> reactions(List<String> messages) {
        Map<String, Reaction> found = new HashMap<>();
        sql.all(
                        "SELECT r.message, r.emoji, r.at FROM texts(?) page JOIN reaction r ON r.message=page.value",
                        row -> new Reacted(
                                row.getString(1), new Reaction(row.getString(2), Instant.ofEpochMilli(row.getLong(3)))),
                        messages)
                .forEach(one -> found.put(one.message(), one.reaction()));
        return found;
    }

    /** The messages of a conversation from a place on, in order. */
    public List<Message> of(String conversation, long afterSequence, int most) {
        return sql.all(
                "SELECT * FROM message WHERE conversation=? AND sequence>? ORDER BY sequence LIMIT ?",
                Messages::message,
                conversation,
                afterSequence,
                most);
    }

    /** The last messages of a conversation, the latest first. */
    public List<Message> latest(String conversation, int most) {
        return sql.all(
                "SELECT * FROM message WHERE conversation=? ORDER BY sequence DESC LIMIT ?",
                Messages::message,
                conversation,
                most);
    }

    /** The last message of each of these conversations, in no order. */
    public List<Message> lastOfEach(List<String> conversations) {
        return sql.all("""
                SELECT m.* FROM texts(?) page JOIN message m ON m.conversation=page.value AND m.sequence=
                  (SELECT l.sequence FROM message l WHERE l.conversation=page.value ORDER BY l.sequence DESC LIMIT 1)""", Messages::message, conversations);
    }
}
