// SPDX-License-Identifier: Apache-2.0
package io.dragoman.store;

import io.dragoman.model.Conversation.State;
import io.dragoman.model.Json;
import io.dragoman.model.Message.Direction;
import io.dragoman.model.Words;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Conversations as a report counts them, without any text, page by page, so that no statement reads more than a page.
 * What belongs to a time is found by its id, which begins with the time of the gateway's clock: no index of its own is
 * needed. An answer is what a person of ours wrote and what did not fail; what a rule sent is none.
 */
public final class ConversationFigures {
    /** How far the clock may have been set back between an id and the time beside it. */
    static final Duration MARGIN = Duration.ofDays(1);

    private static final long LATEST = (1L << 48) - 1;
    static final String ANSWER =
            "m.author_kind IN('AGENT','PHONE') AND m.direction='OUT' AND COALESCE(m.status,'')<>'FAILED'";

    private final Sql sql;

    ConversationFigures(Sql sql) {
        this.sql = sql;
    }

    /** Where a conversation belongs. */
    public record Place(
            String channel, @Nullable String desk, @Nullable String team) {
        private static Place of(ResultSet row) throws SQLException {
            return new Place(row.getString("channel"), row.getString("desk"), row.getString("team"));
        }
    }

    /**
     * A conversation and what was written in it.
     *
     * @param closedAt null while it is open
     */
    public record Figures(
            String id,
            Place place,
            @Nullable String assignee,
            List<String> tags,
            State state,
            Instant createdAt,
            @Nullable Instant closedAt,
            Written written) {}

    /**
     * What was written in a conversation, by the gateway's clock.
     *
     * @param firstCustomer when the customer's first message was received
     * @param firstAnswer when a person's first answer to it was; null where we wrote first
     * @param byUs whether we wrote first
     * @param in messages of the customer
     * @param out messages of ours
     * @param automatic those of {@code out} that rules sent
     */
    public record Written(
            @Nullable Instant firstCustomer,
            @Nullable Instant firstAnswer,
            boolean byUs,
            @Nullable Instant last,
            long in,
            long out,
            long automatic) {
        private static final Written NOTHING = new Written(null, null, false, null, 0, 0, 0);
    }

    /** So many messages of a time in one place; {@code last} is the id of the last of them that was read. */
    public record Traffic(Place place, long in, long out, long automatic, long read, String last) {}

    /** An open conversation. */
    public record Open(String id, Place place, @Nullable String assignee, String thread) {}

    /**
     * The conversations that began in a time, in the order of their ids.
     *
     * @param until exclusive
     * @param after the id that the page before ended with; empty for the first
     */
    public List<Figures> begun(Instant since, Instant until, String after, int most) {
        List<Figures> page = sql.all(
                """
                SELECT id, channel, desk, team, assignee, tags, status, created_at, closed_at FROM conversation
                WHERE id>? AND id<? AND created_at>=? AND created_at<? ORDER BY id LIMIT ?""",
                ConversationFigures::figures,
                later(after, since),
                id(until, MARGIN),
                since.toEpochMilli(),
                until.toEpochMilli(),
                most);
        Map<String, Written> written = written(page.stream().map(Figures::id).toList());
        return page.stream()
                .map(f -> new Figures(
                        f.id(),
                        f.place(),
                        f.assignee(),
                        f.tags(),
                        f.state(),
                        f.createdAt(),
                        f.closedAt(),
                        written.getOrDefault(f.id(), Written.NOTHING)))
                .toList();
    }

    /**
     * The messages of a time by where their conversations belong now: of a page of messages.
     *
     * @param after the greatest id of the page before; empty for the first
     * @param most the messages of a page
     */
    public List<Traffic> traffic(Instant since, Instant until, String after, int most) {
        return sql.all(
                """
                SELECT c.channel, c.desk, c.team, COUNT(CASE WHEN page.direction=? THEN 1 END) AS ins,
                  COUNT(CASE WHEN page.direction=? THEN 1 END) AS outs,
                  COUNT(CASE WHEN page.author_kind='RULE' THEN 1 END) AS automatic, COUNT(*) AS messages, MAX(page.id) AS last
                FROM (SELECT id, conversation, direction, author_kind FROM message
                  WHERE id>? AND id<? AND received_at>=? AND received_at<? AND direction<>'NOTE' ORDER BY id LIMIT ?) page
                JOIN conversation c ON c.id=page.conversation GROUP BY c.channel, c.desk, c.team""",
                row -> new Traffic(
                        Place.of(row),
                        row.getLong("ins"),
                        row.getLong("outs"),
                        row.getLong("automatic"),
                        row.getLong("messages"),
                        row.getString("last")),
                Direction.IN.name(),
                Direction.OUT.name(),
                later(after, since),
                id(until, MARGIN),
                since.toEpochMilli(),
                until.toEpochMilli(),
                most);
    }

