// SPDX-License-Identifier: Apache-2.0
package io.dragoman.store;

import io.dragoman.model.Reason;
import io.dragoman.model.Words;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Every attempt at a delivery: on disk before the wire is touched, with its end once that is known. */
public final class Attempts {
    private final Sql sql;

    Attempts(Sql sql) {
        this.sql = sql;
    }

    /** How an attempt ended; the store keeps it as a word, {@code sent} for {@link #SENT}. */
    public enum Ending {
        SENT,
        /** The media is fetched and stored. */
        FETCHED,
        /** Surely not sent, and worth another try. */
        RETRY,
        /** Surely not sent, and another try would end the same. */
        REFUSED,
        /** Surely not sent: the ticket that it was for is gone. */
        GONE,
        /** Perhaps sent. */
        UNCERTAIN,
        /** The sending itself broke off: perhaps sent. */
        FAILED
    }

    /**
     * An attempt at each begins: this is on disk before the wire is touched. Where one is under way already, it ended with
     * the process.
     */
    public void begin(List<String> deliveries, long now) {
        sql.update("""
                UPDATE delivery SET state='SENDING', attempts=attempts+1,
                  crashes=CASE WHEN state='SENDING' THEN crashes+1 ELSE 0 END,
                  unsure=CASE WHEN state='SENDING' THEN 1 ELSE unsure END WHERE id IN (SELECT value FROM texts(?))""", deliveries);
        sql.update(
                "INSERT INTO attempt(delivery,n,step,started_at) SELECT id,attempts,step,CAST(? AS BIGINT) FROM delivery"
                        + " WHERE id IN (SELECT value FROM texts(?))",
                now,
                deliveries);
    }

    /** Records how the last attempt ended. */
    public void end(
            String id,
            int n,
            Ending ending,
            @Nullable Reason reason,
            @Nullable String detail,
            @Nullable String externalId,
            long now) {
        sql.update(
                "UPDATE attempt SET ended_at=?, outcome=?, reason=?, detail=?, external_id=? WHERE delivery=? AND n=?",
                now,
                Words.of(ending),
                reason == null ? null : reason.name(),
                detail,
                externalId,
                id,
                n);
    }

    /**
     * Whether an id of a desk's is that of something we wrote there about one of a conversation's last messages, or about
     * the conversation itself lately; or about another conversation that the desk has or had in the same ticket.
     *
     * @param most of how many messages, and of how many notes of the conversation
     */
    public boolean wrote(String desk, String conversation, String externalId, int most) {
        return wroteOf(desk, conversation, externalId, most)
                || inOneTicket(desk, conversation).stream().anyMatch(one -> wroteOf(desk, one, externalId, most))
                || formers(desk).stream().anyMatch(former -> wroteOf(former, conversation, externalId, most));
    }

    /** The ids that the desk had before it was renamed. */
    private List<String> formers(String desk) {
        return sql.all("SELECT former FROM former_desk WHERE desk=?", row -> row.getString(1), desk);
    }

    private List<String> inOneTicket(String desk, String conversation) {
        return sql.all("""
                SELECT o.conversation FROM conversation_desk c
                  JOIN conversation_desk o ON o.desk=c.desk AND o.reference=c.reference AND o.conversation<>c.conversation
                  WHERE c.conversation=? AND c.desk=?
                UNION SELECT f.conversation FROM conversation_desk c
                  JOIN former_reference f ON f.desk=c.desk AND f.reference=c.reference AND f.conversation<>c.conversation
                  WHERE c.conversation=? AND c.desk=? LIMIT 100""", row -> row.getString(1), conversation, desk, conversation, desk);
    }

    private boolean wroteOf(String desk, String conversation, String externalId, int most) {
        return wroteOfMessage(desk, conversation, externalId, most)
                || wroteOfConversation(desk, conversation, externalId, most);
    }

    // in this order: all that a desk was ever sent must not be read through
    private boolean wroteOfMessage(String desk, String conversation, String externalId, int most) {
        return sql.one("""
                SELECT 1 FROM (SELECT id FROM message WHERE conversation=? ORDER BY sequence DESC LIMIT ?) m
                  CROSS JOIN delivery d CROSS JOIN attempt a
                  WHERE d.message=m.id AND d.target=? AND a.delivery=d.id AND a.external_id=? LIMIT 1""", row -> true, conversation, most, desk, externalId).isPresent();
    }

    private boolean wroteOfConversation(String desk, String conversation, String externalId, int most) {
        return sql.one("""
                SELECT 1 FROM (SELECT id,target FROM delivery WHERE conversation=? AND message IS NULL
                    ORDER BY created_at DESC LIMIT ?) d
                  CROSS JOIN attempt a WHERE d.target=? AND a.delivery=d.id AND a.external_id=? LIMIT 1""", row -> true, conversation, most, desk, externalId).isPresent();
    }

    /** What was begun of a delivery was none: it waits, and is no nearer to its end. */
    public void uncount(String delivery) {
        sql.update("UPDATE delivery SET base=base+1 WHERE id=?", delivery);
    }

    /** Whether a message to a conversation is being sent on a channel at this moment. */
    public boolean isUnderWay(String channel, String conversation) {
        // the open states are named for the sake of their index
        return sql.one(
                        "SELECT 1 FROM delivery WHERE lane=? AND state IN('READY','SENDING','RETRY') AND state='SENDING' LIMIT 1",
                        row -> true,
                        "out/" + channel + "/" + conversation)
                .isPresent();
    }

    /** Whether an attempt before this one found the ticket gone. */
    public boolean goneBefore(String delivery, int n) {
        return sql.one(
                        "SELECT 1 FROM attempt WHERE delivery=? AND n<? AND outcome=? LIMIT 1",
                        row -> true,
                        delivery,
                        n,
                        Words.of(Ending.GONE))
                .isPresent();
    }

    /** When the first attempt at a step began whose outcome is unknown. */
    public Optional<Instant> firstUnsure(String delivery, int step) {
        return sql.one(
                "SELECT started_at FROM attempt WHERE delivery=? AND step=? AND outcome IN(?,?) ORDER BY n LIMIT 1",
                row -> Instant.ofEpochMilli(row.getLong(1)),
                delivery,
                step,
                Words.of(Ending.UNCERTAIN),
                Words.of(Ending.FAILED));
    }

    /**
     * One attempt.
     *
     * @param outcome the word of an {@link Ending}; null while it runs or when the process ended in it
     */
    public record Attempt(
            int n,
            int step,
            Instant startedAt,
            @Nullable Instant endedAt,
            @Nullable String outcome,
            @Nullable String reason,
            @Nullable String detail,
            @Nullable String externalId) {}

    public List<Attempt> of(String delivery) {
        return sql.all(
                "SELECT * FROM attempt WHERE delivery=? ORDER BY n",
                row -> {
                    Long ended = Sql.nullableLong(row, "ended_at");
                    return new Attempt(
                            row.getInt("n"),
                            row.getInt("step"),
                            Instant.ofEpochMilli(row.getLong("started_at")),
                            ended == null ? null : Instant.ofEpochMilli(ended),
                            row.getString("outcome"),
                            row.getString("reason"),
                            row.getString("detail"),
                            row.getString("external_id"));
                },
                delivery);
    }
}
