// SPDX-License-Identifier: Apache-2.0
package io.dragoman.simulator.gorgias;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dragoman.simulator.MultipartReader;
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
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Tickets and their messages. An {@code external_id} is kept, and makes nothing unique. */
final class GorgiasTickets {
    private static final String TICKET = "/api/tickets/{id}";

    private final Tickets tickets;
    private final GorgiasCustomers customers;
    private final GorgiasViews views;
    private final Supplier<String> ids;
    private final Consumer<TicketChange> happened;
    private final Map<String, HelpdeskFile> files = new ConcurrentHashMap<>();

    GorgiasTickets(
            Tickets tickets,
            GorgiasCustomers customers,
            GorgiasViews views,
            Supplier<String> ids,
            Consumer<TicketChange> happened) {
        this.tickets = tickets;
        this.customers = customers;
        this.views = views;
        this.ids = ids;
        this.happened = happened;
    }

    void serve(ApiRoutes routes) {
        routes.on("POST", "/api/tickets", this::create)
                .on("GET", "/api/tickets", this::list)
                .on("GET", TICKET, this::show)
                .on("PUT", TICKET, this::update)
                .on("POST", TICKET + "/messages", this::write)
                .on("GET", TICKET + "/messages", this::messages)
                .on("POST", TICKET + "/tags", this::tag)
                .on("PUT", TICKET + "/tags", this::tag)
                .on("POST", "/api/upload", this::upload)
                .on("GET", "/attachments/{id}", this::file);
    }

    private SimulatorResponse create(ApiCall call) throws IOException {
        JsonNode json = call.json();
        if (json.path("messages").isEmpty()) {
            return GorgiasViews.error(400, "messages: Shorter than minimum length 1.");
        }
        Optional<HelpdeskCustomer> customer = customers.named(json.path("customer"));
        if (customer.isEmpty()) {
            return GorgiasViews.error(400, "customer: Missing data for required field.");
        }
        Ticket draft = Ticket.from(customer.get().id(), json.path("subject").asText(""), "open", "normal");
        Ticket opened = tickets.open(TicketBuilder.builder(draft)
                .externalId(json.path("external_id").asText(""))
                .build());
        ArrayNode written = JsonNodeFactory.instance.arrayNode();
        for (JsonNode message : json.path("messages")) {
            Optional<TicketMessage> read = message(message);
            if (read.isEmpty()) {
                return GorgiasViews.error(400, "messages.sender: Missing data for required field.");
            }
            TicketMessage added = tickets.add(opened.id(), read.get());
            written.add(views.message(opened, added));
            happened.accept(new TicketChange(TicketChange.Kind.CREATED, present(opened.id()), added, true));
        }
        ObjectNode answer = views.ticket(present(opened.id()), customer.get());
        answer.set("messages", written);
        return SimulatorResponse.json(201, answer);
    }

    private Optional<TicketMessage> message(JsonNode json) {
        String text = json.path("body_text").asText(json.path("body_html").asText(""));
        boolean agents = json.path("from_agent").asBoolean();
        boolean note = json.path("channel").asText().equals("internal-note")
                || !json.path("public").asBoolean(true);
        Optional<HelpdeskCustomer> sender = agents ? Optional.empty() : customers.named(json.path("sender"));
        if (!agents && sender.isEmpty()) {
            return Optional.empty();
        }
        TicketMessage draft = sender.map(customer -> TicketMessage.ofCustomer(customer, text))
                .orElseGet(() -> TicketMessage.ofAgent("1", "Dragoman", !note, text));
        List<HelpdeskFile> attached = new ArrayList<>();
        for (JsonNode attachment : json.path("attachments")) {
            String id = attachment.path("url").asText("").replaceFirst(".*/", "");
            attached.add(files.getOrDefault(
                    id,
                    new HelpdeskFile(
                            ids.get(),
                            attachment.path("name").asText(),
                            attachment.path("content_type").asText(),
                            new byte[0])));
        }
        return Optional.of(TicketMessageBuilder.builder(draft)
                .externalId(json.path("external_id").asText(""))
                .files(attached)
                .byApi(true)
                .build());
    }

    private SimulatorResponse write(ApiCall call) throws IOException {
        Optional<Ticket> ticket = find(call);
        if (ticket.isEmpty()) {
            return absent(call);
        }
        Optional<TicketMessage> read = message(call.json());
        if (read.isEmpty()) {
            return GorgiasViews.error(400, "sender: Missing data for required field.");
        }
        TicketMessage added = tickets.add(ticket.get().id(), read.get());
        if (added.author() == TicketMessage.Author.CUSTOMER) {
            tickets.change(ticket.get().id(), change -> change.status("open"));
        }
        Ticket now = present(ticket.get().id());
        happened.accept(new TicketChange(TicketChange.Kind.WRITTEN, now, added, true));
        return SimulatorResponse.json(201, views.message(now, added));
    }

    private SimulatorResponse show(ApiCall call) {
        return find(call)
                .map(ticket -> SimulatorResponse.json(200, views.ticket(ticket, customer(ticket))))
                .orElseGet(() -> absent(call));
    }

