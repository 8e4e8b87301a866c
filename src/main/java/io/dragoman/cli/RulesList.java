// SPDX-License-Identifier: Apache-2.0
package io.dragoman.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.dragoman.app.explain.TerminalText;
import io.dragoman.config.Loaded;
import io.dragoman.model.Json;
import io.dragoman.rules.RuleBook;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

/** {@code rules list}: the rules in order. */
@Command(
        name = "list",
        description = "List the rules in order: with how often each matched lately where the gateway runs.",
        footerHeading = "%nExamples:%n",
        footer = "  ./dragoman rules list")
final class RulesList implements Callable<Integer> {
    @ParentCommand
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private RulesCommand parent;

    @Override
    public Integer call() throws InterruptedException {
        Dragoman dragoman = parent.dragoman();
        try {
            Optional<AdminClient.Reply> reply =
                    new AdminClient(OfflineStore.gateway(dragoman)).ask("/api/v1/rules", null, Map.of());
            if (reply.isPresent()) {
                return reply.get().good()
                        ? show(dragoman, reply.get().body().path("rules"))
                        : dragoman.failed(reply.get().title());
            }
        } catch (AdminClient.NoAnswer e) {
            return dragoman.failed(String.valueOf(e.getMessage()));
        }
        Loaded<RuleBook> loaded = dragoman.look();
        if (!(loaded instanceof Loaded.Usable<RuleBook> usable)) {
            dragoman.failed("The configuration is invalid: ./dragoman check says why.");
            return Dragoman.WRONG;
        }
        return show(dragoman, Json.mapper().valueToTree(usable.rules().texts()));
    }

    private static int show(Dragoman dragoman, JsonNode rules) {
        if (dragoman.json()) {
            dragoman.print(rules);
            return Dragoman.OK;
        }
        TerminalText lines = new TerminalText();
        for (JsonNode rule : rules) {
            lines.raw(rule.path("name").asText() + matched(rule.path("matched")));
            if (!rule.path("on").asText("message").equals("message")) {
                lines.add(4, "on " + rule.path("on").asText());
            }
            rule.path("when").forEach(one -> lines.add(4, "when " + one.asText()));
            rule.path("then").forEach(one -> lines.add(4, one.asText()));
            if (rule.path("stop").asBoolean()) {
                lines.add(4, "stops here");
            }
            if (rule.has("hiddenBy")) {
                lines.add(4, "is never reached: " + rule.path("hiddenBy").asText() + " always stops before it");
            }
        }
        if (rules.isEmpty()) {
            lines.raw("There are no rules.");
        }
        dragoman.out().print(lines);
        dragoman.out().flush();
        return Dragoman.OK;
    }

    private static String matched(JsonNode matched) {
        if (matched.isMissingNode()) {
            return "";
        }
        return matched.has("lastAt")
                ? "  matched " + matched.path("count").asText() + ", last "
                        + matched.path("lastAt").asText()
                : "  never matched";
    }
}
