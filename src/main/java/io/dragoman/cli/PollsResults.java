// SPDX-License-Identifier: Apache-2.0
package io.dragoman.cli;

import io.dragoman.app.Queries;
import io.dragoman.app.poll.PollQueries.PollResults;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code polls results}: what was answered to one poll. */
@Command(
        name = "results",
        description = "What was answered to a poll: of choices how many contacts picked which, of numbers the mean,"
                + " of texts and e-mail addresses how many there are. Each contact counts once. Works whether the"
                + " gateway runs or not.",
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
        Optional<PollResults> found = queries.polls().results(poll, dragoman.polls());
        if (found.isEmpty()) {
            dragoman.err().println("Nobody was asked a poll of the name " + poll + ": ./dragoman polls list");
            dragoman.err().flush();
            return Dragoman.WRONG;
        } else if (dragoman.json()) {
            dragoman.print(found.get());
        } else if (csv) {
            dragoman.out().print(PollText.csv(List.of(found.get())));
        } else {
            dragoman.out().print(PollText.text(found.get()));
        }
        dragoman.out().flush();
        return Dragoman.OK;
    }
}
