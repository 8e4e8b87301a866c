// SPDX-License-Identifier: Apache-2.0
package io.dragoman.cli;

import io.dragoman.app.approval.ApprovalQueries.ApprovalList;
import io.dragoman.app.approval.WaitingAnswer;
import io.dragoman.app.explain.TerminalText;
import io.dragoman.model.Words;
import io.dragoman.store.Approvals.State;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code approvals list}. */
@Command(
        name = "list",
        description = {
            "The answers that wait for approval, the oldest first, or what became of others.",
            "Works whether the gateway runs or not."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  ./dragoman approvals list", "  ./dragoman approvals list --state refused --limit 10"})
final class ApprovalsList implements Callable<Integer> {
    private static final int LONGEST = 300;

    @ParentCommand
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private ApprovalsCommand parent;

    @Option(
            names = "--state",
            paramLabel = "STATE",
            description = "waiting, approved, refused or expired (default waiting).")
    private String state = "waiting";

    @Option(names = "--limit", paramLabel = "N", description = "How many at most (default 50).")
    private int limit = 50;

    @Override
    public Integer call() {
        Dragoman dragoman = parent.dragoman();
        return Words.find(State.class, state.toLowerCase(Locale.ROOT))
                .map(known -> OfflineStore.look(
                        dragoman, queries -> show(dragoman, queries.approvals().list(known, Math.max(1, limit)))))
                .orElseGet(() -> dragoman.failed("There is no state '" + state + "'. Known: "
                        + String.join(", ", Words.all(State.class)) + "."));
    }

    private static int show(Dragoman dragoman, ApprovalList list) {
        if (dragoman.json()) {
            dragoman.print(list);
            return Dragoman.OK;
        }
        TerminalText lines = new TerminalText();
        list.approvals().forEach(one -> add(lines, one));
        lines.raw(list.waiting() == 1 ? "1 answer waits." : list.waiting() + " answers wait.");
        dragoman.out().print(lines);
        dragoman.out().flush();
        return Dragoman.OK;
    }

    private static void add(TerminalText lines, WaitingAnswer one) {
        lines.raw(one.id() + "  " + Words.of(one.state())
                + (one.decidedBy() == null ? "" : " by " + one.decidedBy())
                + ", on " + one.channel() + ", "
                + Words.of(one.author().kind()) + " "
                + (one.author().name() == null ? "" : one.author().name())
                + ", until " + one.expiresAt().truncatedTo(ChronoUnit.SECONDS));
        if (one.question() != null) {
            lines.add(4, "to: " + TerminalText.cut(one.question(), LONGEST));
        }
        lines.add(4, "answer: " + TerminalText.cut(one.text(), LONGEST));
    }
}
