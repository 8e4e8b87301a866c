// SPDX-License-Identifier: Apache-2.0
package io.dragoman.cli;

import io.dragoman.app.explain.TerminalText;
import io.dragoman.app.measure.MeasureLine;
import io.dragoman.app.measure.MeasureQueries.MeasureReport;
import io.dragoman.app.measure.Share;
import io.dragoman.app.measure.SurveyScore;
import io.dragoman.app.report.Percentiles;
import io.dragoman.model.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Measures for a terminal, a block for each group, and for a spreadsheet. */
final class MeasureText {
    private static final String[] COLUMNS = {
        "group",
        "conversations",
        "by_us",
        "messages_in",
        "messages_out",
        "automatic",
        "first_responses",
        "first_response_median",
        "first_response_p90",
        "first_response_open_median",
        "first_response_open_p90",
        "unanswered",
        "closed_unanswered",
        "resolved",
        "resolution_median",
        "resolution_p90",
        "resolution_open_median",
        "resolution_open_p90",
        "first_contact_resolved",
        "first_contact_of",
        "first_contact_pending",
        "reopened",
        "reopened_of",
        "repeat_contacts",
        "repeat_of",
        "deflected",
        "deflected_of",
        "backlog",
        "backlog_age_median",
        "backlog_age_p90",
        "churned",
        "churned_of",
        "csat_answered",
        "csat_delivered",
        "csat",
        "nps_answered",
        "nps_delivered",
        "nps",
        "ces_answered",
        "ces_delivered",
        "ces"
    };

    private MeasureText() {}

    static String text(MeasureReport report) {
        TerminalText lines = new TerminalText().raw("");
        lines.raw("Measures from " + ReportText.second(report.since()) + " to " + ReportText.second(report.until())
                + ", median / 90%:");
        for (MeasureLine line : report.lines()) {
            block(lines, group(report, line), report, line);
        }
        block(lines, "all", report, report.total());
        if (!report.complete()) {
            lines.raw("There was more than is counted: these are of the earliest. Ask for a shorter time.");
        }
        return lines.toString();
    }

    private static String group(MeasureReport report, MeasureLine line) {
        String by = report.by() == null ? "" : Words.of(report.by()) + " ";
        return by + (line.group() == null ? "-" : TerminalText.cut(line.group(), 60));
    }

    private static void block(TerminalText lines, String name, MeasureReport report, MeasureLine line) {
        lines.raw(name);
        lines.add(
                2,
                line.conversations() + " conversations (" + line.byUs() + " begun by us), " + line.messagesIn()
                        + " messages in, " + line.messagesOut() + " out (" + line.automatic() + " automatic)");
        lines.add(
                2,
                "first response " + times(line.firstResponse(), line.firstResponseOpen()) + "; unanswered "
                        + line.unanswered() + ", closed so " + line.closedUnanswered());
        lines.add(2, "resolution " + times(line.resolution(), line.resolutionOpen()));
        lines.add(
                2,
                "resolved at the first contact, within " + report.contactDays() + " days: " + share(line.firstContact())
                        + "; too early to tell: " + line.firstContactPending());
        lines.add(2, "opened again " + share(line.reopened()) + "; contacts who came again " + share(line.repeat()));
        lines.add(2, "closed after automatic answers alone " + share(line.deflected()));
        lines.add(2, "open now " + line.backlog().count() + ", age " + ReportText.times(line.backlog()));
        if (line.churn() != null) {
            lines.add(2, "contacts of the time before who stayed away " + share(line.churn()));
        }
        score(lines, "content (CSAT)", line.csat(), true);
        score(lines, "would recommend us (NPS)", line.nps(), false);
        score(lines, "found it easy (CES)", line.ces(), true);
    }

    private static String times(Percentiles clock, @Nullable Percentiles open) {
        return ReportText.times(clock)
                + (open == null ? "" : ", in business hours " + ReportText.times(open))
                + " (of " + clock.count() + ")";
    }

    private static void score(TerminalText lines, String name, @Nullable SurveyScore score, boolean percent) {
        if (score != null) {
            lines.add(
                    2,
                    name + " " + value(score.score(), percent)
                            + (score.score() == null
                                    ? ", fewer than 10 answers"
                                    : ", 95 % sure: " + value(score.low(), percent) + " to "
                                            + value(score.high(), percent))
                            + "; surveys answered " + share(score.answered()));
        }
    }

    private static String value(@Nullable Double score, boolean percent) {
        if (score == null) {
            return "-";
        }
        return percent
                ? String.format(Locale.ROOT, "%.1f %%", score * 100)
                : String.format(Locale.ROOT, "%+.0f", score);
    }

    private static String share(Share share) {
        return share.rate() == null
                ? "- (of 0)"
                : String.format(Locale.ROOT, "%.1f %% (%d of %d)", share.rate() * 100, share.part(), share.of());
    }

    static String csv(MeasureReport report) {
        StringBuilder csv = new StringBuilder(CsvText.line((Object[]) COLUMNS));
        report.lines().forEach(line -> csv.append(csv(line)));
        return csv.toString();
    }

    private static String csv(MeasureLine line) {
        List<@Nullable Object> cells = new ArrayList<>();
        cells.add(line.group());
        cells.add(line.conversations());
        cells.add(line.byUs());
        cells.add(line.messagesIn());
        cells.add(line.messagesOut());
        cells.add(line.automatic());
        cells.add(line.firstResponse().count());
        addTimes(cells, line.firstResponse());
        addTimes(cells, line.firstResponseOpen());
        cells.add(line.unanswered());
        cells.add(line.closedUnanswered());
        cells.add(line.resolution().count());
        addTimes(cells, line.resolution());
        addTimes(cells, line.resolutionOpen());
        addShare(cells, line.firstContact());
        cells.add(line.firstContactPending());
        addShare(cells, line.reopened());
        addShare(cells, line.repeat());
        addShare(cells, line.deflected());
        cells.add(line.backlog().count());
        addTimes(cells, line.backlog());
        addShare(cells, line.churn());
        addScore(cells, line.csat());
        addScore(cells, line.nps());
        addScore(cells, line.ces());
        return CsvText.line(cells.toArray());
    }

    private static void addTimes(List<@Nullable Object> cells, @Nullable Percentiles times) {
        cells.add(times == null ? null : times.median());
        cells.add(times == null ? null : times.p90());
    }

    private static void addScore(List<@Nullable Object> cells, @Nullable SurveyScore score) {
        addShare(cells, score == null ? null : score.answered());
        cells.add(score == null ? null : score.score());
    }

    private static void addShare(List<@Nullable Object> cells, @Nullable Share share) {
        cells.add(share == null ? null : share.part());
        cells.add(share == null ? null : share.of());
    }
}
