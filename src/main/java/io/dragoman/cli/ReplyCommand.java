// SPDX-License-Identifier: Apache-2.0
package io.dragoman.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dragoman.app.agent.AgentCommands.Result;
import io.dragoman.app.agent.AgentCommands.Taken;
import io.dragoman.app.agent.CommandSource;
import io.dragoman.config.GatewaySettings;
import io.dragoman.connector.MalformedPayload;
import io.dragoman.model.Json;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
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
        GatewaySettings gateway = OfflineStore.gateway(dragoman);
        String key = UUID.randomUUID().toString();
        ObjectNode json = Json.mapper().createObjectNode().put("text", text);
        if (author != null) {
            json.putObject("author").put("name", author);
        }
        byte[] body = Json.write(json).getBytes(StandardCharsets.UTF_8);
        if (!id.matches("[0-9a-zA-Z-]{1,64}")) {
            return unknown();
        }
        try {
            Optional<AdminClient.Reply> answer = new AdminClient(gateway)
                    .ask("/api/v1/conversations/" + id + "/messages", body, Map.of("Idempotency-Key", key));
            if (answer.isPresent()) {
                return answer.get().status() == 202
                        ? say(answer.get().body().path("id").asText(), true)
                        : dragoman.failed(answer.get().title());
            }
        } catch (AdminClient.NoAnswer e) {
            return dragoman.failed(String.valueOf(e.getMessage()));
        }
        return store(gateway, key, body);
    }

    private int unknown() {
        return dragoman.failed("There is no conversation " + id + ". List them: ./dragoman conversations");
    }

    private int store(GatewaySettings gateway, String key, byte[] body) {
        return OfflineStore.change(dragoman, gateway, commands -> {
            try {
                Result result = commands.agents()
                        .reply(id, key, body, CommandSource.COMMAND_LINE, "reply")
                        .join();
                return result.taken() == Taken.YES ? say(result.id(), false) : unknown();
            } catch (MalformedPayload e) {
                return dragoman.failed("The reply cannot be accepted: " + e.getMessage() + ".");
            }
        });
    }

    private int say(String message, boolean running) {
        if (dragoman.json()) {
            dragoman.print(new Report(message, id, running));
        } else {
            dragoman.out()
                    .println(
                            running
                                    ? "Accepted as message " + message + ". Its progress: ./dragoman explain " + message
                                    : "Stored as message " + message
                                            + ". The gateway does not run: it goes out at the next start.");
            dragoman.out().flush();
        }
        return Dragoman.OK;
    }
}
