// SPDX-License-Identifier: Apache-2.0
package io.dragoman.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dragoman.app.explain.TerminalText;
import io.dragoman.model.Json;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code channel test}: whether a channel of the running gateway works. */
@Command(
        name = "test",
        description = {
            "Ask the running gateway whether a channel works; with --to and --text it writes to somebody there.",
            "Ends with 1 where anything failed."
        },
        footerHeading = "%nExamples:%n",
        footer = "  ./dragoman channel test sms --to +15550177 --text Hello")
final class TryChannel implements Callable<Integer> {
    @ParentCommand
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private ChannelCommand parent;

    @Parameters(index = "0", paramLabel = "CHANNEL", description = "The channel's id.")
    private String id = "";

    @Option(names = "--to", paramLabel = "ADDRESS", description = "Whom to write to.")
    private @Nullable String to;

    @Option(names = "--text", paramLabel = "TEXT", description = "What to write.")
    private @Nullable String text;

    @Override
    public Integer call() throws InterruptedException {
        Dragoman dragoman = parent.dragoman();
        if ((to == null) != (text == null) || !id.matches("[A-Za-z0-9._-]{1,100}")) {
            dragoman.failed("--to and --text belong together, and CHANNEL must be an id.");
            return Dragoman.WRONG;
        }
        ObjectNode body = Json.mapper().createObjectNode();
        if (to != null) {
            body.put("to", to).put("text", text);
        }
        try {
            Optional<AdminClient.Reply> reply = new AdminClient(OfflineStore.gateway(dragoman))
                    .ask(
                            "/api/v1/channels/" + id + "/test",
                            Json.write(body).getBytes(StandardCharsets.UTF_8),
                            Map.of());
            if (reply.isEmpty()) {
                return dragoman.failed("The gateway does not run here, so nothing can be tested. Start it first.");
            }
            return reply.get().good()
                    ? show(dragoman, reply.get().body())
                    : dragoman.failed(reply.get().title());
        } catch (AdminClient.NoAnswer e) {
            return dragoman.failed(String.valueOf(e.getMessage()));
        }
    }

    private static int show(Dragoman dragoman, JsonNode report) {
        if (dragoman.json()) {
            dragoman.print(report);
        } else {
            TerminalText lines = new TerminalText();
            for (JsonNode check : report.path("checks")) {
                lines.raw(check.path("result").asText() + "  "
                        + check.path("name").asText() + ": "
                        + check.path("found").asText());
                if (check.has("remedy")) {
                    lines.add(4, check.path("remedy").asText());
                }
            }
            dragoman.out().print(lines);
            dragoman.out().flush();
        }
        return report.path("good").asBoolean() ? Dragoman.OK : Dragoman.FAILED;
    }
}
