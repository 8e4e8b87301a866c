// SPDX-License-Identifier: Apache-2.0
package io.dragoman.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.dragoman.app.explain.TerminalText;
import io.dragoman.config.WrittenAccount;
import io.dragoman.config.WrittenAccount.Form;
import io.dragoman.connector.Side;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code channel show} and {@code desk show}: one with its settings as they are written. */
@Command(
        name = "show",
        description =
                "Show one with its settings as they are written, secrets never; with its health where the gateway runs.",
        footerHeading = "%nExamples:%n",
        footer = "  ./dragoman channel show shop")
final class AccountShow implements Callable<Integer> {
    @ParentCommand
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandGroup parent;

    @Parameters(index = "0", paramLabel = "ID", description = "Its id.")
    private String id = "";

    @Override
    public Integer call() throws InterruptedException {
        Dragoman dragoman = parent.dragoman();
        Side side = AccountEditing.side(parent);
        Optional<WrittenAccount> written = new AccountEditing(dragoman).files().account(side, id);
        if (!id.matches("[A-Za-z0-9._-]{1,100}") || written.isEmpty()) {
            dragoman.failed("There is no " + side.word() + " " + id + " in its file. ./dragoman " + side.word()
                    + " list shows those that there are.");
            return Dragoman.WRONG;
        }
        try {
            Optional<AdminClient.Reply> reply = new AdminClient(OfflineStore.gateway(dragoman))
                    .ask("/api/v1/" + side.word() + "s/" + id, null, Map.of());
            return show(dragoman, written.get(), reply.map(AdminClient.Reply::body));
        } catch (AdminClient.NoAnswer e) {
            return dragoman.failed(String.valueOf(e.getMessage()));
        }
    }

    private static int show(Dragoman dragoman, WrittenAccount written, Optional<JsonNode> health) {
        if (dragoman.json()) {
            dragoman.print(health.isPresent() ? health.get() : written);
            return Dragoman.OK;
        }
        TerminalText lines = new TerminalText();
        lines.raw(written.id() + "  " + written.kind() + (written.off() ? "  off" : "") + "  " + written.file() + ":"
                + written.line());
        health.ifPresent(one -> {
            lines.add(
                    2, one.path("state").asText() + ": " + one.path("sentence").asText());
            if (one.has("callbackUrl")) {
                lines.add(2, "posts to " + one.path("callbackUrl").asText());
            }
            one.path("setUp").forEach(step -> lines.add(2, "- " + step.asText()));
            one.path("refusals")
                    .forEach(refusal -> lines.add(
                            2,
                            "refused " + refusal.path("at").asText() + ": "
                                    + refusal.path("reason").asText()));
        });
        written.settings()
                .forEach(setting -> lines.add(
                        2,
                        setting.name() + ": "
                                + (setting.form() == Form.PLAIN ? "(written out, not shown)" : setting.text())
                                + (setting.known() ? "" : "  (not known to this kind)")));
        dragoman.out().print(lines);
        dragoman.out().flush();
        return Dragoman.OK;
    }
}
