// SPDX-License-Identifier: Apache-2.0
package io.dragoman.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.dragoman.app.explain.TerminalText;
import io.dragoman.model.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code rules shadow}: other rules beside those that count. */
@Command(
        name = "shadow",
        description = {
            "Let other rules run beside those that count in the running gateway; without a file, show how they do.",
            "Nothing of theirs is done: only what would differ is kept, until --end or the gateway's end."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  ./dragoman rules shadow new-rules.yaml",
            "  ./dragoman rules shadow",
            "  ./dragoman rules shadow --end"
        })
final class RulesShadow implements Callable<Integer> {
    private static final String PATH = "/api/v1/rules/shadow";

    @ParentCommand
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private RulesCommand parent;

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "FILE",
            description = "The other rules, written like config/rules.yaml.")
    private @Nullable Path file;

    @Option(names = "--end", description = "End them.")
    private boolean end;

    @Override
    public Integer call() throws InterruptedException {
        Dragoman dragoman = parent.dragoman();
        if (end && file != null) {
            dragoman.failed("--end takes no file.");
            return Dragoman.WRONG;
        }
        byte[] body = null;
        try {
            if (file != null) {
                body = Json.write(Map.of("yaml", Files.readString(file))).getBytes(StandardCharsets.UTF_8);
            }
        } catch (IOException e) {
            dragoman.failed(file + " cannot be read. Name a file written like config/rules.yaml.");
            return Dragoman.WRONG;
        }
        try {
            String method = end ? "DELETE" : body == null ? "GET" : "PUT";
            Optional<AdminClient.Reply> reply =
                    new AdminClient(OfflineStore.gateway(dragoman)).ask(method, PATH, body, Map.of());
            if (reply.isEmpty()) {
                return dragoman.failed("The gateway does not run here, so no rules can run beside its own.");
            }
            return show(dragoman, reply.get());
        } catch (AdminClient.NoAnswer e) {
            return dragoman.failed(String.valueOf(e.getMessage()));
        }
    }

    private static int show(Dragoman dragoman, AdminClient.Reply reply) {
        JsonNode report = reply.body();
        if (!reply.good()) {
            report.path("problems").forEach(problem -> dragoman.err()
                    .println(problem.path("file").asText()
                            + (problem.path("line").asInt() == 0
                                    ? " "
                                    : ":" + problem.path("line").asText() + " ")
                            + problem.path("text").asText()));
            return dragoman.failed(reply.title());
        }
        if (report.isMissingNode()) {
            dragoman.out().println("They ended.");
        } else if (dragoman.json()) {
            dragoman.print(report);
        } else {
            TerminalText lines = new TerminalText();
            report.path("differences").forEach(difference -> {
                lines.raw(difference.path("message").asText() + "  "
                        + difference.path("receivedAt").asText() + "  "
                        + difference.path("channel").asText());
                difference.path("changes").forEach(change -> lines.add(4, change.asText()));
            });
            lines.raw(report.path("different").asText() + " of "
                    + report.path("compared").asText() + " messages since "
                    + report.path("since").asText() + " would be treated differently.");
            dragoman.out().print(lines);
        }
        dragoman.out().flush();
        return Dragoman.OK;
    }
}
