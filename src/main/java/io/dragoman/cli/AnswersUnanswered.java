// SPDX-License-Identifier: Apache-2.0
package io.dragoman.cli;

import io.dragoman.app.Queries;
import io.dragoman.app.answers.AnswerQueries;
import io.dragoman.app.answers.AnswerQueries.QuestionGroup;
import io.dragoman.app.answers.AnswerQueries.UnansweredReport;
import io.dragoman.app.explain.TerminalText;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code answers unanswered}: what the FAQ lacks. */
@Command(
        name = "unanswered",
        description = {
            "What customers asked that the FAQ has no answer to: alike questions together, the most frequent first.",
            "Works whether the gateway runs or not."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  ./dragoman answers unanswered                 the last 30 days",
            "  ./dragoman answers unanswered --since 7d",
            "  ./dragoman explain 019ab1c2-…                 explains one"
        })
final class AnswersUnanswered implements Callable<Integer> {
    @ParentCommand
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private AnswersCommand parent;

    @Option(
            names = "--since",
            paramLabel = "TIME",
            converter = DeadLetterOptions.Time.class,
            description = "Only from then on: 3d, 12h, 30m ago, or 2026-11-21T10:00:00Z (default 30d).")
    private @Nullable Instant since;

    @Override
    public Integer call() {
        return OfflineStore.look(parent.dragoman(), this::show);
    }

    private int show(Queries queries) {
        Dragoman dragoman = parent.dragoman();
        Instant from = since == null ? Instant.now().minus(AnswerQueries.USUAL) : since;
        UnansweredReport report = queries.answers().unanswered(from);
        if (dragoman.json()) {
            dragoman.print(report);
            return Dragoman.OK;
        }
        TerminalText lines = new TerminalText();
        for (QuestionGroup group : report.groups()) {
            lines.raw(group.count() + " × " + (group.language() == null ? "?" : group.language()) + "  last "
                    + group.lastAt().truncatedTo(ChronoUnit.SECONDS) + "  " + group.example());
            group.texts().forEach(text -> lines.add(4, text));
            if (group.nearest() != null && group.score() != null) {
                lines.add(4, "nearest, " + String.format(Locale.ROOT, "%.2f", group.score()) + ": " + group.nearest());
            }
        }
        lines.raw(report.questions() + " not answered, " + report.answered() + " answered since "
                + from.truncatedTo(ChronoUnit.SECONDS)
                + (report.complete() ? "." : "; only the latest were looked at."));
        dragoman.out().print(lines);
        dragoman.out().flush();
        return Dragoman.OK;
    }
}
