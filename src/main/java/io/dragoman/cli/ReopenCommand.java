// SPDX-License-Identifier: Apache-2.0
package io.dragoman.cli;

import io.dragoman.app.agent.ConversationAct;
import io.dragoman.model.Json;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code reopen}: opens a closed conversation again. */
@Command(
        name = "reopen",
        description = {
            "Open a closed conversation again.",
            "Its desk gets conversation.updated. Where a later one is open in its place it stays closed."
        },
        footerHeading = "%nExamples:%n",
        footer = "  ./dragoman reopen 019ab1c2-…")
final class ReopenCommand implements Callable<Integer> {
    @ParentCommand
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Dragoman dragoman;

    @Parameters(index = "0", paramLabel = "ID", description = "The conversation's id.")
    private String id = "";

    @Override
    public Integer call() throws InterruptedException {
        return ActReport.send(
                dragoman, ConversationAct.REOPEN, id, Json.mapper().createObjectNode());
    }
}
