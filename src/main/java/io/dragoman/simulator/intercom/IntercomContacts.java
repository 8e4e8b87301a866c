// SPDX-License-Identifier: Apache-2.0
package io.dragoman.simulator.intercom;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dragoman.simulator.SimulatorResponse;
import io.dragoman.simulator.helpdesk.ApiCall;
import io.dragoman.simulator.helpdesk.ApiRoutes;
import io.dragoman.simulator.helpdesk.HelpdeskCustomer;
import io.dragoman.simulator.helpdesk.HelpdeskCustomerBuilder;
import io.dragoman.simulator.helpdesk.Tickets;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The contacts of a workspace. A search finds a contact only some time after it was made, as Intercom's does. */
final class IntercomContacts {
    private final Tickets tickets;
    private final IntercomViews views;
    private final Clock clock;
    private volatile Duration lag = Duration.ofMinutes(1);

    IntercomContacts(Tickets tickets, IntercomViews views, Clock clock) {
        this.tickets = tickets;
        this.views = views;
        this.clock = clock;
    }

    void lag(Duration searchLag) {
        lag = searchLag;
    }

    void serve(ApiRoutes routes) {
        routes.on("POST", "/contacts", this::create)
                .on("POST", "/contacts/search", this::search)
                .on("GET", "/contacts/find_by_external_id/{id}", call -> shown(byExternalId(call.step("id"))))
                .on("GET", "/contacts/{id}", call -> shown(find(call.step("id"))))
                .on("PUT", "/contacts/{id}", this::update);
    }

    /** A contact by Intercom's id. */
    Optional<HelpdeskCustomer> find(String contactId) {
        return tickets.customer(IntercomViews.customer(contactId));
    }

    Optional<HelpdeskCustomer> byExternalId(String externalId) {
        return externalId.isEmpty()
                ? Optional.empty()
                : tickets.customer(customer -> customer.externalId().equals(externalId));
    }

    Optional<HelpdeskCustomer> byEmail(String email) {
        return email.isEmpty()
                ? Optional.empty()
                : tickets.customer(customer -> customer.email().equalsIgnoreCase(email));
    }

    private SimulatorResponse shown(Optional<HelpdeskCustomer> customer) {
        return customer.map(found -> SimulatorResponse.json(200, views.contact(found)))
                .orElseGet(() -> IntercomSimulator.error(404, "not_found", "User Not Found"));
    }

    private SimulatorResponse create(ApiCall call) throws IOException {
        JsonNode json = call.json();
        String email = json.path("email").asText("");
        String externalId = json.path("external_id").asText("");
        String role = json.path("role").asText("user");
        if (email.isEmpty() && externalId.isEmpty() && role.equals("user")) {
            return IntercomSimulator.error(400, "parameter_invalid", "An email or an external_id is required");
        }
        Optional<HelpdeskCustomer> same = byExternalId(externalId).or(() -> byEmail(email));
        if (same.isPresent()) {
            return IntercomSimulator.error(
                    409,
                    "conflict",
                    "A contact matching those details already exists with id="
                            + IntercomViews.contactId(same.get().id()));
        }
        HelpdeskCustomer draft = HelpdeskCustomer.of(
                json.path("name").asText(""), email, json.path("phone").asText(""), externalId);
        HelpdeskCustomer added = tickets.add(HelpdeskCustomerBuilder.builder(draft)
                .extra(Map.of("role", role))
                .build());
        return SimulatorResponse.json(200, views.contact(added));
    }

    private SimulatorResponse update(ApiCall call) throws IOException {
        JsonNode json = call.json();
        Optional<HelpdeskCustomer> found = find(call.step("id"));
        return shown(found.map(customer -> tickets.changeCustomer(customer.id(), change -> {
            change.name(json.path("name").asText(customer.name()));
            change.email(json.path("email").asText(customer.email()));
            change.phone(json.path("phone").asText(customer.phone()));
        })));
    }

    private SimulatorResponse search(ApiCall call) throws IOException {
        JsonNode query = call.json().path("query");
        if (!query.has("operator") || !query.has("value")) {
            return IntercomSimulator.error(400, "parameter_invalid", "query is invalid");
        }
        Instant indexed = clock.instant().minus(lag);
        List<HelpdeskCustomer> found = tickets.customers().stream()
                .filter(customer -> !customer.created().isAfter(indexed))
                .filter(customer -> fits(customer, query))
                .toList();
        ObjectNode list = JsonNodeFactory.instance.objectNode().put("type", "list");
        ArrayNode data = list.putArray("data");
        found.forEach(customer -> data.add(views.contact(customer)));
        list.put("total_count", found.size());
        list.putObject("pages").put("type", "pages").put("page", 1).put("per_page", 50);
        return SimulatorResponse.json(200, list);
    }

    private static boolean fits(HelpdeskCustomer customer, JsonNode query) {
        if (query.path("operator").asText().equals("AND")) {
            for (JsonNode each : query.path("value")) {
                if (!fits(customer, each)) {
                    return false;
                }
            }
            return true;
        }
        String value = query.path("value").asText();
        String have =
                switch (query.path("field").asText()) {
                    case "email" -> customer.email();
                    case "external_id" -> customer.externalId();
                    case "phone" -> customer.phone();
                    case "name" -> customer.name();
                    default -> "";
                };
        return query.path("operator").asText().equals("=")
                ? have.equalsIgnoreCase(value)
                : have.toLowerCase(java.util.Locale.ROOT).contains(value.toLowerCase(java.util.Locale.ROOT));
    }
}
