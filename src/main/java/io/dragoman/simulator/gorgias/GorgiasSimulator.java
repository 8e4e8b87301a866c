// SPDX-License-Identifier: Apache-2.0
package io.dragoman.simulator.gorgias;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dragoman.simulator.HmacSigner;
import io.dragoman.simulator.SimulatorRequest;
import io.dragoman.simulator.SimulatorResponse;
import io.dragoman.simulator.helpdesk.ApiRoutes;
import io.dragoman.simulator.helpdesk.HelpdeskSimulator;
import io.dragoman.simulator.helpdesk.Ticket;
import io.dragoman.simulator.helpdesk.TicketChange;
import io.dragoman.simulator.helpdesk.TicketMessage;
import java.io.IOException;
import java.time.Clock;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Gorgias (https://developers.gorgias.com) on this machine, with one HTTP integration that posts the whole context with
 * a header of the installation's own, and repeats nothing: where nobody answers in time, the real one is switched off.
 * Thread-safe.
 */
public final class GorgiasSimulator extends HelpdeskSimulator {
    static final String TEAM = "401";
    static final String AGENT = "702";

    private static final String EMAIL = "dragoman@example.com";
    private static final String KEY = "simulated-gorgias-api-key";
    private static final String WORD = "simulated-gorgias-webhook-secret";

    private final ApiRoutes routes = new ApiRoutes();
    private final GorgiasViews views;
    private final GorgiasTickets api;
    private final GorgiasSettings settings = new GorgiasSettings(this::registered, WORD);

    /** On a port; 0 for any free one. */
    public GorgiasSimulator(int port) {
        this(port, Clock.systemUTC());
    }

    /** @param clock tells where its ids begin, and the time of whatever happens */
    public GorgiasSimulator(int port, Clock clock) {
        super(port, clock, List.of());
        views = new GorgiasViews(baseUrl());
        GorgiasCustomers customers = new GorgiasCustomers(tickets());
        api = new GorgiasTickets(tickets(), customers, views, () -> String.valueOf(ids().next()), this::happened);
        customers.serve(routes);
        api.serve(routes);
        settings.serve(routes);
        routes.on("GET", "/api/account", call -> SimulatorResponse.json(200, "{\"domain\":\"simulated\"}"));
        start();
    }

    @Override
    public String kind() {
        return "http";
    }

    @Override
    public Map<String, String> sorting() {
        return Map.of("teams", "billing=" + TEAM, "assignees", "mara=" + AGENT);
    }

    @Override
    public Map<String, String> settings() {
        return Map.of(
                "profile",
                "gorgias",
                "email",
                EMAIL,
                "apiKey",
                KEY,
                "webhookSecret",
                WORD,
                "domain",
                "customers.example.com",
                "baseUrl",
                baseUrl().toString());
    }

    /** An administrator changes the HTTP integration. */
    public void changesIntegration(Consumer<ObjectNode> what) {
        settings.change(what);
    }

    @Override
    public Optional<Proof> proof() {
        return Optional.of(new Proof(List.of("x-dragoman-secret"), false));
    }

    @Override
    protected String status(boolean closed) {
        return closed ? "closed" : "open";
    }

    @Override
    protected Map<String, String> signed(byte[] body) {
        return Map.of("X-Dragoman-Secret", WORD);
    }

    @Override
    protected SimulatorResponse answer(SimulatorRequest request) throws IOException {
        String pair = Base64.getEncoder().encodeToString(HmacSigner.utf8(EMAIL + ":" + KEY));
        boolean open = request.path().startsWith("/attachments/");
        if (!open && !request.header("Authorization").equals("Basic " + pair)) {
            return GorgiasViews.error(401, "Invalid credentials.");
        }
        try {
            return routes.answer(request).orElseGet(GorgiasViews::notFound);
        } catch (JsonProcessingException e) {
            return GorgiasViews.error(400, "Invalid JSON.");
        }
    }

    @Override
    protected SimulatorResponse tooMany() {
        Map<String, String> headers = Map.of("Retry-After", "1", "X-Gorgias-Account-Api-Call-Limit", "40/40");
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.putObject("error").put("msg", "Too many requests.");
        return SimulatorResponse.json(429, headers, body);
    }

    @Override
    protected void happened(TicketChange change) {
        Ticket ticket = change.ticket();
        TicketMessage message = change.message();
        ObjectNode context = JsonNodeFactory.instance.objectNode();
        context.put("event", message == null ? "ticket-updated" : "ticket-message-created");
        context.set("ticket", views.ticket(ticket, api.customer(ticket)));
        if (message != null) {
            context.set("message", views.message(ticket, message));
        }
        announce("application/json", HmacSigner.utf8(context.toString()), Map.of());
    }
}
