// SPDX-License-Identifier: Apache-2.0
package io.dragoman.simulator.front;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dragoman.simulator.SimulatorResponse;
import io.dragoman.simulator.helpdesk.ApiCall;
import io.dragoman.simulator.helpdesk.ApiRoutes;
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
import java.util.function.Consumer;

/** The conversations, as the Core API shows and changes them. */
final class FrontConversations {
    private final Tickets tickets;
    private final FrontViews views;
    private final Consumer<TicketChange> happened;

    FrontConversations(Tickets tickets, FrontViews views, Consumer<TicketChange> happened) {
        this.tickets = tickets;
        this.views = views;
        this.happened = happened;
    }

    void serve(ApiRoutes routes) {
        routes.on("GET", "/conversations/{id}", this::show)
                .on("PATCH", "/conversations/{id}", this::update)
                .on(
                        "GET",
                        "/me",
                        call -> SimulatorResponse.json(
                                200, JsonNodeFactory.instance.objectNode().put("id", "cmp_sim")))
                .on("GET", "/inboxes/{id}", call -> named(call, FrontSimulator.TEAM, "Billing"))
                .on("GET", "/teammates/{id}", call -> named(call, FrontSimulator.AGENT, "Mara"))
                .on("GET", "/contacts/{id}/conversations", this::ofContact)
                .on("GET", "/conversations/{id}/messages", this::messages)
                .on("POST", "/conversations/{id}/comments", this::comment)
                .on("GET", "/conversations/{id}/comments", this::comments)
                .on("POST", "/conversations/{id}/tags", this::tag)
                .on("GET", "/download/{id}", this::file);
    }

    private static SimulatorResponse named(ApiCall call, String id, String name) {
        ObjectNode one = JsonNodeFactory.instance.objectNode().put("id", id).put("name", name);
        return call.step("id").equals(id)
                ? SimulatorResponse.json(200, one.put("is_blocked", false))
                : FrontViews.notFound();
    }

    private SimulatorResponse show(ApiCall call) {
        return find(call)
                .map(ticket -> SimulatorResponse.json(200, views.conversation(ticket)))
                .orElseGet(FrontViews::notFound);
    }

    private SimulatorResponse update(ApiCall call) throws IOException {
        JsonNode json = call.json();
        Optional<Ticket> ticket = find(call);
        if (ticket.isEmpty()) {
            return FrontViews.notFound();
        }
        if (json.has("status") && !json.path("status").asText().matches("archived|open|deleted|spam")) {
            return FrontViews.bad("body.status: must be one of [archived, open, deleted, spam]");
        }
        if (json.has("assignee_id") && !json.path("assignee_id").asText("").matches("|" + FrontSimulator.AGENT)) {
            return FrontViews.bad("body.assignee_id: teammate not found");
        }
        if (json.has("inbox_id") && !json.path("inbox_id").asText().equals(FrontSimulator.TEAM)) {
            return FrontViews.bad("body.inbox_id: inbox not found");
        }
        apply(ticket.get(), json);
        return SimulatorResponse.empty(204, Map.of());
    }

    private void apply(Ticket ticket, JsonNode json) {
        if (json.has("status")) {
            changed(
                    ticket,
                    TicketChange.Kind.STATUS,
                    change -> change.status(json.path("status").asText()));
        }
        if (json.has("assignee_id")) {
            changed(
                    ticket,
                    TicketChange.Kind.ASSIGNED,
                    change -> change.assignee(json.path("assignee_id").asText("")));
        }
        if (json.has("inbox_id")) {
            changed(
                    ticket,
                    TicketChange.Kind.MOVED,
                    change -> change.team(json.path("inbox_id").asText()));
        }
    }

