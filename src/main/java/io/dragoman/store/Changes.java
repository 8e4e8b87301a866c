// SPDX-License-Identifier: Apache-2.0
package io.dragoman.store;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which conversations changed, in order, for those who follow beside the work: a row for each conversation that a
 * transaction changed, however much of it. Numbers rise, but where several gateways write a smaller one can become visible
 * after a greater, and one that was rolled back is left out. Not thread-safe.
 */
public final class Changes {
    /** So many of the last are kept, a quarter of an hour of 1,000 a second; who was away for longer looks at everything anew. */
    public static final long KEPT = 1_000_000;

    private final Sql sql;
    private final Set<String> pending = new HashSet<>();

    Changes(Sql sql) {
        this.sql = sql;
    }

    /** A change: which number of it, in which conversation. */
    public record Change(long seq, String conversation) {}

    /** The numbers that are there. */
    public record Range(long first, long last) {}

    /** A conversation is changed by this transaction. */
    void note(String conversation) {
        pending.add(conversation);
    }

    /** Runs an update of one row that names its conversation, which is changed by it. */
    void update(String update, @Nullable Object... values) {
        sql.one(update + " RETURNING conversation", row -> row.getString(1), values)
                .ifPresent(this::note);
    }

    /** Forgets what a transaction that was rolled back changed. */
    void clear() {
        pending.clear();
    }

    /** The last thing before the commit. */
    void write() {
        if (pending.size() == 1) {
            sql.update(
                    "INSERT INTO change(conversation) VALUES(?)",
                    pending.iterator().next());
        } else if (!pending.isEmpty()) {
            sql.update("INSERT INTO change(conversation) SELECT value FROM texts(?)", List.copyOf(pending));
        }
        pending.clear();
    }

    /** What changed after a number, in order. */
    public List<Change> after(long seq, int most) {
        return sql.all(
                "SELECT seq, conversation FROM change WHERE seq>? ORDER BY seq LIMIT ?",
                row -> new Change(row.getLong(1), row.getString(2)),
                seq,
                most);
    }

    /** Those of these numbers that are there. */
    public List<Change> these(List<Long> numbers) {
        return sql.all(
                "SELECT seq, conversation FROM change WHERE seq IN (SELECT CAST(value AS BIGINT) FROM texts(?)) ORDER BY seq",
                row -> new Change(row.getLong(1), row.getString(2)),
                numbers);
    }

    /** Empty while nothing changed yet. */
    public Optional<Range> range() {
        return sql.one(
                        "SELECT (SELECT min(seq) FROM change), (SELECT max(seq) FROM change)",
                        row -> new Range(row.getLong(1), row.getLong(2)))
                .filter(range -> range.last() > 0);
    }

    /**
     * Drops what is older than the last so many; the last one stays, so that no number comes twice.
     *
     * @param most so many numbers in one transaction
     * @return whether more is to be dropped
     */
    public boolean prune(long kept, int most) {
        Range range = range().orElse(new Range(1, 0));
        long oldest = range.last() - Math.max(1, kept);
        long last = Math.min(oldest, range.first() + most - 1);
        if (last >= range.first()) {
            sql.update("DELETE FROM change WHERE seq<=?", last);
        }
        return last < oldest;
    }
}
