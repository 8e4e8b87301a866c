// SPDX-License-Identifier: Apache-2.0
package io.dragoman.cli;

import io.dragoman.config.ConfigurationEditor.Manner;
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
    public Integer call() {
        return new AccountEditing(parent.dragoman())
                .make(editor -> editor.remove(AccountEditing.side(parent), id, new Manner(null, dryRun)), dryRun);
    }
}
