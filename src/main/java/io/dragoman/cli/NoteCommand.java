// SPDX-License-Identifier: Apache-2.0
package io.dragoman.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dragoman.app.agent.ConversationAct;
import io.dragoman.model.Json;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code note}: notes something for those who work on a conversation. */
@Command(
        name = "note",
        description = {
            "Note something in a conversation.",
            "The customer never gets it; its desk gets it as a private note, where it has those."
        },
        footerHeading = "%nExamples:%n",
        footer = "  ./dragoman note 019ab1c2-… \"Called twice, no answer.\" --author Max")
final class NoteCommand implements Callable<Integer> {
    @ParentCommand
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Dragoman dragoman;

    @Parameters(index = "0", paramLabel = "ID", description = "The conversation's id.")
    private String id = "";

    @Parameters(index = "1", paramLabel = "TEXT", description = "What to note.")
    private String text = "";

    @Option(names = "--author", paramLabel = "NAME", description = "Who notes it.")
    private @Nullable String author;

    @Override
    public Integer call() throws InterruptedException {
        ObjectNode json = Json.mapper().createObjectNode().put("text", text);
        if (author != null) {
            json.putObject("author").put("name", author);
        }
        return ActReport.send(dragoman, ConversationAct.NOTE, id, json);
    }
}
