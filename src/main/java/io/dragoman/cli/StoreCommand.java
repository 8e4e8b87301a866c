// SPDX-License-Identifier: Apache-2.0
package io.dragoman.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code store}: what is done to a whole store. */
@Command(
        name = "store",
        description = "Copy the whole store to another database, such as SQLite to PostgreSQL.",
        subcommands = CopyStore.class,
        footerHeading = "%nExamples:%n",
        footer = "  ./dragoman store copy --to postgresql://dragoman@db.example.com:5432/dragoman")
final class StoreCommand implements Runnable {
    @ParentCommand
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Dragoman dragoman;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    Dragoman dragoman() {
        return dragoman;
    }

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "Which command?");
    }
}
