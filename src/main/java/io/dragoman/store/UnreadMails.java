// SPDX-License-Identifier: Apache-2.0
package io.dragoman.store;

/** How far customers were mailed what they had not read. */
public final class UnreadMails {
    private final Sql sql;

    UnreadMails(Sql sql) {
        this.sql = sql;
    }

    /** The sequence of the last message of a conversation that is done with; 0 for none. */
    public long until(String conversation) {
        return sql.one("SELECT sequence FROM unread_mail WHERE conversation=?", row -> row.getLong(1), conversation)
                .orElse(0L);
    }

    /** All messages of a conversation up to this one are done with. */
    public void mailed(String conversation, long sequence) {
        sql.update(
                "INSERT INTO unread_mail(conversation,sequence) VALUES(?,?) ON CONFLICT(conversation) DO UPDATE SET"
                        + " sequence=excluded.sequence",
                conversation,
                sequence);
    }
}
