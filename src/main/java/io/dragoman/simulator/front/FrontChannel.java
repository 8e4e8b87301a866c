// SPDX-License-Identifier: Apache-2.0
package io.dragoman.simulator.front;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dragoman.simulator.MultipartReader;
import io.dragoman.simulator.MultipartReader.Part;
import io.dragoman.simulator.SimulatorResponse;
import io.dragoman.simulator.helpdesk.ApiCall;
import io.dragoman.simulator.helpdesk.ApiRoutes;
import io.dragoman.simulator.helpdesk.HelpdeskCustomer;
import io.dragoman.simulator.helpdesk.HelpdeskFile;
import io.dragoman.simulator.helpdesk.Ticket;
import io.dragoman.simulator.helpdesk.TicketBuilder;
import io.dragoman.simulator.helpdesk.TicketChange;
import io.dragoman.simulator.helpdesk.TicketMessage;
import io.dragoman.simulator.helpdesk.TicketMessageBuilder;
import io.dragoman.simulator.helpdesk.Tickets;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The application channel: what customers write is accepted at once, and stands in a conversation a moment later. A
 * message whose {@code external_id} is there already is accepted too, and dropped.
 */
final class FrontChannel {
    private final Tickets tickets;
    private final Executor importer;
    private final Supplier<String> ids;
    private final Consumer<TicketChange> happened;
    private final Set<String> known = ConcurrentHashMap.newKeySet();
    private final Set<String> failed = ConcurrentHashMap.newKeySet();

    FrontChannel(Tickets tickets, Executor importer, Supplier<String> ids, Consumer<TicketChange> happened) {
        this.tickets = tickets;
        this.importer = importer;
        this.ids = ids;
        this.happened = happened;
    }

    void serve(ApiRoutes routes) {
        routes.on("POST", "/channels/{id}/inbound_messages", this::inbound)
                .on("POST", "/channels/{id}/outbound_messages", this::outbound)
                .on("PUT", "/channels/{id}/conversations/{conversation}/messages/{message}/status", this::status);
    }

    /** Whether the channel said that an agent's message, by our id of it, did not arrive. */
    boolean failed(String externalId) {
        return failed.contains(externalId);
    }

    private SimulatorResponse inbound(ApiCall call) throws IOException {
        List<Part> form = MultipartReader.parts(
                call.request().header("Content-Type"), call.request().body());
        JsonNode json = form.isEmpty() ? call.json() : nested(form);
        for (String needed :
                List.of("/sender/handle", "/body", "/metadata/external_id", "/metadata/external_conversation_id")) {
            if (json.at(needed).asText("").isEmpty()) {
                return FrontViews.bad("body" + needed.replace('/', '.') + ": missing");
            }
        }
        if (json.at("/metadata/external_id").asText().length() > 200) {
            return FrontViews.bad("body.metadata.external_id: must NOT have more than 200 characters");
        }
        List<HelpdeskFile> files = files(form);
        long bytes = files.stream().mapToLong(file -> file.bytes().length).sum();
        if (bytes > 25L * 1024 * 1024) {
            return FrontViews.error(413, "Payload too large", "Attachments are larger than 25 MB");
        }
        String uid = FrontViews.id("uid", ids.get());
        if (known.add(json.at("/metadata/external_id").asText())) {
            importer.execute(() -> write(json, files));
        }
        ObjectNode answer = JsonNodeFactory.instance.objectNode().put("status", "accepted");
        return SimulatorResponse.json(202, answer.put("message_uid", uid));
    }

    private void write(JsonNode json, List<HelpdeskFile> files) {
        HelpdeskCustomer customer = customer(json.path("sender"));
        Ticket ticket = conversation(json, customer);
        TicketMessage draft =
                TicketMessage.ofCustomer(customer, json.path("body").asText());
        TicketMessage added = tickets.add(
                ticket.id(),
                TicketMessageBuilder.builder(draft)
                        .html(json.path("body").asText().startsWith("<"))
                        .externalId(json.at("/metadata/external_id").asText())
                        .files(files)
                        .build());
        Ticket now = tickets.change(ticket.id(), change -> change.status("open"));
        happened.accept(new TicketChange(TicketChange.Kind.WRITTEN, now, added, true));
    }

