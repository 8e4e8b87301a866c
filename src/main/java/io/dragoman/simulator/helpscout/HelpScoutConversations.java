// SPDX-License-Identifier: Apache-2.0
package io.dragoman.simulator.helpscout;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
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
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Conversations and their threads. A conversation that was merged sends whoever asks for it to the other. */
final class HelpScoutConversations {
    private static final String CONVERSATION = "/v2/conversations/{id}";

    private final Tickets tickets;
    private final HelpScoutCustomers customers;
    private final HelpScoutViews views;
    private final Supplier<String> ids;
    private final Consumer<TicketChange> happened;

    HelpScoutConversations(
            Tickets tickets,
            HelpScoutCustomers customers,
            HelpScoutViews views,
            Supplier<String> ids,
            Consumer<TicketChange> happened) {
        this.tickets = tickets;
        this.customers = customers;
        this.views = views;
        this.ids = ids;
        this.happened = happened;
    }

    void serve(ApiRoutes routes) {
        routes.on("POST", "/v2/conversations", this::create)
                .on("GET", "/v2/conversations", this::list)
                .on("GET", CONVERSATION, this::show)
                .on("PATCH", CONVERSATION, this::update)
                .on("PUT", CONVERSATION + "/tags", this::tag)
                .on("GET", CONVERSATION + "/threads", this::threads)
                .on("POST", CONVERSATION + "/customer", call -> written(call, "customer"))
                .on("POST", CONVERSATION + "/reply", call -> written(call, "message"))
                .on("POST", CONVERSATION + "/notes", call -> written(call, "note"))
                .on("GET", "/v2/attachments/{id}/data", call -> file(call, true))
                .on("GET", "/file/{id}", call -> file(call, false));
    }

    private SimulatorResponse create(ApiCall call) throws IOException {
        JsonNode json = call.json();
        for (String needed : List.of("subject", "type", "mailboxId", "status", "customer", "threads")) {
            JsonNode given = json.path(needed);
            if (given.isMissingNode() || (given.isTextual() && given.asText().isBlank())) {
                return HelpScoutViews.invalid(needed, "may not be empty");
            }
        }
        if (!json.path("mailboxId").asText().equals(HelpScoutSimulator.MAILBOX)) {
            return HelpScoutViews.invalid("mailboxId", "not found");
        }
        Optional<HelpdeskCustomer> customer = customers.named(json.path("customer"));
        if (customer.isEmpty()) {
            return HelpScoutViews.invalid("customer", "must have an id or an email");
        }
        Ticket draft = Ticket.from(
                customer.get().id(),
                json.path("subject").asText(),
                json.path("status").asText(),
                "");
        List<String> tags = new ArrayList<>();
        json.path("tags").forEach(tag -> tags.add(tag.asText()));
        // the address that it is answered to, of those that the customer has
        Ticket opened = tickets.open(TicketBuilder.builder(draft)
                .tags(tags)
                .extra(Map.of(
                        "replyTo",
                        json.at("/customer/email").asText(customer.get().email())))
                .build());
        for (JsonNode thread : json.path("threads")) {
            Optional<TicketMessage> message =
                    message(thread, thread.path("type").asText());
            if (message.isEmpty()) {
                return HelpScoutViews.invalid("threads", "invalid thread");
            }
            TicketMessage added = tickets.add(opened.id(), message.get());
            happened.accept(new TicketChange(TicketChange.Kind.CREATED, present(opened.id()), added, true));
        }
        return HelpScoutViews.created(opened.id());
    }

    private Optional<TicketMessage> message(JsonNode json, String type) {
        String text = json.path("text").asText("");
        List<HelpdeskFile> files = new ArrayList<>();
        for (JsonNode file : json.path("attachments")) {
            files.add(new HelpdeskFile(
                    ids.get(),
                    file.path("fileName").asText(),
                    file.path("mimeType").asText(),
                    Base64.getDecoder().decode(file.path("data").asText(""))));
        }
        if (text.isBlank() && files.isEmpty()) {
            return Optional.empty();
        }
        Optional<TicketMessage> draft =
                switch (type) {
                    case "customer" ->
                        customers
                                .named(json.path("customer"))
                                .map(customer -> TicketMessage.ofCustomer(customer, text));
                    case "message", "note" ->
                        Optional.of(TicketMessage.ofAgent(
                                HelpScoutSimulator.OWN_USER, "Dragoman", type.equals("message"), text));
                    default -> Optional.empty();
                };
        return draft.map(message -> TicketMessageBuilder.builder(message)
                .html(true)
                .byApi(true)
                .files(files)
                .build());
    }

    private SimulatorResponse written(ApiCall call, String type) throws IOException {
        Optional<Ticket> ticket = find(call);
        if (ticket.isEmpty()) {
            return HelpScoutViews.notFound();
        }
        if (!ticket.get().mergedInto().isEmpty()) {
            return SimulatorResponse.empty(
                    301, Map.of("Location", "/v2/conversations/" + ticket.get().mergedInto()));
        }
        Optional<TicketMessage> message = message(call.json(), type);
        if (message.isEmpty()) {
            return HelpScoutViews.invalid("text", "may not be empty");
        }
        TicketMessage added = tickets.add(ticket.get().id(), message.get());
        if (type.equals("customer")) {
            tickets.change(ticket.get().id(), change -> change.status("active"));
        }
        happened.accept(
                new TicketChange(TicketChange.Kind.WRITTEN, present(ticket.get().id()), added, true));
        return HelpScoutViews.created(added.id());
    }

