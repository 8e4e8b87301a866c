// SPDX-License-Identifier: Apache-2.0
package io.dragoman.app.query;

import io.dragoman.store.IgnoredEvents;
import io.dragoman.store.ReadAccess;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What nothing was done about, by channel and kind. Blocks. */
public final class IgnoredQueries {
    /** How far back a report goes that does not say. */
    public static final Duration USUAL = Duration.ofDays(7);

    private final ReadAccess store;

    public IgnoredQueries(ReadAccess store) {
        this.store = store;
    }

    /**
     * The kinds, the most frequent first.
     *
     * @param events how many of all kinds
     */
    public record IgnoredReport(Instant since, List<IgnoredLine> ignored, long events) {}

    /**
     * One kind from one channel or desk.
     *
     * @param lastSeen when the last of them was received
     * @param example the id of the last of them, to be explained
     */
    public record IgnoredLine(String channel, String kind, long events, Instant lastSeen, String example) {}

    /**
     * What was ignored since a time.
     *
     * @param channel the channel or desk; null for all
     */
    public IgnoredReport report(Instant since, @Nullable String channel) {
        List<IgnoredLine> lines = store.read(tx -> tx.ignored().counts(since, channel)).stream()
                .map(IgnoredQueries::line)
                .toList();
        return new IgnoredReport(
                since, lines, lines.stream().mapToLong(IgnoredLine::events).sum());
    }

    private static IgnoredLine line(IgnoredEvents.Count count) {
        return new IgnoredLine(count.source(), count.kind(), count.events(), count.last(), count.example());
    }
}
