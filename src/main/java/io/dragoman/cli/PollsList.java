// SPDX-License-Identifier: Apache-2.0
package io.dragoman.cli;

import io.dragoman.app.Queries;
import io.dragoman.app.explain.TerminalText;
import io.dragoman.app.poll.PollQueries.PollList;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code polls list}: all polls that anybody was asked. */
@Command(
        name = "list",
        description = {
            "All polls that anybody was asked, with how many contacts answered them to the end.",
            "Works whether the gateway runs or not."
        },
        footerHeading = "%nExample:%n",
        footer = "  ./dragoman polls list")
final class PollsList implements Callable<Integer> {
    private static final String ROW = "%-40s %8s %8s";

    @ParentCommand
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private PollsCommand parent;

    @Option(names = "--csv", description = "As CSV, for a spreadsheet.")
    private boolean csv;

    @Override
    public Integer call() {
        return OfflineStore.look(parent.dragoman(), this::show);
    }

    private int show(Queries queries) {
        Dragoman dragoman = parent.dragoman();
        PollList list = queries.polls().all();
        if (dragoman.json()) {
            dragoman.print(list);
            return Dragoman.OK;
        }
        TerminalText lines = new TerminalText();
        if (csv) {
            dragoman.out().print(CsvText.line("poll", "asked", "done"));
            list.polls().forEach(one -> dragoman.out().print(CsvText.line(one.name(), one.asked(), one.done())));
        } else if (list.polls().isEmpty()) {
            lines.raw("Nobody was asked a poll.");
        } else {
            lines.raw(String.format(Locale.ROOT, ROW, "POLL", "ASKED", "DONE"));
            list.polls()
                    .forEach(one -> lines.raw(String.format(Locale.ROOT, ROW, one.name(), one.asked(), one.done())));
        }
        dragoman.out().print(lines);
        dragoman.out().flush();
        return Dragoman.OK;
    }
}
