// SPDX-License-Identifier: Apache-2.0
package io.dragoman.cli;

import io.dragoman.cli.AccountEditing.Change;
import io.dragoman.config.ConfigurationEditor.Manner;
import io.dragoman.connector.Side;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code channel remove} and {@code desk remove}: take one out. */
@Command(
        name = "remove",
        description = {
            "Take one out of its file; the old file is kept as .bak.",
            "Its conversations stay in the store; ./dragoman check names them."
        },
        footerHeading = "%nExamples:%n",
        footer = "  ./dragoman channel remove shop --dry-run")
final class AccountRemove implements Callable<Integer> {
    @ParentCommand
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandGroup parent;

    @Parameters(index = "0", paramLabel = "ID", description = "Its id.")
    private String id = "";

    @Option(names = "--dry-run", description = "Only look what would come of it.")
    private boolean dryRun;

    @Override
    public Integer call() throws InterruptedException {
        Side side = AccountEditing.side(parent);
        return new AccountEditing(parent.dragoman())
                .make(
                        new Change("DELETE", AccountEditing.path(side, id), null, side.word() + ".removed", id, dryRun),
                        editor -> editor.remove(side, id, new Manner(null, dryRun)));
    }
}
