// SPDX-License-Identifier: Apache-2.0
package io.dragoman.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dragoman.cli.AccountEditing.Change;
import io.dragoman.config.EditRefused;
import io.dragoman.connector.Secret;
import io.dragoman.model.Json;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code secret}: keeps a secret in a file of its own. */
@Command(
        name = "secret",
        description = {
            "Keep a secret, read from the standard input, in a file below secrets/ that only you can read.",
            "Prints what to write where it is needed; a gateway that runs has it at once."
        },
        footerHeading = "%nExamples:%n",
        footer = "  ./dragoman secret telegram < token.txt")
final class SecretCommand implements Callable<Integer> {
    private static final int LONGEST = 64 * 1024;

    @ParentCommand
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Dragoman dragoman;

    @Option(names = "--remove", description = "Take the file away instead, where no file of config/ refers to it.")
    private boolean remove;

    @Parameters(index = "0", paramLabel = "NAME", description = "The file's name.")
    private String name = "";

    /** What {@code --json} prints. */
    private record Report(String reference) {}

    @Override
    public Integer call() throws IOException, InterruptedException {
        return remove ? removed() : written();
    }

    private int removed() throws InterruptedException {
        AccountEditing editing = new AccountEditing(dragoman);
        String path = "secrets/" + URLEncoder.encode(name, StandardCharsets.UTF_8);
        Change change = new Change("DELETE", path, null, "secret.removed", name, false);
        try {
            Optional<AdminClient.Reply> reply = editing.ask(change);
            if (reply.isPresent()) {
                return reply.get().good()
                        ? Dragoman.OK
                        : dragoman.failed(reply.get().title());
            }
            return editing.noted(change, () -> {
                editing.editor().removeSecret(name);
                return Dragoman.OK;
            });
        } catch (EditRefused e) {
            return editing.refused(e);
        } catch (AdminClient.NoAnswer e) {
            return dragoman.failed(String.valueOf(e.getMessage()));
        }
    }

    private int written() throws IOException, InterruptedException {
        String value =
                new String(System.in.readNBytes(LONGEST + 1), StandardCharsets.UTF_8).replaceFirst("[\\r\\n]+$", "");
        AccountEditing editing = new AccountEditing(dragoman);
        ObjectNode body = Json.mapper().createObjectNode().put("value", value);
        String path = "secrets/" + URLEncoder.encode(name, StandardCharsets.UTF_8);
        Change change = new Change("PUT", path, body, "secret.written", name, false);
        try {
            Optional<AdminClient.Reply> reply = editing.ask(change);
            if (reply.isPresent()) {
                return reply.get().good()
                        ? say(reply.get().body().path("reference").asText())
                        : dragoman.failed(reply.get().title());
            }
            return say(editing.noted(change, () -> editing.editor().secret(name, new Secret(value))));
        } catch (EditRefused e) {
            return editing.refused(e);
        } catch (AdminClient.NoAnswer e) {
            return dragoman.failed(String.valueOf(e.getMessage()));
        }
    }

    private int say(String reference) {
        if (dragoman.json()) {
            dragoman.print(new Report(reference));
        } else {
            dragoman.out().println(reference);
            dragoman.out().flush();
        }
        return Dragoman.OK;
    }
}
