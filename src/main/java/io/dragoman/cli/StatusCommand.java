// SPDX-License-Identifier: Apache-2.0
package io.dragoman.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.dragoman.app.explain.TerminalText;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

/** {@code status}: how the running gateway is. */
@Command(
        name = "status",
        description = {
            "Show how the running gateway is: channels and desks, what waits, what is dead, uncertain or paused.",
            "Ends with 1 when it does not run or is not ready."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  ./dragoman status", "  ./dragoman status --json | jq .health.channels"})
final class StatusCommand implements Callable<Integer> {
    @ParentCommand
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Dragoman dragoman;

    @Override
    public Integer call() throws InterruptedException {
        Optional<AdminClient.Reply> reply;
        try {
            reply = new AdminClient(OfflineStore.gateway(dragoman)).ask("/api/v1/status", null, Map.of());
        } catch (AdminClient.NoAnswer e) {
            return dragoman.failed(String.valueOf(e.getMessage()));
        }
        if (reply.isEmpty()) {
            if (dragoman.json()) {
                dragoman.print(Map.of("running", false));
                return Dragoman.FAILED;
            }
            return dragoman.failed(
                    "The gateway of " + dragoman.home() + " does not run. Start it with: ./dragoman run");
        }
        if (!reply.get().good()) {
            return dragoman.failed(reply.get().title());
        }
        JsonNode status = reply.get().body();
        if (dragoman.json()) {
            dragoman.print(status);
        } else {
            dragoman.out().print(text(status));
            dragoman.out().flush();
        }
        return isReady(status) ? Dragoman.OK : Dragoman.FAILED;
    }

    private static boolean isReady(JsonNode status) {
        return word(status.path("health"), "status").equals("ready");
    }

    private static TerminalText text(JsonNode status) {
        TerminalText lines = new TerminalText();
        JsonNode health = status.path("health");
        lines.raw("Dragoman " + word(status, "version") + " is " + (isReady(status) ? "ready" : "NOT READY") + ", up "
                + time(Duration.ofSeconds(status.path("uptimeSeconds").asLong())) + " since "
                + word(status, "startedAt"));
        if (!health.path("storeUsable").asBoolean(true)) {
            lines.add(2, "the store cannot be used: nothing is taken and nothing is sent");
        }
        health.path("stoppedRoutes").forEach(route -> lines.add(2, "stopped: " + route.asText()));
        configuration(lines, health.path("configuration"));
        for (JsonNode channel : health.path("channels")) {
            channel(lines, channel);
        }
        for (JsonNode orphan : health.path("orphaned")) {
            lines.raw(row(
                    word(orphan, "id"),
                    "gone",
                    "open conversations: " + orphan.path("openConversations").asLong()));
        }
        work(lines, status.path("work"), health);
        problems(lines, status.path("lastProblems"));
        return lines;
    }

    private static void configuration(TerminalText lines, JsonNode configuration) {
        if (configuration.path("errors").asInt() > 0) {
            lines.raw("The configuration is BROKEN since " + word(configuration, "since")
                    + "; the old one goes on until this is mended:");
            configuration.path("problems").forEach(problem -> lines.add(2, problem.asText()));
        }
    }

    private static void channel(TerminalText lines, JsonNode channel) {
        String problem = word(channel.path("sending"), "problem");
        if (problem.isEmpty()) {
            problem = word(channel.path("polling"), "problem");
        }
        if (problem.isEmpty()) {
            problem = word(channel.path("login"), "problem");
        }
        lines.raw(row(
                word(channel, "id"),
                word(channel, "status"),
                word(channel, "kind") + (channel.has("side") ? " " + word(channel, "side") : "")));
        if (!problem.isEmpty()) {
            lines.add(4, problem);
        }
    }

    private static String row(String id, String status, String more) {
        return String.format(Locale.ROOT, "  %-26s  %-16s  %s", TerminalText.cut(id, 26), status, more);
    }

    private static void work(TerminalText lines, JsonNode work, JsonNode health) {
        if (work.isMissingNode() || work.isNull()) {
            lines.raw("What waits is being counted; ask again.");
            return;
        }
        lines.raw("Waiting: " + work.path("eventsWaiting").asLong() + " to process, "
                + work.path("deliveriesWaiting").asLong() + " to send"
                + (work.has("conversationsWaiting")
                        ? "; " + work.path("conversationsWaiting").asLong()
                                + " conversations wait for a person's answer"
                        : ""));
        lines.raw("Dead: " + work.path("dead").asLong() + ", uncertain: "
                + work.path("uncertain").asLong() + ", paused: "
                + work.path("paused").asLong());
        if (health.path("ledgerDifference").asLong() != 0) {
            lines.raw("UNACCOUNTED FOR: " + health.path("ledgerDifference").asLong() + "; see ./dragoman ledger");
        }
    }

    private static void problems(TerminalText lines, JsonNode problems) {
        if (problems.isEmpty()) {
            return;
        }
        lines.raw("Last problems (./dragoman dead list):");
        for (JsonNode one : problems) {
            String author = word(one, "author");
            lines.raw("  " + word(one, "at") + "  " + word(one, "place") + "  "
                    + word(one, "what").toLowerCase(Locale.ROOT)
                    + (author.isEmpty() ? "" : " (" + author + ")") + " "
                    + word(one, "state").toLowerCase(Locale.ROOT));
            String detail = word(one, "detail");
            lines.add(4, (word(one, "reason") + (detail.isEmpty() ? "" : ": " + detail)).strip());
        }
    }

    /** Such as {@code 3 d 4 h}, {@code 2 h 5 min} or {@code 40 s}. */
    private static String time(Duration time) {
        if (time.toDays() > 0) {
            return time.toDays() + " d " + time.toHoursPart() + " h";
        }
        if (time.toHours() > 0) {
            return time.toHours() + " h " + time.toMinutesPart() + " min";
        }
        return time.toMinutes() > 0 ? time.toMinutes() + " min" : time.toSeconds() + " s";
    }

    private static String word(JsonNode node, String name) {
        JsonNode found = node.path(name);
        return found.isNull() ? "" : found.asText("");
    }
}