    /** What the business wrote elsewhere is shown as a teammate's, and is not sent again. */
    private SimulatorResponse outbound(ApiCall call) throws IOException {
        JsonNode json = call.json();
        for (String needed :
                List.of("/to/0/handle", "/body", "/metadata/external_id", "/metadata/external_conversation_id")) {
            if (json.at(needed).asText("").isEmpty()) {
                return FrontViews.bad("body" + needed.replace('/', '.') + ": missing");
            }
        }
        if (known.add(json.at("/metadata/external_id").asText())) {
            importer.execute(() -> {
                Ticket ticket = conversation(json, customer(json.at("/to/0")));
                String name = json.at("/sender/name").asText("The business");
                TicketMessage draft =
                        TicketMessage.ofAgent("0", name, true, json.path("body").asText());
                tickets.add(
                        ticket.id(),
                        TicketMessageBuilder.builder(draft).byApi(true).build());
            });
        }
        ObjectNode answer = JsonNodeFactory.instance.objectNode().put("status", "accepted");
        return SimulatorResponse.json(202, answer.put("message_uid", FrontViews.id("uid", ids.get())));
    }

    private HelpdeskCustomer customer(JsonNode sender) {
        String handle = sender.path("handle").asText();
        String email = sender.path("email").asText("");
        return tickets.customer(customer -> customer.externalId().equals(handle)
                        || (!email.isEmpty() && customer.email().equalsIgnoreCase(email)))
                .orElseGet(() ->
                        tickets.add(HelpdeskCustomer.of(sender.path("name").asText(""), email, "", handle)));
    }

    private Ticket conversation(JsonNode json, HelpdeskCustomer customer) {
        String external = json.at("/metadata/external_conversation_id").asText();
        Optional<Ticket> there = tickets.all().stream()
                .filter(ticket -> !ticket.deleted() && ticket.externalId().equals(external))
                .findFirst();
        // a conversation that was merged into another goes on there
        return there.map(ticket -> ticket.mergedInto().isEmpty()
                        ? ticket
                        : tickets.find(ticket.mergedInto()).orElse(ticket))
                .orElseGet(() -> {
                    Ticket draft =
                            Ticket.from(customer.id(), json.path("subject").asText(""), "open", "");
                    return tickets.open(TicketBuilder.builder(draft)
                            .externalId(external)
                            .extra(Map.of("handle", customer.externalId()))
                            .build());
                });
    }

    /** The fields of a form, such as {@code metadata[external_id]}, as the JSON that they stand for. */
    private static JsonNode nested(List<Part> form) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        for (Part field : form) {
            if (!field.file()) {
                String[] steps = field.name().replace("]", "").split("\\[");
                ObjectNode into = steps.length == 1 ? json : json.withObject("/" + steps[0]);
                into.put(steps[steps.length - 1], field.text());
            }
        }
        return json;
    }

    private List<HelpdeskFile> files(List<Part> form) {
        List<HelpdeskFile> files = new ArrayList<>();
        for (Part file : form) {
            if (file.file() && file.name().startsWith("attachments")) {
                files.add(new HelpdeskFile(ids.get(), file.fileName(), file.type(), file.content()));
            }
        }
        return files;
    }

    private SimulatorResponse status(ApiCall call) throws IOException {
        if (!call.json().path("status").asText().equals("failed")) {
            return FrontViews.bad("body.status: must be one of [failed]");
        }
        Optional<Ticket> ticket = tickets.all().stream()
                .filter(each -> each.externalId().equals(call.step("conversation")))
                .findFirst();
        if (ticket.isEmpty()) {
            return FrontViews.notFound();
        }
        failed.add(call.step("message"));
        Ticket changed = tickets.change(ticket.get().id(), change -> change.status("open"));
        happened.accept(new TicketChange(TicketChange.Kind.STATUS, changed, null, true));
        return SimulatorResponse.empty(204, Map.of());
    }
}