    /** The newest first; an external id finds one. */
    private SimulatorResponse list(ApiCall call) {
        String external = call.query().get("external_id");
        ObjectNode page = JsonNodeFactory.instance.objectNode().put("object", "list");
        ArrayNode data = page.putArray("data");
        tickets.all().stream()
                .filter(ticket -> !ticket.deleted())
                .filter(ticket -> external.isEmpty() || ticket.externalId().equals(external))
                .forEach(ticket -> data.insert(0, views.ticket(ticket, customer(ticket))));
        return SimulatorResponse.json(200, page);
    }

    private static int number(String text, int otherwise) {
        return text.matches("\\d{1,6}") ? Integer.parseInt(text) : otherwise;
    }

    private SimulatorResponse messages(ApiCall call) {
        return find(call)
                .map(ticket -> {
                    ObjectNode page = JsonNodeFactory.instance.objectNode().put("object", "list");
                    ArrayNode data = page.putArray("data");
                    List<TicketMessage> all = new ArrayList<>(ticket.messages());
                    if (call.query().get("order_by").equals("created_datetime:desc")) {
                        Collections.reverse(all);
                    }
                    int size = Math.min(100, number(call.query().get("limit"), 30));
                    int from = number(call.query().get("cursor"), 0);
                    all.stream().skip(from).limit(size).forEach(message -> data.add(views.message(ticket, message)));
                    boolean more = all.size() > from + size;
                    page.putObject("meta").put("next_cursor", more ? String.valueOf(from + size) : null);
                    return SimulatorResponse.json(200, page);
                })
                .orElseGet(GorgiasViews::notFound);
    }

    private SimulatorResponse update(ApiCall call) throws IOException {
        JsonNode json = call.json();
        Optional<Ticket> ticket = find(call);
        if (ticket.isEmpty()) {
            return absent(call);
        }
        String status = json.path("status").asText(ticket.get().status());
        if (!status.matches("open|closed")) {
            return GorgiasViews.error(400, "status: Must be one of: open, closed.");
        }
        String team = json.at("/assignee_team/id").asText(GorgiasSimulator.TEAM);
        String user = json.at("/assignee_user/id").asText(GorgiasSimulator.AGENT);
        if (!team.equals(GorgiasSimulator.TEAM) || !user.equals(GorgiasSimulator.AGENT)) {
            return GorgiasViews.error(400, "assignee_user, assignee_team: Object does not exist.");
        }
        Ticket changed = tickets.change(ticket.get().id(), change -> change.status(status)
                .priority(json.path("priority").asText(change.priority()))
                .team(json.at("/assignee_team/id").asText(change.team()))
                .assignee(json.at("/assignee_user/id").asText(change.assignee())));
        happened.accept(new TicketChange(TicketChange.Kind.STATUS, changed, null, true));
        return SimulatorResponse.json(202, views.ticket(changed, customer(changed)));
    }

    private SimulatorResponse tag(ApiCall call) throws IOException {
        JsonNode json = call.json();
        Optional<Ticket> ticket = find(call);
        if (ticket.isEmpty()) {
            return GorgiasViews.notFound();
        }
        boolean replace = call.request().method().equals("PUT");
        List<String> tags = new ArrayList<>(replace ? List.of() : ticket.get().tags());
        json.path("names").forEach(name -> tags.add(name.asText()));
        Ticket changed = tickets.change(
                ticket.get().id(),
                change -> change.tags(tags.stream().distinct().toList()));
        happened.accept(new TicketChange(TicketChange.Kind.TAGGED, changed, null, true));
        return SimulatorResponse.empty(204, Map.of());
    }

    private SimulatorResponse upload(ApiCall call) {
        ArrayNode kept = JsonNodeFactory.instance.arrayNode();
        for (MultipartReader.Part file : MultipartReader.parts(
                call.request().header("Content-Type"), call.request().body())) {
            if (file.file()) {
                HelpdeskFile there = new HelpdeskFile(ids.get(), file.fileName(), file.type(), file.content());
                files.put(there.id(), there);
                kept.add(views.attachment(there));
            }
        }
        return kept.isEmpty()
                ? GorgiasViews.error(400, "file: Missing data for required field.")
                : SimulatorResponse.json(201, kept);
    }

    private SimulatorResponse file(ApiCall call) {
        return Optional.ofNullable(files.get(call.step("id")))
                .or(() -> tickets.all().stream()
                        .flatMap(ticket -> ticket.messages().stream())
                        .flatMap(message -> message.files().stream())
                        .filter(file -> file.id().equals(call.step("id")))
                        .findFirst())
                .map(file -> new SimulatorResponse(200, file.mimeType(), Map.of(), file.bytes()))
                .orElseGet(GorgiasViews::notFound);
    }

    HelpdeskCustomer customer(Ticket ticket) {
        return tickets.customer(ticket.customer()).orElseThrow();
    }

    /** Whoever asks for a ticket that was merged is sent to the other. */
    private SimulatorResponse absent(ApiCall call) {
        return tickets.find(call.step("id"))
                .map(Ticket::mergedInto)
                .filter(into -> !into.isEmpty())
                .map(into -> SimulatorResponse.empty(301, Map.of("Location", "/api/tickets/" + into)))
                .orElseGet(GorgiasViews::notFound);
    }

    private Optional<Ticket> find(ApiCall call) {
        return tickets.find(call.step("id"))
                .filter(ticket -> !ticket.deleted() && ticket.mergedInto().isEmpty());
    }

    private Ticket present(String id) {
        return tickets.find(id).orElseThrow();
    }
}
