// SPDX-License-Identifier: Apache-2.0
package io.dragoman.simulator.freshdesk;

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
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/** Finds contacts by one of their marks, and makes them: no two have a mark in common. */
final class FreshdeskContacts {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final Tickets tickets;
    private final FreshdeskJson json;

    FreshdeskContacts(Tickets tickets, FreshdeskJson json) {
        this.tickets = tickets;
        this.json = json;
    }

    SimulatorResponse list(ApiCall call) {
        UrlEncoded query = call.query();
        ArrayNode list = JSON.arrayNode();
        tickets.customers().stream()
                .filter(contact -> fits(query, "email", contact.email()))
                .filter(contact -> fits(query, "phone", contact.phone()))
                .filter(contact -> fits(query, "unique_external_id", contact.externalId()))
                .limit(30)
                .forEach(contact -> list.add(json.contact(contact)));
        return SimulatorResponse.json(200, list);
    }

    private static boolean fits(UrlEncoded query, String name, String value) {
        return !query.has(name) || query.get(name).equalsIgnoreCase(value);
    }

    SimulatorResponse create(ApiCall call) throws IOException {
        JsonNode body = call.json();
        if (body.path("name").asText("").isBlank()) {
            throw FreshdeskJson.invalid(
                    400, List.of(FreshdeskJson.error("name", "It should be a/an String", "missing_field")));
        }
        HelpdeskCustomer draft = draft(body);
        List<ObjectNode> errors = new ArrayList<>();
        taken(errors, "email", HelpdeskCustomer::email, draft.email());
        taken(errors, "unique_external_id", HelpdeskCustomer::externalId, draft.externalId());
        if (!errors.isEmpty()) {
            throw FreshdeskJson.invalid(409, errors);
        }
        return SimulatorResponse.json(201, json.contact(tickets.add(draft)));
    }

    private void taken(List<ObjectNode> errors, String field, Function<HelpdeskCustomer, String> of, String value) {
        Optional<HelpdeskCustomer> other = value.isEmpty()
                ? Optional.empty()
                : tickets.customer(one -> of.apply(one).equalsIgnoreCase(value));
        other.ifPresent(one -> {
            ObjectNode error = FreshdeskJson.error(field, "It should be a unique value", "duplicate_value");
            error.putObject("additional_info").put("user_id", Long.parseLong(one.id()));
            errors.add(error);
        });
    }

    /** Who a ticket is from: one that is there by a mark, or a new one. */
    HelpdeskCustomer requester(JsonNode body) throws ApiRefusal {
        String id = body.path("requester_id").asText("");
        HelpdeskCustomer draft = draft(body);
        if (!id.isEmpty()) {
            return tickets.customer(id)
                    .orElseThrow(() -> FreshdeskJson.invalid(
                            400,
                            List.of(FreshdeskJson.error(
                                    "requester_id",
                                    "There is no contact matching the given requester_id",
                                    "invalid_value"))));
        }
        if (draft.email().isEmpty()
                && draft.externalId().isEmpty()
                && draft.phone().isEmpty()) {
            throw FreshdeskJson.invalid(
                    400,
                    List.of(FreshdeskJson.error(
                            "requester_id",
                            "One of the following fields is required: requester_id, phone, email, unique_external_id",
                            "missing_field")));
        }
        return tickets.customer(contact -> same(contact.email(), draft.email())
                        || same(contact.externalId(), draft.externalId())
                        || same(contact.phone(), draft.phone()))
                .orElseGet(() -> tickets.add(draft));
    }

    private static boolean same(String one, String other) {
        return !other.isEmpty() && one.equalsIgnoreCase(other);
    }

    private static HelpdeskCustomer draft(JsonNode body) {
        return HelpdeskCustomer.of(
                body.path("name").asText(""),
                body.path("email").asText("").toLowerCase(Locale.ROOT),
                body.path("phone").asText(""),
                body.path("unique_external_id").asText(""));
    }
}
