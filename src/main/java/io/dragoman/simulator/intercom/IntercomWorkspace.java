// SPDX-License-Identifier: Apache-2.0
package io.dragoman.simulator.intercom;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dragoman.simulator.SimulatorRequest;
import io.dragoman.simulator.SimulatorResponse;
import io.dragoman.simulator.helpdesk.ApiCall;
import io.dragoman.simulator.helpdesk.ApiRoutes;
import io.dragoman.simulator.helpdesk.Ticket;
import io.dragoman.simulator.helpdesk.Tickets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** The workspace as its API lists it, and what the app may not do there. Thread-safe. */
final class IntercomWorkspace {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final Tickets tickets;
    private final IntercomViews views;
    private final IntercomAdmins admins;
    private final Set<String> missing = ConcurrentHashMap.newKeySet();

    IntercomWorkspace(Tickets tickets, IntercomViews views, IntercomAdmins admins) {
        this.tickets = tickets;
        this.views = views;
        this.admins = admins;
    }

    void serve(ApiRoutes routes) {
        routes.on("GET", "/contacts", call -> list(tickets.customers(), "data", views::contact))
                .on("GET", "/conversations", call -> list(tickets.all(), "conversations", this::conversation))
                .on("GET", "/admins/{id}", this::admin)
                .on("GET", "/teams/{id}", IntercomWorkspace::team);
    }

    /** Takes a permission from the app, such as {@code read conversations} or {@code write users}. */
    void without(String permission) {
        missing.add(permission);
    }

    /** The refusal of what the app may not do; a permission is looked at before anything else. */
    Optional<SimulatorResponse> refusal(SimulatorRequest request) {
        boolean reads = request.method().equals("GET") || request.path().endsWith("/search");
        String what = request.path().startsWith("/contacts")
                ? "users"
                : request.path().startsWith("/conversations") ? "conversations" : "admins";
        return missing.contains((reads ? "read " : "write ") + what)
                ? Optional.of(IntercomSimulator.error(403, "token_unauthorized", "Not authorized to access resource"))
                : Optional.empty();
    }

    private ObjectNode conversation(Ticket ticket) {
        return views.conversation(ticket, tickets.customer(ticket.customer()).orElseThrow());
    }

    private static <T> SimulatorResponse list(List<T> all, String name, Function<T, ObjectNode> shown) {
        ObjectNode answer = NODES.objectNode().put("type", "list").put("total_count", all.size());
        ArrayNode page = answer.putArray(name);
        all.stream().limit(1).forEach(one -> page.add(shown.apply(one)));
        return SimulatorResponse.json(200, answer);
    }

    private SimulatorResponse admin(ApiCall call) {
        String id = call.step("id");
        return admins.known(id)
                ? SimulatorResponse.json(
                        200,
                        NODES.objectNode().put("type", "admin").put("id", id).put("name", admins.name(id)))
                : IntercomSimulator.error(404, "admin_not_found", "Admin not found");
    }

    private static SimulatorResponse team(ApiCall call) {
        return call.step("id").equals(IntercomSimulator.TEAM)
                ? SimulatorResponse.json(
                        200,
                        NODES.objectNode()
                                .put("type", "team")
                                .put("id", IntercomSimulator.TEAM)
                                .put("name", "Billing"))
                : IntercomSimulator.error(404, "team_not_found", "Team not found");
    }
}
