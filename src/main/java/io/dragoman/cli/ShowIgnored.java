// SPDX-License-Identifier: Apache-2.0
package io.dragoman.cli;

import io.dragoman.app.Queries;
import io.dragoman.app.explain.TerminalText;
import io.dragoman.app.query.IgnoredQueries;
import io.dragoman.app.query.IgnoredQueries.IgnoredLine;
import io.dragoman.app.query.IgnoredQueries.IgnoredReport;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code ignored}: what came in that nothing was done about. */
@Command(
        name = "ignored",
        description = {
            "What came in that nothing was done about, by channel and kind, the most frequent first.",
            "Works whether the gateway runs or not."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  ./dragoman ignored                            the last 7 days",
            "  ./dragoman ignored --since 12h --channel shop-whatsapp",
            "  ./dragoman explain 019ab1c2-…                 explains one"
        })
final class ShowIgnored implements Callable<Integer> {
    private static final String ROW = "%-26s  %-38s  %8s  %-20s  %s";

    @ParentCommand
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Dragoman dragoman;

    @Option(
            names = "--since",
            paramLabel = "TIME",
            converter = DeadLetterOptions.Time.class,
            description = "Only from then on: 3d, 12h, 30m ago, or 2026-11-21T10:00:00Z (default 7d).")
    private @Nullable Instant since;

    @Option(names = "--channel", paramLabel = "ID", description = "Only what came from this channel or desk.")
    private @Nullable String channel;

    @Override
    public Integer call() {
        return OfflineStore.look(dragoman, this::show);
    }

    private int show(Queries queries) {
        Instant from = since == null ? Instant.now().minus(IgnoredQueries.USUAL) : since;
        IgnoredReport report = queries.ignored().report(from, channel);
        if (dragoman.json()) {
            dragoman.print(report);
            return Dragoman.OK;
        }
        TerminalText lines = new TerminalText();
        if (!report.ignored().isEmpty()) {
            lines.raw(ROW.formatted("CHANNEL", "KIND", "EVENTS", "LAST SEEN", "EXAMPLE"));
        }
        for (IgnoredLine line : report.ignored()) {
            lines.raw(ROW.formatted(
                    TerminalText.cut(line.channel(), 26),
                    TerminalText.cut(line.kind(), 38),
                    line.events(),
                    line.lastSeen().truncatedTo(ChronoUnit.SECONDS),
                    line.example()));
        }
        String count =
                report.events() == 0 ? "Nothing was" : report.events() + (report.events() == 1 ? " was" : " were");
        lines.raw(count + " ignored since " + from.truncatedTo(ChronoUnit.SECONDS) + ".");
        dragoman.out().print(lines);
        dragoman.out().flush();
        return Dragoman.OK;
    }
}
