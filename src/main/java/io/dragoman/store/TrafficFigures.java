// SPDX-License-Identifier: Apache-2.0
package io.dragoman.store;

import io.dragoman.model.Message;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How many messages there were, by portions of a time. */
public final class TrafficFigures {
    /** Between when an event was taken in, of which its message's id tells, and when it was received. */
    private static final long MARGIN_MILLIS = 60_000;

    private final Sql sql;

    TrafficFigures(Sql sql) {
        this.sql = sql;
    }

    /**
     * So many messages.
     *
     * @param slot the portion, from 0
     * @param desk that has their conversations now; null for none
     * @param byDesk whether a desk wrote them
     */
    public record Portion(
            int slot,
            String channel,
            @Nullable String desk,
            Message.Direction direction,
            boolean byDesk,
            long messages) {}

    /**
     * The messages from a time on without notes. Reads all of them, so it takes the longer the more there are.
     *
     * @param stepMillis how long a portion is
     */
    public List<Portion> since(Instant start, long stepMillis) {
        long from = start.toEpochMilli();
        return sql.all(
                """
                SELECT slot, channel, desk, direction, by_desk, COUNT(*) FROM (
                  SELECT (m.received_at-?)/? AS slot, c.channel, c.desk, m.direction,
                    CASE WHEN m.author_kind IN('AGENT','BOT') THEN 1 ELSE 0 END AS by_desk
                  FROM message m JOIN conversation c ON c.id=m.conversation
                  WHERE m.id>? AND m.received_at>=? AND m.direction<>'NOTE') portion
                GROUP BY slot, channel, desk, direction, by_desk""",
                row -> new Portion(
                        row.getInt(1),
                        row.getString(2),
                        row.getString(3),
                        Message.Direction.valueOf(row.getString(4)),
                        row.getInt(5) == 1,
                        row.getLong(6)),
                from,
                stepMillis,
                id(Math.max(0, from - MARGIN_MILLIS)),
                from);
    }

    /** The smallest id of a time: a UUIDv7 begins with its milliseconds. */
    private static String id(long millis) {
        return String.format(Locale.ROOT, "%08x-%04x-0000-0000-000000000000", millis >>> 16, millis & 0xffff);
    }
}
