// SPDX-License-Identifier: Apache-2.0
package io.dragoman.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.impl.TimeBasedEpochGenerator;
import io.dragoman.app.DeadLetterService;
import io.dragoman.app.DeadLetterService.Done;
import io.dragoman.app.explain.TerminalText;
import io.dragoman.config.GatewaySettings;
import io.dragoman.model.Json;
import io.dragoman.store.DeadLetters.Filter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
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

    @Option(names = "--all", description = "Every one of them; needed when nothing else is said.")
    private boolean all;

    @Option(names = "--dry-run", description = "Only count and show.")
    private boolean dryRun;

    /** The word in the API's path, and in what is said. */
    abstract String verb();

    /** Adds what only this order has. */
    abstract void add(ObjectNode json);

    /** Does it on a store that no gateway uses. */
    abstract Done act(DeadLetterService acts, Filter filter, boolean dryRun);

    @Override
    public Integer call() throws InterruptedException {
        Dragoman dragoman = dead.dragoman();
        Filter filter = choice.filter(id);
        if (filter.equals(Filter.ALL) && !all) {
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
                return withoutGateway(gateway, filter);
            }
            return reply.get().good()
                    ? say(Json.mapper().convertValue(reply.get().body(), Done.class), true)
                    : dragoman.failed(reply.get().title());
        } catch (AdminClient.Silent e) {
            return dragoman.failed(String.valueOf(e.getMessage()));
        }
    }

    private int withoutGateway(GatewaySettings gateway, Filter filter) {
        TimeBasedEpochGenerator uuids = Generators.timeBasedEpochGenerator();
        return OfflineStore.change(dead.dragoman(), gateway, store -> {
            DeadLetterService acts = new DeadLetterService(
                    store,
                    List::of, // what could not be read is read by the gateway, which has the accounts
                    file -> Files.readAllBytes(
                            gateway.store().data().resolve("media").resolve(file)),
                    () -> uuids.generate().toString(),
                    Clock.systemUTC());
            return say(act(acts, filter, dryRun), false);
        });
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
