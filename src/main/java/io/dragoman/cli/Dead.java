// SPDX-License-Identifier: Apache-2.0
package io.dragoman.cli;

import io.dragoman.admin.ReadApi;
import io.dragoman.explain.Lines;
import io.dragoman.store.DeadLetters;
import io.dragoman.store.Tx;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code dead}: what could not be done. */
@Command(
        name = "dead",
        description = "Show what could not be done and waits for a person.",
        subcommands = Dead.ListThem.class,
        footerHeading = "%nExamples:%n",
        footer = {"  ./dragoman dead list"})
final class Dead implements Runnable {
    @ParentCommand
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Dragoman dragoman;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "What about the dead?");
    }

    /** {@code dead list}. */
    @Command(
            name = "list",
            description = "List dead events and deliveries that failed or may have, the latest first.",
            footerHeading = "%nExamples:%n",
            footer = {"  ./dragoman dead list --limit 10", "  ./dragoman explain 019ab1c2-…    then tells why"})
    static final class ListThem implements Callable<Integer> {
        @ParentCommand
        @SuppressWarnings("NullAway.Init") // picocli sets it
        private Dead dead;

        @Option(names = "--limit", paramLabel = "N", description = "At most so many of each; 50 when nothing is said.")
        private int limit = 50;

        @Override
        public Integer call() {
            return Shelf.look(dead.dragoman, this::show);
        }

        private int show(Tx tx) {
            ReadApi.Dead found = ReadApi.dead(tx, DeadLetters.Filter.ALL, Math.max(1, limit));
            if (dead.dragoman.json()) {
                dead.dragoman.print(found);
                return Dragoman.OK;
            }
            Lines lines = new Lines();
            lines.raw(found.letters().size() + " of " + found.count());
            for (DeadLetters.Letter letter : found.letters()) {
                lines.raw("  %s  %s  %s %s %s: %s"
                        .formatted(
                                letter.id(),
                                letter.at(),
                                letter.what(),
                                letter.origin() == DeadLetters.Origin.EVENT ? "from" : "to",
                                letter.place(),
                                letter.state()));
                lines.add(
                        6,
                        (letter.reason() == null ? "no reason is known" : letter.reason())
                                + (letter.detail() == null ? "" : ": " + letter.detail()));
            }
            dead.dragoman.out().print(lines);
            dead.dragoman.out().flush();
            return Dragoman.OK;
        }
    }
}
