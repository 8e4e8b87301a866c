// SPDX-License-Identifier: Apache-2.0
package io.dragoman.simulator.zendesk;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dragoman.simulator.SimulatorResponse;
import io.dragoman.simulator.UrlEncoded;
import io.dragoman.simulator.helpdesk.ApiCall;
import io.dragoman.simulator.helpdesk.ApiRefusal;
import io.dragoman.simulator.helpdesk.HelpdeskCustomer;
import io.dragoman.simulator.helpdesk.Tickets;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;

/** Finds and makes end users: by address or external id at once. */
final class ZendeskUsers {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final Tickets tickets;
    private final ZendeskJson json;

    ZendeskUsers(Tickets tickets, ZendeskJson json) {
        this.tickets = tickets;
        this.json = json;
    }

    SimulatorResponse createOrUpdate(ApiCall call) throws IOException {
        JsonNode body = call.json().path("user");
        HelpdeskCustomer known = known(body).orElse(null);
        HelpdeskCustomer user = known == null ? create(body) : update(known, body);
        ObjectNode answer = JSON.objectNode();
        answer.set("user", json.user(user));
        return SimulatorResponse.json(known == null ? 201 : 200, answer);
    }

    /** Who is meant by a requester of a ticket. */
    HelpdeskCustomer requester(JsonNode requester) throws ApiRefusal {
        Optional<HelpdeskCustomer> known = known(requester);
        return known.isPresent() ? known.get() : create(requester);
    }

    private Optional<HelpdeskCustomer> known(JsonNode body) {
        String id = ZendeskJson.text(body.path("external_id"));
        String email = ZendeskJson.text(body.path("email")).toLowerCase(Locale.ROOT);
        Optional<HelpdeskCustomer> byId = id.isEmpty()
                ? Optional.empty()
                : tickets.customer(user -> user.externalId().equalsIgnoreCase(id));
        return byId.isPresent() || email.isEmpty()
                ? byId
                : tickets.customer(user -> user.email().equals(email));
    }

    private HelpdeskCustomer create(JsonNode body) throws ApiRefusal {
        String name = ZendeskJson.text(body.path("name"));
        String email = ZendeskJson.text(body.path("email")).toLowerCase(Locale.ROOT);
        if (name.isBlank()) {
            throw new ApiRefusal(422, ZendeskJson.invalid("name", "Name: cannot be blank", "BlankValue"));
        }
        if (!email.isEmpty() && !email.matches("[^@\\s]+@[^@\\s]+\\.[^@\\s]+")) {
            throw new ApiRefusal(
                    422,
                    ZendeskJson.invalid("email", "Email:  " + email + " is not properly formatted", "InvalidValue"));
        }
        return tickets.add(HelpdeskCustomer.of(
                name, email, ZendeskJson.text(body.path("phone")), ZendeskJson.text(body.path("external_id"))));
    }

    private HelpdeskCustomer update(HelpdeskCustomer known, JsonNode body) {
        return tickets.changeCustomer(
                known.id(), user -> user.name(body.path("name").asText(user.name()))
                        .phone(body.path("phone").asText(user.phone()))
                        .externalId(body.path("external_id").asText(user.externalId()))
                        .email(body.path("email").asText(user.email()).toLowerCase(Locale.ROOT)));
    }

    /** By {@code external_id} at once; by {@code query} in an index. */
    SimulatorResponse search(ApiCall call) {
        UrlEncoded query = call.query();
        String words = query.get("query").toLowerCase(Locale.ROOT);
        ObjectNode answer = JSON.objectNode();
        ArrayNode users = answer.putArray("users");
        for (HelpdeskCustomer user : tickets.customers()) {
            boolean fits = query.has("external_id")
                    ? user.externalId().equalsIgnoreCase(query.get("external_id"))
                    : (user.name() + " " + user.email() + " " + user.phone())
                            .toLowerCase(Locale.ROOT)
                            .contains(words);
            if (fits) {
                users.add(json.user(user));
            }
        }
        return SimulatorResponse.json(200, answer.put("count", users.size()));
    }

    SimulatorResponse one(ApiCall call) throws ApiRefusal {
        if (call.step("id").equals(ZendeskSimulator.ASSIGNEE)) {
            ObjectNode agent = JSON.objectNode();
            agent.putObject("user")
                    .put("id", Long.parseLong(ZendeskSimulator.ASSIGNEE))
                    .put("role", "agent");
            return SimulatorResponse.json(200, agent);
        }
        HelpdeskCustomer user = tickets.customer(call.step("id"))
                .orElseThrow(() -> new ApiRefusal(404, ZendeskJson.error("RecordNotFound", "Not found")));
        ObjectNode answer = JSON.objectNode();
        answer.set("user", json.user(user));
        return SimulatorResponse.json(200, answer);
    }
}
