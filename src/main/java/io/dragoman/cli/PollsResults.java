// SPDX-License-Identifier: Apache-2.0
package io.dragoman.cli;

import io.dragoman.app.Queries;
import io.dragoman.app.explain.TerminalText;
import io.dragoman.app.poll.PollQueries.PollResults;
import io.dragoman.app.poll.PollQueries.QuestionResult;
import io.dragoman.store.Polls.Count;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code polls results}: what was answered to one poll. */
@Command(
        name = "results",
        description = {
            "What was answered to a poll: of choices how many contacts picked which, of numbers the mean, of texts and",
            "e-mail addresses how many there are. Each contact counts once. Works whether the gateway runs or not."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  ./dragoman polls results lunch", "  ./dragoman polls results lunch --csv"})
final class PollsResults implements Callable<Integer> {
    @ParentCommand
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private PollsCommand parent;

    @Parameters(paramLabel = "POLL", description = "Its name in polls.yaml.")
    private String poll = "";

    @Option(names = "--csv", description = "As CSV, for a spreadsheet.")
    private boolean csv;

    @Override
    public Integer call() {
        return OfflineStore.look(parent.dragoman(), this::show);
    }

    private int show(Queries queries) {
        Dragoman dragoman = parent.dragoman();
        Optional<PollResults> found = queries.polls().results(poll);
        if (found.isEmpty()) {
            dragoman.err().println("Nobody was asked a poll of the name " + poll + ": ./dragoman polls list");
            dragoman.err().flush();
            return Dragoman.WRONG;
        } else if (dragoman.json()) {
            dragoman.print(found.get());
        } else if (csv) {
            dragoman.out().print(csv(found.get()));
        } else {
            dragoman.out().print(text(found.get()));
        }
        dragoman.out().flush();
        return Dragoman.OK;
    }

    private static String csv(PollResults results) {
        StringBuilder csv = new StringBuilder(
                CsvText.line("poll", "question", "kind", "value", "correct", "contacts", "mean", "least", "most"));
        for (QuestionResult one : results.questions()) {
            for (Count count : one.counts()) {
                csv.append(CsvText.line(
                        results.poll(),
                        one.question(),
                        one.kind(),
                        count.value(),
                        count.correct(),
                        count.contacts(),
                        null,
                        null,
                        null));
            }
            if (one.counts().isEmpty()) {
                csv.append(CsvText.line(
                        results.poll(),
                        one.question(),
                        one.kind(),
                        null,
                        null,
                        one.answered(),
                        one.mean(),
                        one.least(),
                        one.most()));
            }
        }
        return csv.toString();
    }

    private static TerminalText text(PollResults results) {
        TerminalText lines = new TerminalText();
        lines.raw("Poll " + results.poll() + ": asked " + results.asked() + ", answered to the end by " + results.done()
                + ".");
        for (QuestionResult one : results.questions()) {
            String right = one.correct() == null ? "" : ", " + one.correct() + " right";
            String numbers =
                    one.mean() == null ? "" : ", mean " + one.mean() + ", from " + one.least() + " to " + one.most();
            lines.raw(one.question() + " (" + one.kind() + "): " + one.answered() + " answers" + right + numbers);
            for (Count count : one.counts()) {
                long percent = Math.round(100.0 * count.contacts() / one.answered());
                lines.raw(String.format(
                        Locale.ROOT,
                        "  %-40s %8s  %s",
                        TerminalText.cut(count.value(), 40),
                        count.contacts(),
                        percent + " %" + (Boolean.TRUE.equals(count.correct()) ? "  right" : "")));
            }
        }
        return lines;
    }
}
