// SPDX-License-Identifier: Apache-2.0
package io.dragoman.simulator.hubspot;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dragoman.simulator.SimulatorResponse;
import io.dragoman.simulator.helpdesk.ApiCall;
import io.dragoman.simulator.helpdesk.ApiRoutes;
import io.dragoman.simulator.helpdesk.HelpdeskCustomer;
import io.dragoman.simulator.helpdesk.Tickets;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** The CRM's contacts. The search finds one only some time after it was made, as HubSpot's does. */
final class HubSpotContacts {
    private static final String OBJECTS = "/crm/v3/objects/contacts";

    private final Tickets tickets;
    private final Clock clock;
    private volatile Duration lag = Duration.ofSeconds(30);

    HubSpotContacts(Tickets tickets, Clock clock) {
        this.tickets = tickets;
        this.clock = clock;
    }

    void lag(Duration searchLag) {
        lag = searchLag;
    }

    void serve(ApiRoutes routes) {
        routes.on("POST", OBJECTS, this::create)
                .on("POST", OBJECTS + "/search", this::search)
                .on("POST", OBJECTS + "/batch/upsert", this::upsert)
                .on("GET", OBJECTS + "/{id}", this::show);
    }

    private SimulatorResponse show(ApiCall call) {
        String id = call.step("id");
        Optional<HelpdeskCustomer> found =
                call.query().get("idProperty").equals("email") ? byEmail(id) : tickets.customer(id);
        return found.map(customer -> SimulatorResponse.json(200, HubSpotViews.contact(customer)))
                .orElseGet(() -> HubSpotViews.notFound("contact"));
    }

    private Optional<HelpdeskCustomer> byEmail(String email) {
        return email.isEmpty()
                ? Optional.empty()
                : tickets.customer(customer -> customer.email().equalsIgnoreCase(email));
    }

    private SimulatorResponse create(ApiCall call) throws IOException {
        JsonNode properties = call.json().path("properties");
        Optional<SimulatorResponse> unknown = unknown(properties);
        if (unknown.isPresent()) {
            return unknown.get();
        }
        Optional<HelpdeskCustomer> same = byEmail(properties.path("email").asText(""));
        if (same.isPresent()) {
            return HubSpotViews.error(
                    409,
                    "CONFLICT",
                    "Contact already exists. Existing ID: " + same.get().id());
        }
        return SimulatorResponse.json(201, HubSpotViews.contact(add(properties)));
    }

    private SimulatorResponse upsert(ApiCall call) throws IOException {
        ObjectNode answer = JsonNodeFactory.instance.objectNode().put("status", "COMPLETE");
        ArrayNode results = answer.putArray("results");
        for (JsonNode input : call.json().path("inputs")) {
            JsonNode properties = input.path("properties");
            if (!input.path("idProperty").asText().equals("email")) {
                return HubSpotViews.error(400, "VALIDATION_ERROR", "idProperty must name a unique property");
            }
            Optional<HelpdeskCustomer> same = byEmail(input.path("id").asText(""));
            HelpdeskCustomer customer = same.orElseGet(() -> add(properties));
            results.add(HubSpotViews.contact(customer).put("new", same.isEmpty()));
        }
        return SimulatorResponse.json(200, answer);
    }

    private HelpdeskCustomer add(JsonNode properties) {
        String name = (properties.path("firstname").asText("") + " "
                        + properties.path("lastname").asText(""))
                .strip();
        return tickets.add(HelpdeskCustomer.of(
                name,
                properties.path("email").asText(""),
                properties.path("phone").asText(""),
                ""));
    }

    private static Optional<SimulatorResponse> unknown(JsonNode properties) {
        for (var names = properties.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            if (!name.matches("email|phone|mobilephone|firstname|lastname|lifecyclestage")) {
                return Optional.of(HubSpotViews.error(
                        400,
                        "VALIDATION_ERROR",
                        "Property values were not valid: Property \"" + name + "\" does not exist"));
            }
        }
        return Optional.empty();
    }

    private SimulatorResponse search(ApiCall call) throws IOException {
        JsonNode filter = call.json().at("/filterGroups/0/filters/0");
        Instant indexed = clock.instant().minus(lag);
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        ArrayNode results = answer.putArray("results");
        String value = filter.path("value").asText("");
        for (HelpdeskCustomer customer : tickets.customers()) {
            String have = filter.path("propertyName").asText().equals("phone") ? customer.phone() : customer.email();
            if (!customer.created().isAfter(indexed) && !value.isEmpty() && have.equalsIgnoreCase(value)) {
                results.add(HubSpotViews.contact(customer));
            }
        }
        return SimulatorResponse.json(200, answer.put("total", results.size()));
    }
}