    /**
     * Open conversations by channel and thread.
     *
     * @param channel of the one that the page before ended with, and its {@code thread}; both empty for the first
     */
    public List<Open> open(String channel, String thread, int most) {
        return sql.all(
                "SELECT id, channel, desk, team, assignee, thread FROM conversation WHERE status='open'"
                        + " AND (channel,thread)>(?,?) ORDER BY channel, thread LIMIT ?",
                row -> new Open(row.getString("id"), Place.of(row), row.getString("assignee"), row.getString("thread")),
                channel,
                thread,
                most);
    }

    /** Since when the customer waits for an answer, by conversation; those who do not wait are not in it. */
    public Map<String, Instant> waiting(List<String> conversations) {
        return byConversation("""
                SELECT m.conversation, MIN(m.received_at) FROM (SELECT value, (SELECT m.sequence FROM message m
                    WHERE m.conversation=value AND %s ORDER BY m.sequence DESC LIMIT 1) AS answered FROM texts(?)) page
                JOIN message m ON m.conversation=page.value AND m.sequence>COALESCE(page.answered,0)
                WHERE m.author_kind='CONTACT' GROUP BY m.conversation""".formatted(ANSWER), row -> Instant.ofEpochMilli(row.getLong(2)), conversations);
    }

    private Map<String, Written> written(List<String> conversations) {
        return byConversation("""
                SELECT m.conversation, MIN(CASE WHEN m.author_kind='CONTACT' THEN m.received_at END) AS asked_at,
                  MIN(CASE WHEN %1$s THEN m.received_at END) AS answered_at, MAX(m.received_at) AS last_at,
                  MIN(CASE WHEN m.author_kind='CONTACT' THEN m.sequence END) AS asked,
                  MIN(CASE WHEN %1$s THEN m.sequence END) AS answered,
                  COUNT(CASE WHEN m.direction='IN' THEN 1 END) AS ins,
                  COUNT(CASE WHEN m.direction='OUT' THEN 1 END) AS outs,
                  COUNT(CASE WHEN m.author_kind='RULE' THEN 1 END) AS automatic
                FROM message m WHERE m.direction<>'NOTE' AND m.conversation IN (SELECT value FROM texts(?))
                GROUP BY m.conversation""".formatted(ANSWER), ConversationFigures::written, conversations);
    }

    private <T> Map<String, T> byConversation(String query, Sql.Row<T> value, List<String> conversations) {
        return conversations.isEmpty()
                ? Map.of()
                : sql.all(query, row -> Map.entry(row.getString(1), value.read(row)), conversations).stream()
                        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private static Figures figures(ResultSet row) throws SQLException {
        return new Figures(
                row.getString("id"),
                Place.of(row),
                row.getString("assignee"),
                Arrays.asList(Json.read(row.getString("tags"), String[].class)),
                Words.find(State.class, row.getString("status")).orElseThrow(),
                Instant.ofEpochMilli(row.getLong("created_at")),
                instant(row, "closed_at"),
                Written.NOTHING);
    }

    private static Written written(ResultSet row) throws SQLException {
        Long asked = Sql.nullableLong(row, "asked");
        Long answered = Sql.nullableLong(row, "answered");
        boolean byUs = answered != null && (asked == null || answered < asked);
        return new Written(
                instant(row, "asked_at"),
                byUs ? null : instant(row, "answered_at"),
                byUs,
                instant(row, "last_at"),
                row.getLong("ins"),
                row.getLong("outs"),
                row.getLong("automatic"));
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        Long millis = Sql.nullableLong(row, column);
        return millis == null ? null : Instant.ofEpochMilli(millis);
    }

    static String later(String after, Instant since) {
        String first = id(since, MARGIN.negated());
        return after.compareTo(first) > 0 ? after : first;
    }

    /** The smallest id of a time: a UUIDv7 begins with its milliseconds. */
    static String id(Instant time, Duration later) {
        long millis = Math.max(0, Math.min(LATEST, time.toEpochMilli() + later.toMillis()));
        return String.format(Locale.ROOT, "%08x-%04x-0000-0000-000000000000", millis >>> 16, millis & 0xffff);
    }
}
