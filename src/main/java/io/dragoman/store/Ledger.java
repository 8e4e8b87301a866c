// SPDX-License-Identifier: Apache-2.0
package io.dragoman.store;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Shows that nothing is lost: of all that each source brought in an hour, how much is done, ignored, dead, or still
 * on its way in a queue that will get to it. What is none of these is a difference, and an alarm.
 */
public final class Ledger {
    private static final long HOUR = 3_600_000L;
    /** Ids are made just before or just after the time that is stored with them. */
    private static final long SLACK = 600_000L;

    private static final Duration DAY = Duration.ofHours(24);

    /**
     * EXCEPT, not NOT IN: of that PostgreSQL looks through all events once for each request, where they are too many for
     * the memory of one step.
     */
    static final String HOURS = """
            SELECT source, hour, SUM(accepted), SUM(done), SUM(ignored), SUM(dead), SUM(flying) FROM (
              SELECT e.source AS source, e.received_at/3600000 AS hour, COUNT(*) AS accepted,
                SUM(CASE WHEN e.state='DONE' THEN 1 ELSE 0 END) AS done,
                SUM(CASE WHEN e.state='IGNORED' THEN 1 ELSE 0 END) AS ignored,
                SUM(CASE WHEN e.state='DEAD' THEN 1 ELSE 0 END) AS dead,
                SUM(CASE WHEN e.state='NEW' AND l.ready_at IS NOT NULL THEN 1 ELSE 0 END) AS flying
              FROM event e LEFT JOIN lane l ON e.state='NEW' AND l.lane=e.lane
              WHERE e.id>=? AND e.received_at>=? GROUP BY e.source, e.received_at/3600000
              UNION ALL
              SELECT r.source, r.received_at/3600000, COUNT(*), 0, 0, 0, 0 FROM raw r
              WHERE r.received_at>=? AND r.id IN (SELECT id FROM raw WHERE id>=? EXCEPT SELECT raw FROM event WHERE id>=?)
              GROUP BY r.source, r.received_at/3600000) AS both_sides
            GROUP BY source, hour ORDER BY hour, source""";

    private final Sql sql;

    Ledger(Sql sql) {
        this.sql = sql;
    }

    /**
     * One source's hour.
     *
     * @param accepted events that were acknowledged, and requests that have no event left
     * @param inFlight waiting in a queue that will be worked on
     */
    public record Hour(String channel, Instant hour, long accepted, long done, long ignored, long dead, long inFlight) {
        /** What is unaccounted for: 0 unless something is wrong. */
        public long difference() {
            return accepted - done - ignored - dead - inFlight;
        }
    }

    /** All hours from the one that holds {@code since} on, oldest first. */
    public List<Hour> since(Instant since) {
        long from = since.toEpochMilli() / HOUR * HOUR;
        String firstId = AgedRows.firstId(from - SLACK);
        return sql.all(
                HOURS,
                row -> new Hour(
                        row.getString(1),
                        Instant.ofEpochMilli(row.getLong(2) * HOUR),
                        row.getLong(3),
                        row.getLong(4),
                        row.getLong(5),
                        row.getLong(6),
                        row.getLong(7)),
                values(firstId, from));
    }

    static Object[] values(String firstId, long from) {
        return new Object[] {firstId, from, from, firstId, firstId};
    }

    /** What is unaccounted for of the last 24 hours, by channel. */
    public Map<String, Long> differences(Instant now) {
        Map<String, Long> sums = new TreeMap<>();
        since(now.minus(DAY)).forEach(hour -> sums.merge(hour.channel(), hour.difference(), Long::sum));
        return sums;
    }
}
