// SPDX-License-Identifier: Apache-2.0
package io.dragoman.store;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What rules ask of a contact and a conversation for each message: how many automatic replies there were, and which of
 * the things that are seldom there are there at all. One read, for each costs a message more than what it finds.
 */
public final class ReplyTallies {
    private static final long DAY = 86_400_000L;
    private static final long MINUTE = 60_000L;

    private final Sql sql;

    ReplyTallies(Sql sql) {
        this.sql = sql;
    }

    /**
     * Automatic replies, and what else is to be looked up.
     *
     * @param toContact of the last day, as {@code inConversation}
     * @param toAll of everybody in the last minute
     * @param last when one to the contact was last decided, within the last day
     * @param personAnswered whether a person has ever answered in the conversation
     * @param handedOver whether a bot handed it over
     * @param asked whether the contact was ever asked a poll
     * @param consented whether the contact ever gave or withdrew a consent
     */
    public record Tallied(
            int toContact,
            int inConversation,
            int toAll,
            @Nullable Instant last,
            boolean personAnswered,
            boolean handedOver,
            boolean asked,
            boolean consented) {}

    /** Reads them as of a time, in milliseconds; what is later than a day before it counts. */
    public Tallied of(String contact, String conversation, long now) {
        return sql.one(
                        """
                        SELECT count(*), coalesce(sum(CASE WHEN conversation=? THEN 1 ELSE 0 END),0),
                          (SELECT count(*) FROM auto_reply WHERE at>?), coalesce(max(at),0),
                          EXISTS(SELECT 1 FROM message WHERE conversation=? AND direction='OUT'
                            AND author_kind IN ('AGENT','PHONE')),
                          EXISTS(SELECT 1 FROM bot_hand_over WHERE conversation=?),
                          EXISTS(SELECT 1 FROM conversation c JOIN poll p ON p.conversation=c.id WHERE c.contact=?),
                          EXISTS(SELECT 1 FROM identity i JOIN consent k
                            ON k.channel=i.channel AND k.type=i.type AND k.value=i.value WHERE i.contact=?)
                        FROM auto_reply WHERE contact=? AND at>?""",
                        row -> new Tallied(
                                row.getInt(1),
                                row.getInt(2),
                                row.getInt(3),
                                Optional.of(row.getLong(4))
                                        .filter(at -> at > 0)
                                        .map(Instant::ofEpochMilli)
                                        .orElse(null),
                                row.getBoolean(5),
                                row.getBoolean(6),
                                row.getBoolean(7),
                                row.getBoolean(8)),
                        conversation,
                        now - MINUTE,
                        conversation,
                        conversation,
                        contact,
                        contact,
                        contact,
                        now - DAY)
                .orElseThrow();
    }
}
