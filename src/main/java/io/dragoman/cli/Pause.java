// SPDX-License-Identifier: Apache-2.0
package io.dragoman.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dragoman.admin.PauseApi;
import io.dragoman.app.explain.TerminalText;
import io.dragoman.config.Configuration;
import io.dragoman.config.GatewaySettings;
import io.dragoman.config.Loaded;
import io.dragoman.model.Json;
import io.dragoman.store.Store;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code pause} and {@code resume}. */
@Command(
        name = "pause",
        description = {
            "Stop what goes out to a channel or desk, or one lane; without a name, list what stands still.",
            "What comes in is still taken, and nothing of what waits is lost."
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
            return OfflineStore.look(dragoman, tx -> show(dragoman, PauseApi.paused(tx, known(dragoman))));
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
                        ? show(dragoman, Json.mapper().convertValue(reply.get().body(), PauseApi.Paused.class))
                        : dragoman.failed(reply.get().title());
            }
        } catch (AdminClient.Silent e) {
            return dragoman.failed(String.valueOf(e.getMessage()));
        }
        return OfflineStore.change(dragoman, gateway, store -> directly(dragoman, store, verb, name, reason));
    }

    /** Without a gateway: which channels there are is not looked up, so that any name that is no lane is taken for one. */
    private static int directly(Dragoman dragoman, Store store, String verb, String name, String reason) {
        long now = Instant.now().toEpochMilli();
        boolean done = store.write(tx -> verb.equals("pause")
                        ? PauseApi.pause(tx, id -> id.indexOf('/') < 0, name, reason, now)
                        : PauseApi.resume(tx, name))
                .join();
        return done
                ? show(dragoman, store.read(tx -> PauseApi.paused(tx, known(dragoman))))
                : dragoman.failed("There is no channel, desk or lane of the name " + name + ", or it is not paused.");
    }

    /** Whether an id is configured; while the configuration is broken nobody can say, and nothing is said. */
    private static Predicate<String> known(Dragoman dragoman) {
        if (!(dragoman.load() instanceof Loaded.Usable<?> usable)) {
            return id -> true;
        }
        Configuration configuration = usable.configuration();
        return id -> configuration.channel(id).or(() -> configuration.desk(id)).isPresent();
    }

    private static int show(Dragoman dragoman, PauseApi.Paused paused) {
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
