// SPDX-License-Identifier: Apache-2.0
package io.dragoman.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dragoman.app.Queries;
import io.dragoman.app.contact.ContactQueries.ConsentDetail;
import io.dragoman.app.contact.ContactService;
import io.dragoman.app.explain.TerminalText;
import io.dragoman.config.GatewaySettings;
import io.dragoman.model.Json;
import io.dragoman.model.Purpose;
import io.dragoman.model.Words;
import io.dragoman.store.Consents.Source;
import io.dragoman.store.Consents.Stated;
import io.dragoman.store.Consents.Statement;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code contact consent}. */
@Command(
        name = "consent",
        description = {
            "Show what a contact consented to and withdrew, with time, source and reason; or note that they did.",
            "Purposes: service (to be written to at all), survey, marketing, analytics. Which of them need a consent is"
                    + " said in rules.yaml, below consent."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  ./dragoman contact consent 019ab1c2-…",
            "  ./dragoman contact consent 019ab1c2-… --give marketing --channel shop-sms --why \"form of 2 May\"",
            "  ./dragoman contact consent 019ab1c2-… --withdraw survey"
        })
final class ContactConsent implements Callable<Integer> {
    @ParentCommand
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private ContactCommand parent;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Parameters(paramLabel = "ID", description = "The contact's id.")
    private String id = "";

    @Option(names = "--give", paramLabel = "PURPOSE", description = "They consent to it.")
    private @Nullable String give;

    @Option(names = "--withdraw", paramLabel = "PURPOSE", description = "They withdraw their consent to it.")
    private @Nullable String withdraw;

    @Option(names = "--channel", paramLabel = "ID", description = "On this channel; on all of theirs without it.")
    private @Nullable String channel;

    @Option(names = "--why", paramLabel = "TEXT", description = "The reason, kept with it.")
    private String why = ContactService.BY_AN_OPERATOR;

    @Override
    public Integer call() throws InterruptedException {
        Dragoman dragoman = parent.dragoman();
        if (give == null && withdraw == null) {
            return OfflineStore.look(dragoman, this::show);
        } else if (give != null && withdraw != null) {
            throw new CommandLine.ParameterException(spec.commandLine(), "Either --give or --withdraw.");
        }
        String word = give == null ? String.valueOf(withdraw) : give;
        Purpose purpose = Words.find(Purpose.class, word)
                .orElseThrow(() -> new CommandLine.ParameterException(
                        spec.commandLine(),
                        "There is no purpose " + word + ". There are " + String.join(", ", Words.all(Purpose.class))
                                + "."));
        if (!id.matches("[0-9a-zA-Z-]{1,64}")) {
            return parent.unknown(id);
        }
        return note(dragoman, new Statement(purpose, give != null, Source.API, why));
    }

    private int note(Dragoman dragoman, Statement said) throws InterruptedException {
        GatewaySettings gateway = OfflineStore.gateway(dragoman);
        ObjectNode json = Json.mapper().createObjectNode();
        json.put("purpose", Words.of(said.purpose())).put("given", said.given()).put("why", said.reason());
        if (channel != null) {
            json.put("channel", channel);
        }
        try {
            Optional<AdminClient.Reply> reply = new AdminClient(gateway)
                    .ask(
                            "/api/v1/contacts/" + id + "/consent",
                            Json.write(json).getBytes(StandardCharsets.UTF_8),
                            Map.of());
            if (reply.isPresent()) {
                return reply.get().good()
                        ? OfflineStore.look(dragoman, this::show)
                        : dragoman.failed(reply.get().title());
            }
            return OfflineStore.change(
                    dragoman,
                    gateway,
                    commands -> noted(dragoman, commands.contacts().consent(id, channel, said, dragoman.actor())));
        } catch (AdminClient.NoAnswer e) {
            return dragoman.failed(String.valueOf(e.getMessage()));
        }
    }

    private int noted(Dragoman dragoman, List<String> channels) {
        if (channels.isEmpty()) {
            return dragoman.failed("There is no contact " + id + ", or it has no address "
                    + (channel == null ? "that a consent could be kept with." : "on the channel " + channel + "."));
        }
        dragoman.out().println("Noted for " + String.join(", ", channels) + ".");
        dragoman.out().flush();
        return Dragoman.OK;
    }

    private int show(Queries queries) {
        Dragoman dragoman = parent.dragoman();
        Optional<ConsentDetail> found = queries.contacts().consents(id);
        if (found.isEmpty()) {
            return parent.unknown(id);
        }
        if (dragoman.json()) {
            dragoman.print(found.get());
            return Dragoman.OK;
        }
        TerminalText lines = new TerminalText();
        add(lines, 0, found.get().standing());
        if (found.get().standing().isEmpty()) {
            lines.raw("They neither consented to anything nor withdrew it.");
        }
        dragoman.out().print(lines);
        dragoman.out().flush();
        return Dragoman.OK;
    }

    static void add(TerminalText lines, int indent, List<Stated> said) {
        said.forEach(one -> lines.add(
                indent,
                Words.of(one.purpose()) + (one.given() ? " given" : " withdrawn") + " on " + one.channel() + " at "
                        + one.at() + " (" + Words.of(one.source()) + "): " + one.reason()));
    }
}
