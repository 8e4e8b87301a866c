// SPDX-License-Identifier: Apache-2.0
package io.dragoman.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dragoman.app.explain.TerminalText;
import io.dragoman.app.pause.PauseQueries.PauseList;
import io.dragoman.app.pause.PauseService;
import io.dragoman.config.GatewaySettings;
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

/** {@code pause} and {@code resume}. */
@Command(
        name = "pause",
        description = {
            "Stop sending to a channel or desk, or one lane; without a name, list what is paused.",
            "What comes in is still accepted, and nothing that waits is lost."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  ./dragoman pause helpdesk --reason \"moving to the new one\"",
            "  ./dragoman pause out/helpdesk/019ab1c2-…",
            "  ./dragoman pause",
            "  ./dragoman resume helpdesk"
        })
final class Pause implements Callable<Integer> {
    @ParentCommand
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Dragoman dragoman;

    @Parameters(index = "0", arity = "0..1", paramLabel = "NAME", description = "A channel, a desk or a lane.")
    private @Nullable String name;

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why; health and the list show it.")
    private String reason = "by an operator";

    @Override
    public Integer call() throws InterruptedException {
        if (name == null) {
            return show(dragoman);
        }
        return act(dragoman, "pause", name, reason);
    }

    static int act(Dragoman dragoman, String verb, String name, String reason) throws InterruptedException {
        GatewaySettings gateway = OfflineStore.gateway(dragoman);
        ObjectNode json = Json.mapper().createObjectNode().put("id", name).put("reason", reason);
        try {
            Optional<AdminClient.Reply> reply = new AdminClient(gateway)
                    .ask("/api/v1/" + verb, Json.write(json).getBytes(StandardCharsets.UTF_8), Map.of());
            if (reply.isPresent()) {
                return reply.get().good()
                        ? show(dragoman, Json.mapper().convertValue(reply.get().body(), PauseList.class))
                        : dragoman.failed(refusal(reply.get(), name));
            }
        } catch (AdminClient.NoAnswer e) {
            return dragoman.failed(String.valueOf(e.getMessage()));
        }
        boolean pause = verb.equals("pause");
        int code = OfflineStore.change(dragoman, gateway, commands -> {
            PauseService.Result result = pause
                    ? commands.pauses().pause(name, reason, dragoman.actor())
                    : commands.pauses().resume(name, dragoman.actor());
            return result == PauseService.Result.DONE ? Dragoman.OK : dragoman.failed(result.about(name));
        });
        return code == Dragoman.OK ? show(dragoman) : code;
    }

    private static String refusal(AdminClient.Reply reply, String name) {
        return switch (reply.status()) {
            case 404 -> PauseService.Result.UNKNOWN.about(name);
            case 409 -> PauseService.Result.NOT_PAUSED.about(name);
            default -> reply.title();
        };
    }

    private static int show(Dragoman dragoman) {
        return OfflineStore.look(
                dragoman,
                OfflineStore.accounts(dragoman),
                queries -> show(dragoman, queries.pauses().list()));
    }

    private static int show(Dragoman dragoman, PauseList paused) {
        if (dragoman.json()) {
            dragoman.print(paused);
            return Dragoman.OK;
        }
        TerminalText lines = new TerminalText();
        paused.targets().forEach(one -> lines.raw(one.target() + "  paused since " + one.at() + ": " + one.reason()));
        paused.lanes().forEach(one -> lines.raw(one.lane() + "  paused, " + one.open() + " waiting: " + one.reason()));
        paused.unconfigured().forEach(id -> lines.raw(id + "  is not configured; what goes there waits"));
        if (paused.targets().isEmpty()
                && paused.lanes().isEmpty()
                && paused.unconfigured().isEmpty()) {
            lines.raw("Nothing is paused.");
        }
        dragoman.out().print(lines);
        dragoman.out().flush();
        return Dragoman.OK;
    }
}
