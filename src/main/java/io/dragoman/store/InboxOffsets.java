// SPDX-License-Identifier: Apache-2.0
package io.dragoman.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How far each partition of the inbox's topic was taken in. Written together with what was taken in: so each record is
 * taken in once, whoever reads the partition, and who was overtaken by another reader changes nothing.
 */
public final class InboxOffsets {
    private static final String COLUMNS = "topic_id, part, next_offset, leader_epoch, lost, lost_at";
    private static final String WHERE_EXPECTED = " WHERE topic_id=? AND part=? AND next_offset=?";

    private final Sql sql;

    InboxOffsets(Sql sql) {
        this.sql = sql;
    }

    /**
     * A partition, by the id of its topic: one that is deleted and made anew has another.
     *
     * @param topic its name, for people
     */
    public record Partition(String topicId, String topic, int number) {
        @Override
        public String toString() {
            return topic + "-" + number;
        }
    }

    /**
     * How far it is.
     *
     * @param leaderEpoch of the last record taken in, which tells whether the broker lost it since; null where unknown
     * @param lost how many records the broker had deleted before they were taken in
     */
    public record Place(
            int part,
            long next,
            @Nullable Integer leaderEpoch,
            long lost,
            @Nullable Instant lostAt) {}

    public Optional<Place> find(Partition partition) {
        return sql.one(
                "SELECT " + COLUMNS + " FROM inbox_offset WHERE topic_id=? AND part=?",
                InboxOffsets::place,
                partition.topicId(),
                partition.number());
    }

    /** All partitions of a topic that were read. */
    public List<Place> all(String topicId) {
        return sql.all(
                "SELECT " + COLUMNS + " FROM inbox_offset WHERE topic_id=? ORDER BY part",
                InboxOffsets::place,
                topicId);
    }

    /** Where the reading of a partition begins; nothing where it has begun. */
    public void begin(Partition partition, long next, long now) {
        sql.update(
                "INSERT INTO inbox_offset(topic_id,part,topic,next_offset,lost,updated_at) VALUES(?,?,?,?,0,?)"
                        + " ON CONFLICT(topic_id,part) DO NOTHING",
                partition.topicId(),
                partition.number(),
                partition.topic(),
                next,
                now);
    }

    /**
     * The records from {@code expected} up to before {@code next} are taken in.
     *
     * @throws StoreException.Conflict when another reader has taken some of them in
     */
    public void advance(Partition partition, long expected, long next, @Nullable Integer leaderEpoch, long now) {
        fenced(sql.update(
                "UPDATE inbox_offset SET next_offset=?, leader_epoch=?, updated_at=?" + WHERE_EXPECTED,
                next,
                leaderEpoch,
                now,
                partition.topicId(),
                partition.number(),
                expected));
    }

    /**
     * The records from {@code expected} up to before {@code next} are gone, and were not taken in.
     *
     * @throws StoreException.Conflict when another reader has moved on
     */
    public void skip(Partition partition, long expected, long next, long now) {
        fenced(sql.update(
                "UPDATE inbox_offset SET next_offset=?, leader_epoch=NULL, lost=lost+?, lost_at=?, updated_at=?"
                        + WHERE_EXPECTED,
                next,
                next - expected,
                now,
                now,
                partition.topicId(),
                partition.number(),
                expected));
    }

    private static void fenced(int rows) {
        if (rows == 0) {
            throw new StoreException.Conflict("another gateway has read on in this partition");
        }
    }

    private static Place place(ResultSet row) throws SQLException {
        int epoch = row.getInt(4);
        Integer known = row.wasNull() ? null : epoch;
        long lostAt = row.getLong(6);
        Instant at = row.wasNull() ? null : Instant.ofEpochMilli(lostAt);
        return new Place(row.getInt(2), row.getLong(3), known, row.getLong(5), at);
    }
}
