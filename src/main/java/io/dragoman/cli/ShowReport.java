// SPDX-License-Identifier: Apache-2.0
package io.dragoman.cli;

import io.dragoman.app.Queries;
import io.dragoman.app.report.Period;
import io.dragoman.app.report.ReportQueries.PeriodReport;
import io.dragoman.app.report.ReportQueries.WaitingReport;
import java.time.Instant;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code report}: who waits for an answer, and how long answers took. */
@Command(
        name = "report",
        description = {
            "Who waits for an answer now, longest first; and of a time, by channel, desk and team: conversations,"
                    + " messages, first response time, resolution time and what is unanswered.",
            "Automatic replies are no answers. Works whether the gateway runs or not."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  ./dragoman report                             the last 7 days",
            "  ./dragoman report --since 2026-11-01T00:00:00Z --until 2026-12-01T00:00:00Z --csv",
            "  ./dragoman report --waiting --limit 100       who waits, alone"
        })
final class ShowReport implements Callable<Integer> {
    @ParentCommand
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Dragoman dragoman;

    @Mixin
    private final ReportOptions options = new ReportOptions();

    @Option(names = "--waiting", description = "Only who waits now; --since and --until do not matter.")
    private boolean waitingAlone;

    @Option(names = "--limit", paramLabel = "N", description = "Show at most so many who wait (default 30).")
    private int limit = 30;

    @Option(
            names = "--csv",
            description = "Print CSV: the figures of the time, or with --waiting who waits. Times in seconds.")
    private boolean csv;

    @Override
    public Integer call() {
        Period period = options.period(Instant.now());
        return OfflineStore.look(dragoman, queries -> show(queries, period));
    }

    /** What {@code --json} prints. */
    private record Printed(
            @Nullable WaitingReport waiting, @Nullable PeriodReport period) {}

    private int show(Queries queries, Period period) {
        WaitingReport waiting = waitingAlone || !csv
                ? queries.reports().waiting(Instant.now(), Math.max(1, Math.min(limit, 10_000)))
                : null;
        PeriodReport figures = waitingAlone ? null : queries.reports().period(period);
        if (dragoman.json()) {
            dragoman.print(new Printed(waiting, figures));
            return Dragoman.OK;
        }
        if (waiting != null) {
            dragoman.out().print(csv ? ReportText.csv(waiting) : ReportText.text(waiting));
        }
        if (figures != null) {
            dragoman.out().print(csv ? ReportText.csv(figures) : ReportText.text(figures));
        }
        dragoman.out().flush();
        boolean complete = (waiting == null || waiting.complete()) && (figures == null || figures.complete());
        if (csv && !complete) {
            return dragoman.failed("dragoman: there was more than a report counts; ask for a shorter time.");
        }
        return Dragoman.OK;
    }
}
