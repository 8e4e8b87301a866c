// SPDX-License-Identifier: Apache-2.0
package io.dragoman.store;

import io.dragoman.model.Conversation.State;
import io.dragoman.model.Words;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What measures are made of, without any text, page by page as {@link ConversationFigures} reads: conversations with when
 * they were first closed and opened again, messages by conversation and quarter of an hour, and what is open.
 */
public final class MeasureFigures {
    /** The time that messages are counted by: every zone's hours begin with one. */
    public static final Duration QUARTER = Duration.ofMinutes(15);

    private static final String WHERE = "c.channel, c.kind, c.desk, c.team, c.language";
    private static final String MACHINE =
            "m.author_kind IN('RULE','BOT') AND m.direction='OUT' AND COALESCE(m.status,'')<>'FAILED'";

    private final Sql sql;

    MeasureFigures(Sql sql) {
        this.sql = sql;
    }

    /** What conversations are grouped by, as they are now. */
    public record Where(
            String channel,
            String kind,
            @Nullable String desk,
            @Nullable String team,
            @Nullable String language) {
        private static Where of(ResultSet row) throws SQLException {
            return new Where(
                    row.getString("channel"),
                    row.getString("kind"),
                    row.getString("desk"),
                    row.getString("team"),
                    row.getString("language"));
        }
    }

    /** When a conversation was first closed, when it was first opened again after that, and how often in all. */
    public record Turns(@Nullable Instant closed, @Nullable Instant reopened, int times) {
        private static final Turns NONE = new Turns(null, null, 0);
    }

    /**
     * Who wrote what in a conversation, by the gateway's clock.
     *
     * @param customer when the customer's first message was received
     * @param answer when a person's first answer was written
     * @param byUs whether a person of ours wrote first
     * @param machineLast whether a rule or a bot answered after the last message of the customer
     */
    public record Said(@Nullable Instant customer, @Nullable Instant answer, boolean byUs, boolean machineLast) {
        private static final Said NOTHING = new Said(null, null, false, false);
    }

    /**
     * A conversation.
     *
     * @param closedAt null while it is open
     */
    public record Measured(
            String id,
            Where where,
            String contact,
            State state,
            Instant createdAt,
            @Nullable Instant closedAt,
            Turns turns,
            Said said) {}

    /**
     * Messages of one conversation in one quarter of an hour, of a page of messages.
     *
     * @param at when the quarter began
     * @param written those of {@code in} that the customer wrote
     * @param automatic those of {@code out} that rules sent
     * @param read all of them
     * @param last the greatest id of them
     */
    public record Passed(
            Where where,
            String contact,
            Instant at,
            long in,
            long written,
            long out,
            long automatic,
            long read,
            String last) {}

    /**
     * A survey.
     *
     * @param kind {@code csat}, {@code nps} or {@code ces}
     * @param score null while it is not answered
     */
    public record Asked(
            String id,
            String kind,
            Where where,
            Instant at,
            boolean delivered,
            @Nullable Long score) {}

    /** An open conversation. */
    public record Pending(Where where, String thread, Instant createdAt) {}

    /**
     * The conversations that began in a time, in the order of their ids.
     *
     * @param until exclusive
     * @param after the id that the page before ended with; empty for the first
     */
    public List<Measured> begun(Instant since, Instant until, String after, int most) {
        List<Measured> page = sql.all(
                """
                SELECT c.id, %s, c.contact, c.status, c.created_at, c.closed_at FROM conversation c
                WHERE c.id>? AND c.id<? AND c.created_at>=? AND c.created_at<? ORDER BY c.id LIMIT ?""".formatted(WHERE),
                MeasureFigures::measured,
                ConversationFigures.later(after, since),
                ConversationFigures.id(until, ConversationFigures.MARGIN),
                since.toEpochMilli(),
                until.toEpochMilli(),
                most);
        List<String> ids = page.stream().map(Measured::id).toList();
        Map<String, Turns> turns = turns(ids);
        Map<String, Said> said = said(ids);
        return page.stream()
                .map(one -> new Measured(
                        one.id(),
                        one.where(),
                        one.contact(),
                        one.state(),
                        one.createdAt(),
                        one.closedAt(),
                        turns.getOrDefault(one.id(), Turns.NONE),
                        said.getOrDefault(one.id(), Said.NOTHING)))
                .toList();
    }

    private static Measured measured(ResultSet row) throws SQLException {
        return new Measured(
                row.getString("id"),
                Where.of(row),
                row.getString("contact"),
                Words.find(State.class, row.getString("status")).orElseThrow(),
                Instant.ofEpochMilli(row.getLong("created_at")),
                instant(row, "closed_at"),
                Turns.NONE,
                Said.NOTHING);
    }

    private Map<String, Turns> turns(List<String> conversations) {
        return byConversation(
                """
                SELECT s.conversation, MIN(CASE WHEN s.status='closed' THEN s.at END) AS closed,
                  MIN(CASE WHEN s.status='open' THEN s.at END) AS reopened, COUNT(CASE WHEN s.status='open' THEN 1 END) AS times
                FROM state_change s WHERE s.conversation IN (SELECT value FROM texts(?)) GROUP BY s.conversation""",
                row -> new Turns(instant(row, "closed"), instant(row, "reopened"), row.getInt("times")),
                conversations);
    }

