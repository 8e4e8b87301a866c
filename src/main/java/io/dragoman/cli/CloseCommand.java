// SPDX-License-Identifier: Apache-2.0
package io.dragoman.cli;

import io.dragoman.app.agent.AgentCommands;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code close}: ends a conversation. */
@Command(
        name = "close",
        description = {
            "Close a conversation.",
            "Its desk gets conversation.updated. The customer's next message reopens it for a time (reopenWithin),"
                    + " later it begins a new one. Works whether the gateway runs or not."
        },
        footerHeading = "%nExamples:%n",
        footer = "  ./dragoman close 019ab1c2-…")
final class CloseCommand implements Callable<Integer> {
    @ParentCommand
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Dragoman dragoman;

    @Parameters(index = "0", paramLabel = "ID", description = "The conversation's id.")
    private String id = "";

    /** What {@code --json} prints. */
    private record Report(String id, String conversation, boolean running) {}

    @Override
    public Integer call() throws InterruptedException {
        return AgentRequest.in(id, "close", new byte[0], AgentCommands::close).send(dragoman, this::say);
    }

    private void say(String event, boolean running) {
        if (dragoman.json()) {
            dragoman.print(new Report(event, id, running));
            return;
        }
        dragoman.out()
                .println(
                        running
                                ? "Conversation " + id + " is closed."
                                : "Stored: conversation " + id + " is closed at the next start of the gateway.");
        dragoman.out().flush();
    }
}