    /** Of the contact with a handle of a channel of one's own, such as {@code alt:custom:ana}. */
    private SimulatorResponse ofContact(ApiCall call) {
        String handle = call.step("id").replaceFirst("^alt:custom:", "");
        List<Ticket> theirs = tickets.all().stream()
                .filter(ticket -> !ticket.deleted() && ticket.extra("handle").equals(handle))
                .toList();
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        ArrayNode results = answer.putArray("_results");
        theirs.forEach(ticket -> results.insert(0, views.conversation(ticket)));
        return theirs.isEmpty() ? FrontViews.notFound() : SimulatorResponse.json(200, answer);
    }

    private SimulatorResponse tag(ApiCall call) throws IOException {
        Optional<Ticket> ticket = find(call);
        if (ticket.isEmpty()) {
            return FrontViews.notFound();
        }
        List<String> tags = new ArrayList<>(ticket.get().tags());
        for (JsonNode id : call.json().path("tag_ids")) {
            tags.add(id.asText().replaceFirst("^tag_", ""));
        }
        changed(ticket.get(), TicketChange.Kind.TAGGED, change -> change.tags(tags));
        return SimulatorResponse.empty(204, Map.of());
    }

    private void changed(Ticket ticket, TicketChange.Kind kind, Consumer<TicketBuilder> change) {
        happened.accept(new TicketChange(kind, tickets.change(ticket.id(), change), null, true));
    }

    private SimulatorResponse comment(ApiCall call) throws IOException {
        String text = call.json().path("body").asText("");
        Optional<Ticket> ticket = find(call);
        if (ticket.isEmpty()) {
            return FrontViews.notFound();
        }
        if (text.isBlank()) {
            return FrontViews.bad("body.body: missing");
        }
        TicketMessage draft = TicketMessage.ofAgent("0", "Dragoman", false, text);
        TicketMessage added = tickets.add(
                ticket.get().id(),
                TicketMessageBuilder.builder(draft).byApi(true).build());
        happened.accept(new TicketChange(
                TicketChange.Kind.WRITTEN, tickets.find(ticket.get().id()).orElseThrow(), added, true));
        ObjectNode answer = JsonNodeFactory.instance.objectNode().put("id", FrontViews.id("com", added.id()));
        return SimulatorResponse.json(201, answer.put("body", text));
    }

    private SimulatorResponse comments(ApiCall call) {
        return find(call)
                .map(ticket -> {
                    ObjectNode answer = JsonNodeFactory.instance.objectNode();
                    ArrayNode results = answer.putArray("_results");
                    ticket.messages().stream()
                            .filter(message -> !message.visible())
                            .forEach(comment -> results.insertObject(0)
                                    .put("id", FrontViews.id("com", comment.id()))
                                    .put("body", comment.text())
                                    .put("posted_at", FrontViews.seconds(comment.at())));
                    return SimulatorResponse.json(200, answer);
                })
                .orElseGet(FrontViews::notFound);
    }

    private SimulatorResponse messages(ApiCall call) {
        return find(call)
                .map(ticket -> {
                    ObjectNode answer = JsonNodeFactory.instance.objectNode();
                    ArrayNode results = answer.putArray("_results");
                    ticket.messages().stream()
                            .filter(TicketMessage::visible)
                            .forEach(message -> results.insert(0, views.message(ticket, message)));
                    return SimulatorResponse.json(200, answer);
                })
                .orElseGet(FrontViews::notFound);
    }

    private SimulatorResponse file(ApiCall call) {
        return tickets.all().stream()
                .flatMap(ticket -> ticket.messages().stream())
                .flatMap(message -> message.files().stream())
                .filter(file -> ("fil_" + file.id()).equals(call.step("id")))
                .findFirst()
                .map(file -> new SimulatorResponse(200, file.mimeType(), Map.of(), file.bytes()))
                .orElseGet(FrontViews::notFound);
    }

    private Optional<Ticket> find(ApiCall call) {
        return tickets.find(FrontViews.number(call.step("id"))).filter(ticket -> !ticket.deleted());
    }
}
