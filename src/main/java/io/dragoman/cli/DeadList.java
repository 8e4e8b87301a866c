// SPDX-License-Identifier: Apache-2.0
package io.dragoman.cli;

import io.dragoman.app.Queries;
import io.dragoman.app.deadletter.DeadLetterQueries.DeadLetterPage;
import io.dragoman.app.explain.TerminalText;
import io.dragoman.model.Words;
import io.dragoman.store.DeadLetters.DeadLetter;
import io.dragoman.store.DeadLetters.Origin;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code dead list}. */
@Command(
        name = "list",
        description = {"List them, the latest first.", "Works whether the gateway runs or not."},
        footerHeading = "%nExamples:%n",
        footer = {
            "  ./dragoman dead list --limit 10",
            "  ./dragoman dead list --channel shop-sms --since 2d",
            "  ./dragoman explain 019ab1c2-…    explains one"
        })
final class DeadList implements Callable<Integer> {
    @ParentCommand
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Dead dead;

    @Mixin
    private final DeadLetterOptions choice = new DeadLetterOptions();

    @Option(names = "--limit", paramLabel = "N", description = "At most so many (default 50).")
    private int limit = 50;

    @Override
    public Integer call() {
        return OfflineStore.look(dead.dragoman(), this::show);
    }

    private int show(Queries queries) {
        DeadLetterPage found = queries.deadLetters().latest(choice.selection(null), Math.max(1, limit));
        if (dead.dragoman().json()) {
            dead.dragoman().print(found);
            return Dragoman.OK;
        }
        TerminalText lines = new TerminalText();
        add(lines, found.deadLetters());
        lines.raw(
                found.count() == 0
                        ? "Nothing is dead or uncertain."
                        : found.deadLetters().size() + " of " + found.count() + ".");
        dead.dragoman().out().print(lines);
        dead.dragoman().out().flush();
        return Dragoman.OK;
    }

    private static String author(DeadLetter deadLetter) {
        return deadLetter.author() == null
                ? ""
                : switch (deadLetter.author()) {
                    case "agent" -> " of an agent";
                    case "bot" -> " of a bot";
                    default -> " of a rule (automatic)";
                };
    }

    static void add(TerminalText lines, List<DeadLetter> deadLetters) {
        for (DeadLetter deadLetter : deadLetters) {
            lines.raw(String.format(
                    Locale.ROOT,
                    "%s  %s  %s%s %s %s: %s",
                    deadLetter.id(),
                    deadLetter.at(),
                    Words.of(deadLetter.what()),
                    author(deadLetter),
                    deadLetter.origin() == Origin.EVENT ? "from" : "to",
                    deadLetter.place(),
                    Words.of(deadLetter.state())));
            String reason = deadLetter.reason() == null ? "no reason is known" : deadLetter.reason();
            lines.add(
                    4,
                    (deadLetter.origin() == Origin.DELIVERY ? Words.of(reason) : reason)
                            + (deadLetter.detail() == null ? "" : ": " + deadLetter.detail()));
        }
    }
}
