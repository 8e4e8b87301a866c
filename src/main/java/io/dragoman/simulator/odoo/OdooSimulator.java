// SPDX-License-Identifier: Apache-2.0
package io.dragoman.simulator.odoo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dragoman.simulator.SimulatorRequest;
import io.dragoman.simulator.SimulatorResponse;
import io.dragoman.simulator.helpdesk.ApiCall;
import io.dragoman.simulator.helpdesk.ApiRoutes;
import io.dragoman.simulator.helpdesk.HelpdeskSimulator;
import io.dragoman.simulator.helpdesk.TicketChange;
import java.io.IOException;
import java.time.Clock;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Odoo 19 (https://www.odoo.com/documentation/19.0/developer/reference/external_api.html) on this machine: the helpdesk
 * by the JSON-2 API, with the field {@code x_dragoman_id} on tickets, which is unique. It posts nothing by itself: what
 * agents do is read in {@code mail.message} and {@code helpdesk.ticket}. Thread-safe.
 */
public final class OdooSimulator extends HelpdeskSimulator {
    static final String TEAM = "4";
    static final String AGENT = "12";

    private static final Set<TicketChange.Kind> TRACKED =
            EnumSet.of(TicketChange.Kind.STATUS, TicketChange.Kind.ASSIGNED, TicketChange.Kind.MOVED);

    private static final String KEY = "simulated-odoo-api-key";
    private static final String DATABASE = "simulated";

    private final ApiRoutes routes = new ApiRoutes();
    private final OdooModels models;

    /** On a port; 0 for any free one. */
    public OdooSimulator(int port) {
        this(port, Clock.systemUTC());
    }

    /** @param clock tells where its ids begin, and the time of whatever happens */
    public OdooSimulator(int port, Clock clock) {
        super(port, clock, List.of());
        models = new OdooModels(tickets(), () -> String.valueOf(ids().next()));
        routes.on("POST", "/json/2/{model}/{method}", this::call).on("GET", "/web/content/{id}", this::file);
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
                "odoo",
                "apiKey",
                KEY,
                "database",
                DATABASE,
                "openStage",
                "2",
                "closedStage",
                "3",
                "baseUrl",
                baseUrl().toString());
    }

    /** An administrator sets the mail that a customer gets when a ticket comes to a stage. */
    public void mailsFrom(String stage, String template) {
        models.mailsFrom(stage, template);
    }

    @Override
    protected String status(boolean closed) {
        return closed ? "Solved" : "In Progress";
    }

    @Override
    protected Map<String, String> signed(byte[] body) {
        return Map.of(); // it posts nothing
    }

    @Override
    protected SimulatorResponse answer(SimulatorRequest request) throws IOException {
        if (request.path().startsWith("/web/content/")) { // of the website: no API key counts there
            return routes.answer(request).orElseGet(() -> error(404, "werkzeug.exceptions.NotFound", "404 Not Found"));
        }
        if (!request.header("Authorization").equalsIgnoreCase("bearer " + KEY)) {
            return error(401, "werkzeug.exceptions.Unauthorized", "Invalid apikey");
        }
        if (!request.header("X-Odoo-Database").isEmpty()
                && !request.header("X-Odoo-Database").equals(DATABASE)) {
            return error(404, "werkzeug.exceptions.NotFound", "the database does not exist");
        }
        try {
            return routes.answer(request).orElseGet(() -> error(404, "werkzeug.exceptions.NotFound", "404 Not Found"));
        } catch (JsonProcessingException e) {
            return error(400, "werkzeug.exceptions.BadRequest", "could not parse the body as json");
        }
    }

    private SimulatorResponse call(ApiCall call) throws IOException {
        try {
            return models.call(call.step("model"), call.step("method"), call.json());
        } catch (IllegalArgumentException e) {
            return error(500, "builtins.ValueError", String.valueOf(e.getMessage()));
        }
    }

    private SimulatorResponse file(ApiCall call) {
        return tickets().all().stream()
                .flatMap(ticket -> ticket.messages().stream())
                .flatMap(message -> message.files().stream())
                .filter(file -> String.valueOf(OdooRows.number(file.id())).equals(call.step("id"))
                        && OdooModels.token(call.step("id")).equals(call.query().get("access_token")))
                .findFirst()
                .map(file -> new SimulatorResponse(200, file.mimeType(), Map.of(), file.bytes()))
                .orElseGet(() -> error(404, "werkzeug.exceptions.NotFound", "404 Not Found"));
    }

    @Override
    protected SimulatorResponse tooMany() {
        return new SimulatorResponse(429, "text/html", Map.of("Retry-After", "1"), new byte[0]);
    }

    static SimulatorResponse error(int status, String name, String message) {
        ObjectNode body =
                JsonNodeFactory.instance.objectNode().put("name", name).put("message", message);
        ArrayNode arguments = body.putArray("arguments").add(message);
        if (name.startsWith("werkzeug")) {
            arguments.add(status);
        }
        body.putObject("context");
        return SimulatorResponse.json(status, body.put("debug", ""));
    }

    /** Nothing is posted; what becomes of a ticket stands among its messages. */
    @Override
    protected void happened(TicketChange change) {
        change.written().ifPresent(message -> models.notified(change.ticket(), message));
        if (TRACKED.contains(change.kind())) {
            models.tracked(change.ticket().id());
        }
    }
}
