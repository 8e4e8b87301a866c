// SPDX-License-Identifier: Apache-2.0
package io.dragoman.store;

import io.dragoman.model.Message;
import java.util.List;

/**
 * Messages as those see them who work on a conversation: with the notes. Nothing that a customer or a desk is sent may
 * come from here.
 */
public final class ThreadView {
    private final Sql sql;

    ThreadView(Sql sql) {
        this.sql = sql;
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
