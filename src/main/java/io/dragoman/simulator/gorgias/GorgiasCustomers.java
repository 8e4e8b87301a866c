// SPDX-License-Identifier: Apache-2.0
package io.dragoman.simulator.gorgias;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dragoman.simulator.SimulatorResponse;
import io.dragoman.simulator.UrlEncoded;
import io.dragoman.simulator.helpdesk.ApiCall;
import io.dragoman.simulator.helpdesk.ApiRoutes;
import io.dragoman.simulator.helpdesk.HelpdeskCustomer;
import io.dragoman.simulator.helpdesk.Tickets;
import java.io.IOException;
import java.util.Optional;

/** Customers, who are known by id, external id or address. */
final class GorgiasCustomers {
    private final Tickets tickets;

    GorgiasCustomers(Tickets tickets) {
        this.tickets = tickets;
    }

    void serve(ApiRoutes routes) {
        routes.on("GET", "/api/customers", this::list)
                .on("POST", "/api/customers", this::create)
                .on("GET", "/api/customers/{id}", this::show);
    }

    private Optional<HelpdeskCustomer> byEmail(String email) {
        return tickets.customer(customer -> !email.isEmpty() && customer.email().equalsIgnoreCase(email));
    }

    private Optional<HelpdeskCustomer> byExternalId(String id) {
        return tickets.customer(
                customer -> !id.isEmpty() && customer.externalId().equals(id));
    }

    /** Whom a request names; an address or external id that is new is a new customer. Empty when it names nobody. */
    Optional<HelpdeskCustomer> named(JsonNode json) {
        String email = json.path("email").asText("");
        String external = json.path("external_id").asText("");
        Optional<HelpdeskCustomer> there = tickets.customer(json.path("id").asText(""))
                .or(() -> byExternalId(external))
                .or(() -> byEmail(email));
        boolean nobody = email.isEmpty() && external.isEmpty();
        return there.isPresent() || nobody ? there : Optional.of(add(json));
    }

    private HelpdeskCustomer add(JsonNode json) {
        String email = json.path("email").asText("");
        String phone = "";
        for (JsonNode channel : json.path("channels")) {
            String address = channel.path("address").asText("");
            email = channel.path("type").asText().equals("email") ? address : email;
            phone = channel.path("type").asText().equals("phone") ? address : phone;
        }
        return tickets.add(HelpdeskCustomer.of(
                json.path("name").asText(""),
                email,
                phone,
                json.path("external_id").asText("")));
    }

    private SimulatorResponse list(ApiCall call) {
        UrlEncoded query = call.query();
        ObjectNode page = JsonNodeFactory.instance.objectNode().put("object", "list");
        ArrayNode data = page.putArray("data");
        byEmail(query.get("email"))
                .or(() -> byExternalId(query.get("external_id")))
                .ifPresent(customer -> data.add(GorgiasViews.customer(customer)));
        page.putObject("meta").putNull("next_cursor").putNull("prev_cursor");
        return SimulatorResponse.json(200, page);
    }

    private SimulatorResponse create(ApiCall call) throws IOException {
        JsonNode json = call.json();
        boolean taken = byEmail(json.path("email").asText("")).isPresent()
                || byExternalId(json.path("external_id").asText("")).isPresent();
        return taken
                ? GorgiasViews.error(400, "A customer with this email or external id already exists.")
                : SimulatorResponse.json(201, GorgiasViews.customer(add(json)));
    }

    private SimulatorResponse show(ApiCall call) {
        return tickets.customer(call.step("id"))
                .map(customer -> SimulatorResponse.json(200, GorgiasViews.customer(customer)))
                .orElseGet(GorgiasViews::notFound);
    }
}
