// SPDX-License-Identifier: Apache-2.0
package io.dragoman.simulator.hubspot;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dragoman.simulator.SimulatorResponse;
import io.dragoman.simulator.helpdesk.ApiCall;
import io.dragoman.simulator.helpdesk.ApiRoutes;
import io.dragoman.simulator.helpdesk.Ticket;
import io.dragoman.simulator.helpdesk.TicketChange;
import io.dragoman.simulator.helpdesk.TicketMessage;
import io.dragoman.simulator.helpdesk.TicketMessageBuilder;
import io.dragoman.simulator.helpdesk.Tickets;
import java.io.IOException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The threads of the inbox, as the API of conversations shows and changes them. */
final class HubSpotThreads {
    private static final String THREADS = "/conversations/v3/conversations/threads";
    private static final int PAGE = 100;

    private final Tickets tickets;
    private final HubSpotViews views;
    private final Consumer<TicketChange> happened;

    HubSpotThreads(Tickets tickets, HubSpotViews views, Consumer<TicketChange> happened) {
        this.tickets = tickets;
        this.views = views;
        this.happened = happened;
    }

    void serve(ApiRoutes routes) {
        routes.on("GET", THREADS, this::list)
                .on("GET", THREADS + "/{id}", call -> shown(call.step("id")))
                .on("PATCH", THREADS + "/{id}", this::update)
                .on("GET", THREADS + "/{id}/messages", this::messages)
                .on("POST", THREADS + "/{id}/messages", this::comment)
                .on("PUT", "/conversations/conversations/2026-09-beta/threads/{id}/assignee", this::assign)
                .on("GET", "/conversations/v3/conversations/actors/{id}", this::actor);
    }

    private SimulatorResponse list(ApiCall call) {
        Instant since = Instant.EPOCH;
        if (call.query().has("latestMessageTimestampAfter")) {
            try {
                since = Instant.parse(call.query().get("latestMessageTimestampAfter"))
                        .plusMillis(1);
            } catch (DateTimeParseException e) {
                return HubSpotViews.error(400, "VALIDATION_ERROR", "latestMessageTimestampAfter is no time");
            }
        }
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        ArrayNode results = answer.putArray("results");
        List<Ticket> threads = tickets.updatedSince(since).stream()
                .filter(thread -> !thread.deleted())
                .toList();
        int from = place(call);
        threads.stream().skip(from).limit(PAGE).forEach(thread -> results.add(views.thread(thread)));
        goesOn(answer, from + PAGE, threads.size());
        return SimulatorResponse.json(200, answer);
    }

    /** Where a page begins. */
    private static int place(ApiCall call) {
        String after = call.query().get("after");
        return after.matches("\\d{1,6}") ? Integer.parseInt(after) : 0;
    }

    private static void goesOn(ObjectNode answer, int end, int all) {
        if (all > end) {
            answer.putObject("paging").putObject("next").put("after", String.valueOf(end));
        }
    }

    private SimulatorResponse shown(String id) {
        return find(id).map(thread -> SimulatorResponse.json(200, views.thread(thread)))
                .orElseGet(() -> HubSpotViews.notFound("thread"));
    }

    private SimulatorResponse update(ApiCall call) throws IOException {
        JsonNode json = call.json();
        Optional<Ticket> thread = find(call.step("id"));
        String status = json.path("status").asText("");
        if (thread.isEmpty()) {
            return HubSpotViews.notFound("thread");
        }
        if (!status.matches("OPEN|CLOSED")) {
            return HubSpotViews.error(400, "VALIDATION_ERROR", "status must be one of OPEN, CLOSED");
        }
        Ticket changed = tickets.change(thread.get().id(), change -> change.status(status));
        happened.accept(new TicketChange(TicketChange.Kind.STATUS, changed, null, true));
        return shown(changed.id());
    }

    private SimulatorResponse assign(ApiCall call) throws IOException {
        String actor = call.json().path("actorId").asText("");
        if (find(call.step("id")).isEmpty() || !actor.equals(HubSpotSimulator.AGENT)) {
            return HubSpotViews.error(400, "VALIDATION_ERROR", "actorId must be that of an agent");
        }
        Ticket changed = tickets.change(call.step("id"), change -> change.assignee(actor));
        happened.accept(new TicketChange(TicketChange.Kind.ASSIGNED, changed, null, true));
        return shown(changed.id());
    }

    /** A page of them, the newest first. */
    private SimulatorResponse messages(ApiCall call) {
        Optional<Ticket> thread = find(call.step("id"));
        if (thread.isEmpty()) {
            return HubSpotViews.notFound("thread");
        }
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        ArrayNode results = answer.putArray("results");
        List<TicketMessage> newest = new ArrayList<>(thread.get().messages());
        Collections.reverse(newest);
        int from = place(call);
        newest.stream().skip(from).limit(PAGE).forEach(message -> results.add(views.message(thread.get(), message)));
        goesOn(answer, from + PAGE, newest.size());
        return SimulatorResponse.json(200, answer);
    }

    /** Notes alone: what goes to customers goes through the channel. */
    private SimulatorResponse comment(ApiCall call) throws IOException {
        JsonNode json = call.json();
        Optional<Ticket> thread = find(call.step("id"));
        if (thread.isEmpty()) {
            return HubSpotViews.notFound("thread");
        }
        if (!json.path("type").asText().equals("COMMENT")
                || json.path("text").asText("").isBlank()) {
            return HubSpotViews.error(400, "VALIDATION_ERROR", "a COMMENT with text is expected");
        }
        TicketMessage draft =
                TicketMessage.ofAgent("1", "Dragoman", false, json.path("text").asText());
        TicketMessage added = tickets.add(
                thread.get().id(),
                TicketMessageBuilder.builder(draft).byApi(true).build());
        Ticket changed = find(thread.get().id()).orElseThrow();
        happened.accept(new TicketChange(TicketChange.Kind.WRITTEN, changed, added, true));
        return SimulatorResponse.json(201, views.message(changed, added));
    }

    private SimulatorResponse actor(ApiCall call) {
        ObjectNode actor = JsonNodeFactory.instance.objectNode().put("id", call.step("id"));
        boolean agent = call.step("id").startsWith("A-");
        actor.put("type", agent ? "AGENT" : "VISITOR");
        return SimulatorResponse.json(200, actor.put("name", agent ? "Mara" : "Visitor"));
    }

    private Optional<Ticket> find(String id) {
        return tickets.find(id).filter(thread -> !thread.deleted());
    }
}
