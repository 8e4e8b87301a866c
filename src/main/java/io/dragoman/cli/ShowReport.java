// SPDX-License-Identifier: Apache-2.0
package io.dragoman.cli;

import io.dragoman.Bootstrap;
import io.dragoman.app.Queries;
import io.dragoman.app.measure.MeasureQueries.MeasureReport;
import io.dragoman.app.measure.MeasureQueries.Question;
import io.dragoman.app.poll.PollQueries.PollsReport;
import io.dragoman.app.report.Period;
import io.dragoman.app.report.ReportQueries.PeriodReport;
import io.dragoman.app.report.ReportQueries.WaitingReport;
import io.dragoman.config.Loaded;
import io.dragoman.connector.OpeningHours;
import io.dragoman.rules.RuleBook;
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
            "Then the measures of all of it, or with --by those of each channel, team, hour and so on; docs/measures.md"
                    + " defines each.",
            "Automatic replies are no answers. Works whether the gateway runs or not."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  ./dragoman report                             the last 7 days",
            "  ./dragoman report --since 2026-11-01T00:00:00Z --until 2026-12-01T00:00:00Z --csv",
            "  ./dragoman report --since 30d --by channel    the measures of each channel",
            "  ./dragoman report --by hour --zone Europe/Berlin --csv",
            "  ./dragoman report --waiting --limit 100       who waits, alone",
            "  ./dragoman report --polls --since 30d --csv   the polls that were asked, alone"
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

    @Option(names = "--polls", description = "Only the polls that were asked in the time, with what was answered.")
    private boolean pollsAlone;

    @Mixin
    private final MeasureOptions measuring = new MeasureOptions();

    @Override
    public Integer call() {
        Period period = options.period(Instant.now());
        Question question = measuring.question(period);
        OpeningHours hours = dragoman.glance() instanceof Loaded.Usable<RuleBook> usable
                ? Bootstrap.hours(usable.rules())
                : OpeningHours.NONE;
        if (pollsAlone) {
            return OfflineStore.look(dragoman, queries -> show(queries.polls().report(period, dragoman.polls())));
        }
        return OfflineStore.look(
                dragoman,
                queries -> question.by() == null
                        ? show(queries, question, hours)
                        : show(queries.measures().measure(question, hours, Instant.now())));
    }

    /** What {@code --json} prints. */
    private record Printed(
            @Nullable WaitingReport waiting,
            @Nullable PeriodReport period,
            @Nullable MeasureReport measures,
            @Nullable PollsReport polls) {}

    private int show(MeasureReport measures) {
        if (dragoman.json()) {
            dragoman.print(measures);
            return Dragoman.OK;
        }
        dragoman.out().print(csv ? MeasureText.csv(measures) : MeasureText.text(measures));
        dragoman.out().flush();
        return csv && !measures.complete() ? incomplete() : Dragoman.OK;
    }

    private int show(PollsReport polls) {
        if (dragoman.json()) {
            dragoman.print(polls);
        } else if (csv) {
            dragoman.out().print(PollText.csv(polls.polls()));
        } else if (polls.polls().isEmpty()) {
            dragoman.out().println("Nobody was asked a poll.");
        } else {
            print(polls);
        }
        dragoman.out().flush();
        return Dragoman.OK;
    }

    private void print(PollsReport report) {
        report.polls().forEach(one -> dragoman.out().print("\n" + PollText.text(one)));
    }

    private int incomplete() {
        return dragoman.failed("dragoman: there was more than a report counts; ask for a shorter time.");
    }

    private int show(Queries queries, Question question, OpeningHours hours) {
        WaitingReport waiting = waitingAlone || !csv
                ? queries.reports().waiting(Instant.now(), Math.max(1, Math.min(limit, 10_000)))
                : null;
        PeriodReport figures = waitingAlone ? null : queries.reports().period(question.period());
        MeasureReport measures =
                waitingAlone || csv ? null : queries.measures().measure(question, hours, Instant.now());
        PollsReport polls = waitingAlone || csv ? null : queries.polls().report(question.period(), dragoman.polls());
        if (dragoman.json()) {
            dragoman.print(new Printed(waiting, figures, measures, polls));
            return Dragoman.OK;
        }
        if (waiting != null) {
            dragoman.out().print(csv ? ReportText.csv(waiting) : ReportText.text(waiting));
        }
        if (figures != null) {
            dragoman.out().print(csv ? ReportText.csv(figures) : ReportText.text(figures));
        }
        if (measures != null) {
            dragoman.out().print(MeasureText.text(measures));
        }
        if (polls != null) {
            print(polls);
        }
        dragoman.out().flush();
        boolean complete = (waiting == null || waiting.complete()) && (figures == null || figures.complete());
        if (csv && !complete) {
            return incomplete();
        }
        return Dragoman.OK;
    }
}