    private Map<String, Said> said(List<String> conversations) {
        return byConversation("""
                SELECT m.conversation, MIN(CASE WHEN m.author_kind='CONTACT' THEN m.received_at END) AS asked_at,
                  MIN(CASE WHEN %1$s THEN m.received_at END) AS answered_at,
                  MIN(CASE WHEN m.author_kind='CONTACT' THEN m.sequence END) AS asked,
                  MIN(CASE WHEN %1$s THEN m.sequence END) AS answered,
                  MAX(CASE WHEN m.author_kind='CONTACT' THEN m.sequence END) AS asked_last,
                  MAX(CASE WHEN %2$s THEN m.sequence END) AS machine_last
                FROM message m WHERE m.direction<>'NOTE' AND m.conversation IN (SELECT value FROM texts(?))
                GROUP BY m.conversation""".formatted(ConversationFigures.ANSWER, MACHINE), MeasureFigures::said, conversations);
    }

    private static Said said(ResultSet row) throws SQLException {
        Long asked = Sql.nullableLong(row, "asked");
        Long answered = Sql.nullableLong(row, "answered");
        Long last = Sql.nullableLong(row, "asked_last");
        Long machine = Sql.nullableLong(row, "machine_last");
        boolean byUs = answered != null && (asked == null || answered < asked);
        return new Said(
                instant(row, "asked_at"),
                instant(row, "answered_at"),
                byUs,
                machine != null && last != null && machine > last);
    }

    /**
     * The messages of a time but notes, in the order of their ids: of a page of messages.
     *
     * @param after the greatest id of the page before; empty for the first
     * @param most the messages of a page
     */
    public List<Passed> passed(Instant since, Instant until, String after, int most) {
        return sql.all(
                """
                SELECT %1$s, c.contact, page.received_at/900000 AS quarter, COUNT(CASE WHEN page.direction='IN' THEN 1 END) AS ins,
                  COUNT(CASE WHEN page.direction='IN' AND page.author_kind='CONTACT' THEN 1 END) AS written,
                  COUNT(CASE WHEN page.direction='OUT' THEN 1 END) AS outs,
                  COUNT(CASE WHEN page.author_kind='RULE' THEN 1 END) AS automatic, COUNT(*) AS messages, MAX(page.id) AS last
                FROM (SELECT id, conversation, direction, author_kind, received_at FROM message
                  WHERE id>? AND id<? AND received_at>=? AND received_at<? AND direction<>'NOTE' ORDER BY id LIMIT ?) page
                JOIN conversation c ON c.id=page.conversation
                GROUP BY c.id, %1$s, c.contact, page.received_at/900000""".formatted(WHERE),
                row -> new Passed(
                        Where.of(row),
                        row.getString("contact"),
                        Instant.ofEpochMilli(row.getLong("quarter") * QUARTER.toMillis()),
                        row.getLong("ins"),
                        row.getLong("written"),
                        row.getLong("outs"),
                        row.getLong("automatic"),
                        row.getLong("messages"),
                        row.getString("last")),
                ConversationFigures.later(after, since),
                ConversationFigures.id(until, ConversationFigures.MARGIN),
                since.toEpochMilli(),
                until.toEpochMilli(),
                most);
    }

    /**
     * Open conversations by channel and thread.
     *
     * @param channel of the one that the page before ended with, and its {@code thread}; both empty for the first
     */
    public List<Pending> pending(String channel, String thread, int most) {
        return sql.all(
                """
                SELECT %s, c.thread, c.created_at FROM conversation c WHERE c.status='open' AND (c.channel,c.thread)>(?,?)
                ORDER BY c.channel, c.thread LIMIT ?""".formatted(WHERE),
                row -> new Pending(
                        Where.of(row), row.getString("thread"), Instant.ofEpochMilli(row.getLong("created_at"))),
                channel,
                thread,
                most);
    }

    /**
     * The surveys that were sent in a time but those of a question of one's own, the earliest first.
     *
     * @param since inclusive for the first page; for others when the last one of the page before was sent
     * @param after the id of that one; empty for the first page
     */
    public List<Asked> asked(Instant since, Instant until, String after, int most) {
        return sql.all(
                """
                SELECT %s, v.id AS survey, v.kind AS scale, v.sent_at, v.delivered_at, v.score FROM survey v
                JOIN conversation c ON c.id=v.conversation
                WHERE (v.sent_at,v.id)>(?,?) AND v.sent_at<? AND v.kind<>'own' ORDER BY v.sent_at, v.id LIMIT ?""".formatted(WHERE),
                row -> new Asked(
                        row.getString("survey"),
                        row.getString("scale"),
                        Where.of(row),
                        Instant.ofEpochMilli(row.getLong("sent_at")),
                        Sql.nullableLong(row, "delivered_at") != null,
                        Sql.nullableLong(row, "score")),
                since.toEpochMilli(),
                after,
                until.toEpochMilli(),
                most);
    }

    private <T> Map<String, T> byConversation(String query, Sql.Row<T> value, List<String> conversations) {
        return conversations.isEmpty()
                ? Map.of()
                : sql.all(query, row -> Map.entry(row.getString(1), value.read(row)), conversations).stream()
                        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        Long millis = Sql.nullableLong(row, column);
        return millis == null ? null : Instant.ofEpochMilli(millis);
    }
}
