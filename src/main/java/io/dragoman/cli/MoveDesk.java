// SPDX-License-Identifier: Apache-2.0
package io.dragoman.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dragoman.app.orphan.DeskMove;
import io.dragoman.app.orphan.DeskMove.Moved;
import io.dragoman.config.GatewaySettings;
import io.dragoman.model.Json;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code move}: from a desk that is gone to one that runs. */
@Command(
        name = "move",
        description = {
            "Move what waits for a desk that is gone to another, with its open conversations.",
            "Works whether the gateway runs or not."
        },
        footerHeading = "%nExamples:%n",
        footer = "  ./dragoman move helpdesk support-desk")
final class MoveDesk implements Callable<Integer> {
    private static final Duration LONGEST = Duration.ofMinutes(30);

    @ParentCommand
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Dragoman dragoman;

    @Parameters(index = "0", paramLabel = "OLD", description = "The desk that is gone.")
    private String from = "";

    @Parameters(index = "1", paramLabel = "NEW", description = "A desk of config/desks.yaml.")
    private String to = "";

    @Override
    public Integer call() throws InterruptedException {
        GatewaySettings gateway = OfflineStore.gateway(dragoman);
        ObjectNode json = Json.mapper().createObjectNode().put("from", from).put("to", to);
        try {
            Optional<AdminClient.Reply> reply = new AdminClient(gateway, LONGEST)
                    .ask("/api/v1/move", Json.write(json).getBytes(StandardCharsets.UTF_8), Map.of());
            if (reply.isPresent()) {
                return reply.get().good()
                        ? say(Json.mapper().convertValue(reply.get().body(), Moved.class))
                        : dragoman.failed(reply.get().title());
            }
        } catch (AdminClient.NoAnswer e) {
            return dragoman.failed(String.valueOf(e.getMessage()));
        }
        return OfflineStore.change(dragoman, gateway, commands -> move(commands.moves()));
    }

    private int move(DeskMove moves) {
        try {
            return say(moves.move(from, to, dragoman.actor()));
        } catch (DeskMove.Refused e) {
            return dragoman.failed(String.valueOf(e.getMessage()));
        }
    }

    private int say(Moved moved) {
        if (dragoman.json()) {
            dragoman.print(moved);
            return Dragoman.OK;
        }
        dragoman.out()
                .println("Moved from " + moved.from() + " to " + moved.to() + ": waiting notices " + moved.deliveries()
                        + ", open conversations " + moved.conversations() + ". "
                        + (moved.sameHelpdesk()
                                ? "Both are the same helpdesk: its tickets are those of " + moved.to() + " now."
                                : moved.to()
                                        + " is not known to be the same helpdesk: it gets the messages before with the"
                                        + " next one, and answers in tickets of " + moved.from() + " reach nobody."));
        dragoman.out().flush();
        return Dragoman.OK;
    }
}
