// SPDX-License-Identifier: Apache-2.0
package io.dragoman.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.dragoman.app.Commands;
import io.dragoman.app.Queries;
import io.dragoman.app.person.PersonExport.Person;
import io.dragoman.config.GatewaySettings;
import io.dragoman.store.Erasures.Erasure;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code person erase}: asks the running gateway, or does it itself where none runs. */
@Command(
        name = "erase",
        description = {
            "Erase a person, with all contacts that were merged into it: from every table, the stored requests, the files,"
                    + " the search index and what deleted rows leave on the disk. It cannot be undone.",
            "Without --yes it says what would be erased. What it was is said by numbers."
        },
        footerHeading = "%nExamples:%n",
        footer = "  ./dragoman person erase 019ab1c2-… --yes")
final class PersonErase implements Callable<Integer> {
    private static final long LOOK_MILLIS = 300;

    @ParentCommand
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private PersonCommand parent;

    @Parameters(paramLabel = "PERSON", description = "The contact's id, or an address.")
    private String person = "";

    @Option(names = "--yes", description = "Erase.")
    private boolean yes;

    private String contact = "";

    @Override
    public Integer call() throws InterruptedException {
        int found = OfflineStore.look(parent.dragoman(), this::find);
        if (found != Dragoman.OK || !yes) {
            return found;
        }
        GatewaySettings gateway = OfflineStore.gateway(parent.dragoman());
        try {
            Optional<AdminClient.Reply> reply = new AdminClient(gateway)
                    .ask("/api/v1/contacts/" + contact + "/erase", "{}".getBytes(StandardCharsets.UTF_8), Map.of());
            if (reply.isEmpty()) {
                return OfflineStore.change(parent.dragoman(), gateway, this::erase);
            }
            return reply.get().good()
                    ? follow(gateway, reply.get().body().path("id").asText())
                    : parent.dragoman().failed(reply.get().title());
        } catch (AdminClient.NoAnswer e) {
            return parent.dragoman().failed(String.valueOf(e.getMessage()));
        }
    }

    private int find(Queries queries) {
        PersonCommand.Named named = PersonCommand.named(queries, person);
        Optional<Person> found = named.clear() ? queries.people().export(named.contact()) : Optional.empty();
        if (found.isEmpty()) {
            return parent.dragoman().failed(named.clear() ? "There is no contact with this id." : named.problem());
        }
        contact = named.contact();
        if (!yes) {
            Person one = found.get();
            say("Contact " + contact + ": " + one.contacts().size() + " contacts, "
                    + one.addresses().size() + " addresses and "
                    + one.conversations().size()
                    + " conversations would be erased for good. Say --yes to do it.");
        }
        return Dragoman.OK;
    }

    private int erase(Commands commands) {
        Optional<Erasure> begun =
                commands.erasures().begin(contact, parent.dragoman().actor());
        if (begun.isEmpty()) {
            return parent.dragoman().failed("There is no contact with this id.");
        }
        commands.erasures().start();
        Erasure done = commands.erasures().find(begun.get().id()).orElse(begun.get());
        if (done.doneAt() == null) {
            return parent.dragoman()
                    .failed(
                            "It was begun but is not done; the log says why. The gateway goes on with it at its start.");
        }
        return done(done.counts().entrySet().stream()
                .map(one -> one.getValue() + " " + one.getKey())
                .toList());
    }

    private int follow(GatewaySettings gateway, String erasure) throws InterruptedException, AdminClient.NoAnswer {
        while (true) {
            Optional<AdminClient.Reply> reply =
                    new AdminClient(gateway).ask("/api/v1/erasures/" + erasure, null, Map.of());
            if (reply.isEmpty() || !reply.get().good()) {
                return parent.dragoman().failed("It was begun; a gateway that stopped goes on with it at its start.");
            }
            JsonNode body = reply.get().body();
            if (body.has("doneAt")) {
                List<String> counts = new ArrayList<>();
                body.path("counts").properties().forEach(one -> counts.add(one.getValue() + " " + one.getKey()));
                return done(counts);
            }
            TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
        }
    }

    private int done(List<String> counts) {
        say("Erased: " + String.join(", ", counts) + ".");
        return Dragoman.OK;
    }

    private void say(String sentence) {
        parent.dragoman().out().println(sentence);
        parent.dragoman().out().flush();
    }
}
