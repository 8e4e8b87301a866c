// SPDX-License-Identifier: Apache-2.0
package io.dragoman.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dragoman.app.agent.AgentCommands;
import io.dragoman.model.Json;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code reply}: answers a customer. */
@Command(
        name = "reply",
        description = {
            "Answer in a conversation.",
            "A running gateway sends it at once; without one it is stored and goes out at the next start."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  ./dragoman reply 019ab1c2-… \"We are on it.\"",
            "  ./dragoman reply 019ab1c2-… \"Done.\" --author Max"
        })
final class ReplyCommand implements Callable<Integer> {
    @ParentCommand
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Dragoman dragoman;

    @Parameters(index = "0", paramLabel = "ID", description = "The conversation's id.")
    private String id = "";

    @Parameters(index = "1", paramLabel = "TEXT", description = "What to say.")
    private String text = "";

    @Option(names = "--author", paramLabel = "NAME", description = "The agent's name.")
    private @Nullable String author;

    /** What {@code --json} prints. */
    private record Report(String id, String conversation, boolean running) {}

    @Override
    public Integer call() throws InterruptedException {
        ObjectNode json = Json.mapper().createObjectNode().put("text", text);
        if (author != null) {
            json.putObject("author").put("name", author);
        }
        AgentRequest request = AgentRequest.in(
                id, "messages", Json.write(json).getBytes(StandardCharsets.UTF_8), AgentCommands::reply);
        return request.send(dragoman, this::say);
    }

    private void say(String message, boolean running) {
        if (dragoman.json()) {
            dragoman.print(new Report(message, id, running));
            return;
        }
        dragoman.out().println(accepted(message, running));
        dragoman.out().flush();
    }

    /** What became of a message to a customer. */
    static String accepted(String message, boolean running) {
        return running
                ? "Accepted as message " + message + ". Its progress: ./dragoman explain " + message
                : "Stored as message " + message + ". The gateway does not run: it goes out at the next start.";
    }
}
