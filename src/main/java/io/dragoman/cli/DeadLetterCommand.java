// SPDX-License-Identifier: Apache-2.0
package io.dragoman.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dragoman.app.audit.Actor;
import io.dragoman.app.deadletter.DeadLetterSelection;
import io.dragoman.app.deadletter.DeadLetterService;
import io.dragoman.app.deadletter.DeadLetterService.Done;
import io.dragoman.app.explain.TerminalText;
import io.dragoman.config.GatewaySettings;
import io.dragoman.model.Json;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** What {@code dead replay} and {@code dead discard} share: which letters, who does it, what is said of it. */
abstract class DeadLetterCommand implements Callable<Integer> {
    private static final Duration LONGEST = Duration.ofMinutes(30);

    @ParentCommand
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Dead dead;

    @Parameters(index = "0", arity = "0..1", paramLabel = "ID", description = "One event's or delivery's id.")
    private @Nullable String id;

    @Mixin
    private final DeadLetterOptions choice = new DeadLetterOptions();

    @Option(names = "--all", description = "Every one of them; required when no other filter is given.")
    private boolean all;

    @Option(names = "--dry-run", description = "Only count and show.")
    private boolean dryRun;

    /** The word in the API's path, and in what is said. */
    abstract String verb();

    /** Adds what only this order has. */
    abstract void add(ObjectNode json);

    /** Does it on a store that no gateway uses. */
    abstract Done act(DeadLetterService acts, DeadLetterSelection selection, boolean dryRun, Actor actor);

    @Override
    public Integer call() throws InterruptedException {
        Dragoman dragoman = dead.dragoman();
        DeadLetterSelection selection = choice.selection(id);
        if (selection.isEverything() && !all) {
            dragoman.err().println("Say which: an ID, --channel, --reason, --since, --until, or --all.");
            dragoman.err().flush();
            return Dragoman.WRONG;
        }
        ObjectNode json = choice.put(Json.mapper().createObjectNode(), id);
        json.put("all", all).put("dryRun", dryRun);
        add(json);
        GatewaySettings gateway = OfflineStore.gateway(dragoman);
        try {
            Optional<AdminClient.Reply> reply = new AdminClient(gateway, LONGEST)
                    .ask("/api/v1/dead/" + verb(), Json.write(json).getBytes(StandardCharsets.UTF_8), Map.of());
            if (reply.isEmpty()) {
                return OfflineStore.change(
                        dragoman,
                        gateway,
                        commands -> say(act(commands.deadLetters(), selection, dryRun, dragoman.actor()), false));
            }
            return reply.get().good()
                    ? say(Json.mapper().convertValue(reply.get().body(), Done.class), true)
                    : dragoman.failed(reply.get().title());
        } catch (AdminClient.NoAnswer e) {
            return dragoman.failed(String.valueOf(e.getMessage()));
        }
    }

    private int say(Done done, boolean running) {
        Dragoman dragoman = dead.dragoman();
        if (dragoman.json()) {
            dragoman.print(done);
            return Dragoman.OK;
        }
        TerminalText lines = new TerminalText();
        DeadList.add(lines, done.first());
        if (done.matched() > done.first().size()) {
            lines.raw("… and " + (done.matched() - done.first().size()) + " more");
        }
        lines.raw(done.dryRun() ? done.matched() + " would be " + past() + "." : done.done() + " " + past() + ".");
        if (done.optedOut() > 0) {
            lines.raw(done.optedOut() + " left out: the customers opted out.");
        }
        if (done.unreadable() > 0) {
            lines.raw(done.unreadable()
                    + (running
                            ? " still cannot be read, or changed meanwhile; they stay dead."
                            : " wait for the gateway: start it and replay them again."));
        }
        dragoman.out().print(lines);
        dragoman.out().flush();
        return Dragoman.OK;
    }

    private String past() {
        return verb().equals("replay") ? "replayed" : "discarded";
    }
}
