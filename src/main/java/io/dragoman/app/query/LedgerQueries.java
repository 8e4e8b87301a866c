// SPDX-License-Identifier: Apache-2.0
package io.dragoman.app.query;

import io.dragoman.store.Ledger;
import io.dragoman.store.ReadAccess;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** The books: what was accepted against what became of it. Blocks. */
public final class LedgerQueries {
    private final ReadAccess store;

    public LedgerQueries(ReadAccess store) {
        this.store = store;
    }

    /**
     * The hours, oldest first.
     *
     * @param difference how much is unaccounted for in all of them
     */
    public record LedgerReport(List<LedgerLine> hours, long difference) {}

    /** One source's hour with its difference. */
    public record LedgerLine(
            String channel,
            Instant hour,
            long accepted,
            long done,
            long ignored,
            long dead,
            long inFlight,
            long difference) {}

    /** The last hours, the present one included. */
    public LedgerReport report(Instant now, long hours) {
        Instant since = now.minus(Duration.ofHours(hours - 1));
        List<LedgerLine> lines = store.read(tx -> tx.ledger().since(since)).stream()
                .map(LedgerQueries::line)
                .toList();
        return new LedgerReport(
                lines, lines.stream().mapToLong(LedgerLine::difference).sum());
    }

    private static LedgerLine line(Ledger.Hour hour) {
        return new LedgerLine(
                hour.channel(),
                hour.hour(),
                hour.accepted(),
                hour.done(),
                hour.ignored(),
                hour.dead(),
                hour.inFlight(),
                hour.difference());
    }
}
