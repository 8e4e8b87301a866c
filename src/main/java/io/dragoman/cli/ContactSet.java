// SPDX-License-Identifier: Apache-2.0
package io.dragoman.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dragoman.app.contact.AttributeChanges.Result;
import io.dragoman.config.GatewaySettings;
import io.dragoman.model.Json;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code contact set}. */
@Command(
        name = "set",
        description = {
            "Say what is known of a contact, under names of your own: rules and replies can use it.",
            "NAME= without a value takes it away. Rules that wait for a change of the contact have their turn if the"
                    + " gateway runs."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  ./dragoman contact set 019ab1c2-… loyalty=gold",
            "  ./dragoman contact set 019ab1c2-… loyalty= birthday=05-17"
        })
final class ContactSet implements Callable<Integer> {
    @ParentCommand
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private ContactCommand parent;

    @Parameters(index = "0", paramLabel = "ID", description = "The contact's id.")
    private String id = "";

    @Parameters(index = "1..*", arity = "1..*", paramLabel = "NAME=VALUE", description = "What is known.")
    private String[] pairs = {};

    /** What {@code --json} prints. */
    private record Attributes(Map<String, String> attributes) {}

    @Override
    public Integer call() throws InterruptedException {
        Dragoman dragoman = parent.dragoman();
        Map<String, @Nullable String> values = new LinkedHashMap<>();
        for (String pair : pairs) {
            int equals = pair.indexOf('=');
            if (equals < 1) {
                dragoman.err().println("Each attribute is NAME=VALUE, such as loyalty=gold.");
                dragoman.err().flush();
                return Dragoman.WRONG;
            }
            String value = pair.substring(equals + 1);
            values.put(pair.substring(0, equals), value.isEmpty() ? null : value);
        }
        if (!id.matches("[0-9a-zA-Z-]{1,64}")) {
            return unknown();
        }
        GatewaySettings gateway = OfflineStore.gateway(dragoman);
        ObjectNode json = Json.mapper().createObjectNode();
        ObjectNode attributes = json.putObject("attributes");
        values.forEach(attributes::put);
        try {
            Optional<AdminClient.Reply> reply = new AdminClient(gateway)
                    .ask(
                            "PATCH",
                            "/api/v1/contacts/" + id + "/attributes",
                            json.toString().getBytes(StandardCharsets.UTF_8),
                            Map.of());
            if (reply.isEmpty()) {
                return OfflineStore.change(
                        dragoman,
                        gateway,
                        commands -> say(commands.attributes().change(id, values, false, "command", dragoman.actor())));
            }
            return reply.get().good()
                    ? say(Json.mapper().convertValue(reply.get().body(), Attributes.class))
                    : dragoman.failed(reply.get().title());
        } catch (AdminClient.NoAnswer e) {
            return dragoman.failed(String.valueOf(e.getMessage()));
        }
    }

    private int say(Result result) {
        if (result instanceof Result.Done done) {
            return say(new Attributes(done.attributes()));
        }
        return result instanceof Result.Refused refused ? parent.dragoman().failed(refused.why()) : unknown();
    }

    private int unknown() {
        return parent.dragoman().failed("There is no contact with this id: " + id + ".");
    }

    private int say(Attributes now) {
        Dragoman dragoman = parent.dragoman();
        if (dragoman.json()) {
            dragoman.print(now);
        } else {
            now.attributes().forEach((name, value) -> dragoman.out().println(name + " " + value));
            dragoman.out().flush();
        }
        return Dragoman.OK;
    }
}
