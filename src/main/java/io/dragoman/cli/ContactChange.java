// SPDX-License-Identifier: Apache-2.0
package io.dragoman.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dragoman.app.audit.Actor;
import io.dragoman.app.contact.ContactService;
import io.dragoman.app.contact.ContactService.Result;
import io.dragoman.config.GatewaySettings;
import io.dragoman.model.Json;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** What {@code contact merge} and {@code contact unmerge} share: they ask the running gateway, or change the store. */
abstract class ContactChange implements Callable<Integer> {
    @ParentCommand
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private ContactCommand parent;

    @Parameters(index = "0", paramLabel = "ID", description = "The contact's id.")
    private String id = "";

    /** What {@code --json} prints. */
    private record Report(String survivor, String merged) {}

    /** The word in the API's path. */
    abstract String verb();

    /** What is posted besides. */
    abstract void add(ObjectNode json);

    /** Does it on a store that no gateway uses. */
    abstract Result act(ContactService contacts, String id, Actor actor);

    /** What is said when it is done. */
    abstract String done(String survivor, String merged);

    @Override
    public Integer call() throws InterruptedException {
        Dragoman dragoman = parent.dragoman();
        if (!id.matches("[0-9a-zA-Z-]{1,64}")) {
            return say(new Result.Unknown(id));
        }
        GatewaySettings gateway = OfflineStore.gateway(dragoman);
        ObjectNode json = Json.mapper().createObjectNode();
        add(json);
        try {
            Optional<AdminClient.Reply> reply = new AdminClient(gateway)
                    .ask(
                            "/api/v1/contacts/" + id + "/" + verb(),
                            Json.write(json).getBytes(StandardCharsets.UTF_8),
                            Map.of());
            if (reply.isEmpty()) {
                return OfflineStore.change(
                        dragoman, gateway, commands -> say(act(commands.contacts(), id, dragoman.actor())));
            }
            return reply.get().good()
                    ? say(Json.mapper().convertValue(reply.get().body(), Report.class))
                    : dragoman.failed(reply.get().title());
        } catch (AdminClient.NoAnswer e) {
            return dragoman.failed(String.valueOf(e.getMessage()));
        }
    }

    private int say(Result result) {
        if (result instanceof Result.Done done) {
            return say(new Report(done.merge().survivor(), done.merge().merged()));
        }
        return parent.dragoman()
                .failed(
                        result instanceof Result.Conflict conflict
                                ? conflict.why()
                                : "There is no contact with this id: " + ((Result.Unknown) result).contact() + ".");
    }

    private int say(Report report) {
        Dragoman dragoman = parent.dragoman();
        if (dragoman.json()) {
            dragoman.print(report);
        } else {
            dragoman.out().println(done(report.survivor(), report.merged()));
            dragoman.out().flush();
        }
        return Dragoman.OK;
    }
}
