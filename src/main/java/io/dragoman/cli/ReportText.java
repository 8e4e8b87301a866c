// SPDX-License-Identifier: Apache-2.0
package io.dragoman.cli;

import io.dragoman.app.explain.TerminalText;
import io.dragoman.app.report.Percentiles;
import io.dragoman.app.report.ReportQueries.PeriodReport;
import io.dragoman.app.report.ReportQueries.ReportLine;
import io.dragoman.app.report.ReportQueries.WaitingLine;
import io.dragoman.app.report.ReportQueries.WaitingReport;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reports for a terminal and for a spreadsheet. */
final class ReportText {
    private static final String WAITING = "%-36s  %-9s  %-20s  %s";
    private static final String FIGURES = "%-32s %6s %6s %6s %6s  %-19s %-19s %s";

    private ReportText() {}

    static String text(WaitingReport report) {
        TerminalText lines = new TerminalText();
        if (!report.waiting().isEmpty()) {
            lines.raw(row(WAITING, "CONVERSATION", "WAITS", "SINCE", "CHANNEL, DESK, TEAM, ASSIGNEE"));
        }
        for (WaitingLine line : report.waiting()) {
            lines.raw(row(
                    WAITING,
                    line.conversation(),
                    time((double) line.seconds()),
                    second(line.since()),
                    TerminalText.cut(
                            place(line.channel(), line.desk(), line.team()) + ", " + word(line.assignee()), 60)));
        }
        lines.raw(
                report.count() == 0
                        ? "Nobody waits for an answer."
                        : report.count() + (report.count() == 1 ? " waits" : " wait") + " for an answer"
                                + (report.count() > report.waiting().size()
                                        ? "; these are the " + report.waiting().size() + " longest"
                                        : "")
                                + ".");
        if (!report.complete()) {
            lines.raw("More conversations are open than were looked at: others may wait.");
        }
        return lines.toString();
    }

    static String text(PeriodReport report) {
        TerminalText lines = new TerminalText().raw("");
        lines.raw("From " + second(report.since()) + " to " + second(report.until()) + ":");
        lines.raw(row(
                FIGURES,
                "CHANNEL, DESK, TEAM",
                "BEGUN",
                "IN",
                "OUT",
                "AUTO",
                "RESPONSE 50% / 90%",
                "RESOLVED 50% / 90%",
                "UNANSWERED"));
        report.lines().forEach(line -> lines.raw(figures(place(word(line.channel()), line.desk(), line.team()), line)));
        lines.raw(figures("all", report.total()));
        if (!report.complete()) {
            lines.raw("There was more than is counted: these are the earliest. Ask for a shorter time.");
        }
        return lines.toString();
    }

    private static String figures(String name, ReportLine line) {
        String closed = line.closedUnanswered() == 0 ? "" : ", closed so: " + line.closedUnanswered();
        return row(
                FIGURES,
                TerminalText.cut(name, 32),
                line.conversations(),
                line.messagesIn(),
                line.messagesOut(),
                line.automatic(),
                times(line.firstResponse()),
                times(line.resolution()),
                line.unanswered() + closed);
    }

    static String csv(WaitingReport report) {
        StringBuilder csv = new StringBuilder(
                CsvText.line("conversation", "channel", "desk", "team", "assignee", "since", "seconds"));
        report.waiting()
                .forEach(line -> csv.append(CsvText.line(
                        line.conversation(),
                        line.channel(),
                        line.desk(),
                        line.team(),
                        line.assignee(),
                        line.since(),
                        line.seconds())));
        return csv.toString();
    }

    static String csv(PeriodReport report) {
        StringBuilder csv = new StringBuilder(CsvText.line(
                "channel",
                "desk",
                "team",
                "conversations",
                "by_us",
                "messages_in",
                "messages_out",
                "automatic",
                "first_responses",
                "first_response_median",
                "first_response_p90",
                "resolved",
                "resolution_median",
                "resolution_p90",
                "unanswered",
                "closed_unanswered"));
        report.lines()
                .forEach(line -> csv.append(CsvText.line(
                        line.channel(),
                        line.desk(),
                        line.team(),
                        line.conversations(),
                        line.byUs(),
                        line.messagesIn(),
                        line.messagesOut(),
                        line.automatic(),
                        line.firstResponse().count(),
                        line.firstResponse().median(),
                        line.firstResponse().p90(),
                        line.resolution().count(),
                        line.resolution().median(),
                        line.resolution().p90(),
                        line.unanswered(),
                        line.closedUnanswered())));
        return csv.toString();
    }

    private static String row(String format, Object... cells) {
        return String.format(Locale.ROOT, format, cells);
    }

    private static String place(String channel, @Nullable String desk, @Nullable String team) {
        return channel + ", " + word(desk) + ", " + word(team);
    }

    private static String word(@Nullable String name) {
        return name == null ? "-" : name;
    }

    static Instant second(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS);
    }

    static String times(Percentiles times) {
        return time(times.median()) + " / " + time(times.p90());
    }

    /** The two greatest units of a length of time, such as {@code 2d 3h}. */
    static String time(@Nullable Double seconds) {
        if (seconds == null) {
            return "-";
        }
        Duration time = Duration.ofSeconds(seconds.longValue());
        if (time.toDays() > 0) {
            return time.toDays() + "d " + time.toHoursPart() + "h";
        } else if (time.toHours() > 0) {
            return time.toHours() + "h " + time.toMinutesPart() + "m";
        } else if (time.toMinutes() > 0) {
            return time.toMinutes() + "m " + time.toSecondsPart() + "s";
        }
        return time.toSeconds() + "s";
    }
}
