// SPDX-License-Identifier: Apache-2.0
package io.dragoman.cli;

import io.dragoman.app.Queries;
import io.dragoman.app.explain.TerminalText;
import io.dragoman.app.query.LedgerQueries.LedgerLine;
import io.dragoman.app.query.LedgerQueries.LedgerReport;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code ledger}: accepted against what became of it. */
@Command(
        name = "ledger",
        description = {
            "By channel and hour: accepted = done + ignored + dead + in flight. Ends with 1 when that is not so.",
            "Works whether the gateway runs or not."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  ./dragoman ledger                     the last 24 hours", "  ./dragoman ledger --hours 168"})
final class ShowLedger implements Callable<Integer> {
    private static final String ROW = "%-16s  %-26s  %8s  %8s  %8s  %6s  %6s  %6s";

    @ParentCommand
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Dragoman dragoman;

    @Option(names = "--hours", paramLabel = "N", description = "So many hours, this one included.")
    private int hours = 24;

    @Override
    public Integer call() {
        return OfflineStore.look(dragoman, this::show);
    }

    private int show(Queries queries) {
        LedgerReport books = queries.ledger().report(Instant.now(), Math.max(1, hours));
        boolean good = books.hours().stream().allMatch(line -> line.difference() == 0);
        if (dragoman.json()) {
            dragoman.print(books);
            return good ? Dragoman.OK : Dragoman.FAILED;
        }
        TerminalText lines = new TerminalText();
        lines.raw(String.format(
                Locale.ROOT, ROW, "HOUR", "CHANNEL", "ACCEPTED", "DONE", "IGNORED", "DEAD", "FLYING", "LOST"));
        for (LedgerLine line : books.hours()) {
            lines.raw(String.format(
                    Locale.ROOT,
                    ROW,
                    line.hour().truncatedTo(ChronoUnit.HOURS).toString().replace(":00:00Z", ":00Z"),
                    TerminalText.cut(line.channel(), 26),
                    line.accepted(),
                    line.done(),
                    line.ignored(),
                    line.dead(),
                    line.inFlight(),
                    line.difference()));
        }
        lines.raw(
                books.hours().isEmpty()
                        ? "Nothing was accepted."
                        : good
                                ? "Every line adds up."
                                : "Something is unaccounted for. Keep the data and ask for help.");
        dragoman.out().print(lines);
        dragoman.out().flush();
        return good ? Dragoman.OK : Dragoman.FAILED;
    }
}
