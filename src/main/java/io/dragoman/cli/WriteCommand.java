// SPDX-License-Identifier: Apache-2.0
package io.dragoman.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dragoman.model.Json;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code write}: writes to somebody first. */
@Command(
        name = "write",
        description = {
            "Write to somebody who need not have written to you.",
            "A running gateway sends it at once; without one it is stored and goes out at the next start."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  ./dragoman write --channel sms --to +15550177 \"Your order is ready.\"",
            "  ./dragoman write --channel support-mail --to ana@example.com --subject \"Your order\" \"It is ready.\""
        })
final class WriteCommand implements Callable<Integer> {
    @ParentCommand
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Dragoman dragoman;

    @Option(names = "--channel", required = true, paramLabel = "ID", description = "The channel to write on.")
    private String channel = "";

    @Option(
            names = "--to",
            required = true,
            paramLabel = "ADDRESS",
            description = "A mail address, or a phone number with its country such as +15550177.")
    private String to = "";

    @Option(names = "--subject", paramLabel = "TEXT", description = "The subject, which a mail needs.")
    private @Nullable String subject;

    @Option(names = "--author", paramLabel = "NAME", description = "The agent's name.")
    private @Nullable String author;

    @Parameters(index = "0", paramLabel = "TEXT", description = "What to say.")
    private String text = "";

    /** What {@code --json} prints. */
    private record Report(String id, boolean running) {}

    @Override
    public Integer call() throws InterruptedException {
        ObjectNode json = Json.mapper()
                .createObjectNode()
                .put("channel", channel)
                .put("to", to)
                .put("text", text);
        if (subject != null) {
            json.put("subject", subject);
        }
        if (author != null) {
            json.putObject("author").put("name", author);
        }
        return AgentRequest.first(Json.write(json).getBytes(StandardCharsets.UTF_8))
                .send(dragoman, this::say);
    }

    private void say(String message, boolean running) {
        if (dragoman.json()) {
            dragoman.print(new Report(message, running));
        } else {
            dragoman.out().println(ReplyCommand.accepted(message, running));
            dragoman.out().flush();
        }
    }
}
