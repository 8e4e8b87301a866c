// SPDX-License-Identifier: Apache-2.0
package io.dragoman.store;

import io.dragoman.model.AccountNotice;
import io.dragoman.model.AccountNotice.Standing;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** The last notice of a provider about each of its subjects, by account: the latest fifty of the last thirty days. */
public final class AccountNotices {
    private static final int MOST = 50;
    private static final Duration KEPT = Duration.ofDays(30);

    private final Sql sql;

    AccountNotices(Sql sql) {
        this.sql = sql;
    }

    /**
     * A notice as stored.
     *
     * @param at when the provider wrote it
     */
    public record Notice(String about, String text, Standing standing, Instant at) {
        @Override
        public String toString() {
            return "Notice[" + standing + "]";
        }
    }

    /**
     * Puts a notice in place of the one before about the same.
     *
     * @return false where a later one is there already
     */
    public boolean put(String account, AccountNotice news, long now) {
        int put = sql.update(
                """
                INSERT INTO account_notice(account,about,text,standing,at) VALUES(?,?,?,?,?)
                ON CONFLICT(account,about) DO UPDATE SET text=excluded.text, standing=excluded.standing, at=excluded.at
                  WHERE excluded.at>=account_notice.at""",
                account,
                news.about(),
                news.text(),
                news.standing().name(),
                news.at().toEpochMilli());
        sql.update("""
                DELETE FROM account_notice WHERE account=? AND (at<=? OR about NOT IN(
                  SELECT about FROM account_notice WHERE account=? ORDER BY at DESC LIMIT ?))""", account, now - KEPT.toMillis(), account, MOST);
        return put > 0;
    }

    /** What holds at a time, the latest first: what is over, or was said more than 30 days ago, does not. */
    public List<Notice> standing(String account, Instant now) {
        return sql.all(
                "SELECT about, text, standing, at FROM account_notice WHERE account=? AND standing<>? AND at>?"
                        + " ORDER BY at DESC",
                row -> new Notice(
                        row.getString(1),
                        row.getString(2),
                        Standing.valueOf(row.getString(3)),
                        Instant.ofEpochMilli(row.getLong(4))),
                account,
                Standing.OVER.name(),
                now.minus(KEPT).toEpochMilli());
    }
}
