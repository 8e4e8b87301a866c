// SPDX-License-Identifier: Apache-2.0
package io.dragoman.store;

import java.time.Instant;
import java.util.Optional;

/** Which conversations bots have handed over since they were opened. */
public final class BotHandOvers {
    private final Sql sql;

    BotHandOvers(Sql sql) {
        this.sql = sql;
    }

    /**
     * The last hand-over of a conversation.
     *
     * @param bot the first bot that had it
     * @param desk which got it
     * @param reason why, as a sentence
     */
    public record BotHandOver(String bot, String desk, String reason, Instant at) {
        /** Stands for the answers from the FAQ, in place of a bot: no id of a desk has a colon. */
        public static final String ANSWERS = "rule:answer";

        @Override
        public String toString() {
            return "BotHandOver[" + bot + " to " + desk + "]";
        }
    }

    /** The last hand-over of a conversation since it was opened. */
    public Optional<BotHandOver> find(String conversation) {
        return sql.one(
                "SELECT bot, desk, reason, at FROM bot_hand_over WHERE conversation=?",
                row -> new BotHandOver(
                        row.getString(1), row.getString(2), row.getString(3), Instant.ofEpochMilli(row.getLong(4))),
                conversation);
    }

    /** Notes that a bot handed a conversation over; where another did before, that one stays its first. */
    public void put(String conversation, BotHandOver handOver) {
        sql.update(
                "INSERT INTO bot_hand_over(conversation,bot,desk,reason,at) VALUES(?,?,?,?,?) ON CONFLICT(conversation)"
                        + " DO UPDATE SET desk=excluded.desk, reason=excluded.reason, at=excluded.at",
                conversation,
                handOver.bot(),
                handOver.desk(),
                handOver.reason(),
                handOver.at().toEpochMilli());
    }

    /** Whether a bot or a person has answered in a conversation since a place in it. */
    public boolean answeredAfter(String conversation, long sequence) {
        return sql.one(
                        "SELECT 1 FROM message WHERE conversation=? AND sequence>? AND direction='OUT'"
                                + " AND author_kind<>'RULE' LIMIT 1",
                        row -> true,
                        conversation,
                        sequence)
                .isPresent();
    }

    /** Whether a person has ever answered in a conversation. */
    public boolean personAnswered(String conversation) {
        return sql.one(
                        "SELECT 1 FROM message WHERE conversation=? AND direction='OUT'"
                                + " AND author_kind IN ('AGENT','PHONE') LIMIT 1",
                        row -> true,
                        conversation)
                .isPresent();
    }

    /** How often bots have answered since the customer's last message. */
    public long answersInARow(String conversation) {
        return sql.number(
                "SELECT count(*) FROM message WHERE conversation=? AND author_kind='BOT' AND sequence>(SELECT"
                        + " coalesce(max(i.sequence),0) FROM message i WHERE i.conversation=? AND i.direction='IN')",
                conversation,
                conversation);
    }

    /** The conversation begins anew with its bot. */
    public void forget(String conversation) {
        sql.update("DELETE FROM bot_hand_over WHERE conversation=?", conversation);
    }
}