    private SimulatorResponse show(ApiCall call) {
        return find(call)
                .map(ticket -> SimulatorResponse.json(
                        200,
                        views.conversation(
                                ticket,
                                customer(ticket),
                                call.query().get("embed").equals("threads"))))
                .orElseGet(HelpScoutViews::notFound);
    }

    private SimulatorResponse list(ApiCall call) {
        Instant since;
        try {
            since = call.query().has("modifiedSince")
                    ? Instant.parse(call.query().get("modifiedSince"))
                    : Instant.EPOCH;
        } catch (DateTimeParseException e) {
            return HelpScoutViews.invalid("modifiedSince", "is no date");
        }
        ObjectNode page = JsonNodeFactory.instance.objectNode();
        ArrayNode all = page.putObject("_embedded").putArray("conversations");
        boolean threads = call.query().get("embed").equals("threads");
        List<Ticket> newest = new ArrayList<>(tickets.updatedSince(since));
        newest.removeIf(Ticket::deleted);
        Collections.reverse(newest);
        page(page, call, newest, 25).forEach(ticket -> all.add(views.conversation(ticket, customer(ticket), threads)));
        return SimulatorResponse.json(200, page);
    }

    /** One page of a list, told as the number of it. */
    private static <T> List<T> page(ObjectNode answer, ApiCall call, List<T> all, int size) {
        int number = call.query().get("page").matches("[1-9]\\d{0,4}")
                ? Integer.parseInt(call.query().get("page"))
                : 1;
        answer.putObject("page")
                .put("size", size)
                .put("totalElements", all.size())
                .put("totalPages", (all.size() + size - 1) / size)
                .put("number", number);
        return all.stream().skip((long) size * (number - 1)).limit(size).toList();
    }

    /** The newest first. */
    private SimulatorResponse threads(ApiCall call) {
        return find(call)
                .map(ticket -> {
                    ObjectNode page = JsonNodeFactory.instance.objectNode();
                    ArrayNode all = page.putObject("_embedded").putArray("threads");
                    List<TicketMessage> newest = new ArrayList<>(ticket.messages());
                    Collections.reverse(newest);
                    page(page, call, newest, 50).forEach(message -> all.add(views.thread(message)));
                    return SimulatorResponse.json(200, page);
                })
                .orElseGet(HelpScoutViews::notFound);
    }

    private SimulatorResponse update(ApiCall call) throws IOException {
        JsonNode json = call.json();
        Optional<Ticket> ticket = find(call);
        String value = json.path("value").asText("");
        if (ticket.isEmpty()) {
            return HelpScoutViews.notFound();
        }
        switch (json.path("path").asText()) {
            case "/status" -> changed(ticket.get(), TicketChange.Kind.STATUS, change -> change.status(value));
            case "/assignTo" -> {
                boolean team = value.equals(HelpScoutSimulator.TEAM);
                if (!team && !value.equals(HelpScoutSimulator.AGENT)) {
                    return HelpScoutViews.invalid("value", "the user does not exist");
                }
                changed(ticket.get(), TicketChange.Kind.ASSIGNED, change -> change.assignee(team ? "" : value)
                        .team(team ? value : ""));
            }
            case "/subject" -> tickets.change(ticket.get().id(), change -> change.subject(value));
            default -> {
                return HelpScoutViews.invalid("path", "unsupported");
            }
        }
        return SimulatorResponse.empty(204, Map.of());
    }

    private SimulatorResponse tag(ApiCall call) throws IOException {
        List<String> tags = new ArrayList<>();
        call.json().path("tags").forEach(tag -> tags.add(tag.asText()));
        Optional<Ticket> ticket = find(call);
        ticket.ifPresent(found -> changed(found, TicketChange.Kind.TAGGED, change -> change.tags(tags)));
        return ticket.isPresent() ? SimulatorResponse.empty(204, Map.of()) : HelpScoutViews.notFound();
    }

    private void changed(Ticket ticket, TicketChange.Kind kind, Consumer<TicketBuilder> change) {
        happened.accept(new TicketChange(kind, tickets.change(ticket.id(), change), null, true));
    }

    private SimulatorResponse file(ApiCall call, boolean encoded) {
        return tickets.all().stream()
                .flatMap(ticket -> ticket.messages().stream())
                .flatMap(message -> message.files().stream())
                .filter(file -> file.id().equals(call.step("id")))
                .findFirst()
                .map(file -> encoded
                        ? SimulatorResponse.json(
                                200,
                                JsonNodeFactory.instance
                                        .objectNode()
                                        .put("data", Base64.getEncoder().encodeToString(file.bytes())))
                        : new SimulatorResponse(200, file.mimeType(), Map.of(), file.bytes()))
                .orElseGet(HelpScoutViews::notFound);
    }

    HelpdeskCustomer customer(Ticket ticket) {
        return tickets.customer(ticket.customer()).orElseThrow();
    }

    private Optional<Ticket> find(ApiCall call) {
        return tickets.find(call.step("id")).filter(ticket -> !ticket.deleted());
    }

    private Ticket present(String id) {
        return tickets.find(id).orElseThrow();
    }
}
