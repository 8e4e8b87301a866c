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

/** {@code desk default}: where conversations go. */
@Command(
        name = "default",
        description = {
            "Make a desk the one where conversations go unless a rule says otherwise: desk of config/gateway.yaml.",
            "Conversations that are at another desk stay there; ./dragoman move takes them along."
        },
        footerHeading = "%nExamples:%n",
        footer = "  ./dragoman desk default helpdesk")
final class DeskDefault implements Callable<Integer> {
    @ParentCommand
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandGroup parent;

    @Parameters(index = "0", paramLabel = "ID", description = "Its id.")
    private String id = "";

    @Option(names = "--dry-run", description = "Only look what would come of it.")
    private boolean dryRun;

    @Override
    public Integer call() throws InterruptedException {
        String path = AccountEditing.path(Side.DESK, id) + "/default";
        return new AccountEditing(parent.dragoman())
                .make(
                        new Change("PUT", path, null, "desk.made-default", id, dryRun),
                        editor -> editor.defaultDesk(id, new Manner(null, dryRun)));
    }
}
