// SPDX-License-Identifier: Apache-2.0
package io.dragoman.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.dragoman.app.explain.TerminalText;
import io.dragoman.config.WrittenAccount;
import io.dragoman.connector.Side;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

/** {@code channel list} and {@code desk list}: all of them, a line each. */
@Command(
        name = "list",
        description = "List them: with their health where the gateway runs, else as they stand in their file.",
        footerHeading = "%nExamples:%n",
        footer = {"  ./dragoman channel list", "  ./dragoman desk list --json"})
final class AccountList implements Callable<Integer> {
    @ParentCommand
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandGroup parent;

    /** What {@code --json} prints of one where no gateway runs. */
    private record Written(String id, String kind, boolean off, String file, int line) {}

    @Override
    public Integer call() throws InterruptedException {
        Dragoman dragoman = parent.dragoman();
        Side side = AccountEditing.side(parent);
        try {
            Optional<AdminClient.Reply> reply =
                    new AdminClient(OfflineStore.gateway(dragoman)).ask("/api/v1/" + side.word() + "s", null, Map.of());
            if (reply.isPresent()) {
                return reply.get().good()
                        ? show(dragoman, reply.get().body())
                        : dragoman.failed(reply.get().title());
            }
        } catch (AdminClient.NoAnswer e) {
            return dragoman.failed(String.valueOf(e.getMessage()));
        }
        return show(dragoman, new AccountEditing(dragoman).files().accounts(side));
    }

    private static int show(Dragoman dragoman, JsonNode all) {
        if (dragoman.json()) {
            dragoman.print(all);
            return Dragoman.OK;
        }
        TerminalText lines = new TerminalText();
        for (JsonNode one : all) {
            lines.raw(one.path("id").asText() + "  " + one.path("title").asText() + "  "
                    + one.path("state").asText());
            lines.add(4, one.path("sentence").asText());
        }
        return print(dragoman, lines, all.isEmpty());
    }

    private static int show(Dragoman dragoman, List<WrittenAccount> all) {
        if (dragoman.json()) {
            dragoman.print(all.stream()
                    .map(one -> new Written(one.id(), one.kind(), one.off(), one.file(), one.line()))
                    .toList());
            return Dragoman.OK;
        }
        TerminalText lines = new TerminalText();
        all.forEach(one -> lines.raw(one.id() + "  " + (one.profile() == null ? one.kind() : one.profile())
                + (one.off() ? "  off" : "") + "  " + one.file() + ":" + one.line()));
        return print(dragoman, lines, all.isEmpty());
    }

    private static int print(Dragoman dragoman, TerminalText lines, boolean none) {
        if (none) {
            lines.raw("There are none yet.");
        }
        dragoman.out().print(lines);
        dragoman.out().flush();
        return Dragoman.OK;
    }
}
