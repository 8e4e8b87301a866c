// SPDX-License-Identifier: Apache-2.0
package io.dragoman.simulator.chatwoot;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dragoman.simulator.SimulatorResponse;
import io.dragoman.simulator.helpdesk.ApiCall;
import io.dragoman.simulator.helpdesk.ApiRefusal;
import io.dragoman.simulator.helpdesk.HelpdeskCustomer;
import io.dragoman.simulator.helpdesk.HelpdeskCustomerBuilder;
import io.dragoman.simulator.helpdesk.Tickets;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;

/** Finds and makes contacts, each with a source id of the inbox; an address, a number and an identifier are one contact's. */
final class ChatwootContacts {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final Tickets tickets;
    private final ChatwootJson json;

    ChatwootContacts(Tickets tickets, ChatwootJson json) {
        this.tickets = tickets;
        this.json = json;
    }

    SimulatorResponse search(ApiCall call) throws ApiRefusal {
        String words = call.query().get("q").strip().toLowerCase(Locale.ROOT);
        if (words.isEmpty()) {
            throw ChatwootSimulator.error(422, "Specify search string with parameter q");
        }
        ObjectNode answer = JSON.objectNode();
        ArrayNode payload = answer.putArray("payload");
        for (HelpdeskCustomer contact : tickets.customers()) {
            String all = String.join("\n", contact.name(), contact.email(), contact.phone(), contact.externalId());
            if (all.toLowerCase(Locale.ROOT).contains(words)) {
                payload.add(json.contact(contact));
            }
        }
        answer.putObject("meta").put("count", payload.size()).put("current_page", 1);
        return SimulatorResponse.json(200, answer);
    }

    SimulatorResponse create(ApiCall call) throws IOException {
        JsonNode body = call.json();
        HelpdeskCustomer draft = HelpdeskCustomer.of(
                body.path("name").asText(),
                body.path("email").asText(""),
                body.path("phone_number").asText(""),
                body.path("identifier").asText(""));
        if (!draft.phone().isEmpty() && !draft.phone().matches("\\+[1-9]\\d{1,14}")) {
            throw taken("Phone number should be in e164 format", "phone_number");
        }
        unique("identifier", HelpdeskCustomer::externalId, draft.externalId());
        unique("email", HelpdeskCustomer::email, draft.email());
        unique("phone_number", HelpdeskCustomer::phone, draft.phone());
        HelpdeskCustomer contact = tickets.add(HelpdeskCustomerBuilder.builder(draft)
                .extra(Map.of("source_id", UUID.randomUUID().toString()))
                .build());
        ObjectNode answer = JSON.objectNode();
        ObjectNode payload = answer.putObject("payload");
        payload.set("contact", json.contact(contact));
        payload.putObject("contact_inbox").put("source_id", contact.extra("source_id"));
        return SimulatorResponse.json(200, answer);
    }

    private void unique(String field, Function<HelpdeskCustomer, String> of, String value) throws ApiRefusal {
        if (!value.isEmpty()
                && tickets.customer(other -> of.apply(other).equalsIgnoreCase(value))
                        .isPresent()) {
            String name = field.substring(0, 1).toUpperCase(Locale.ROOT)
                    + field.substring(1).replace('_', ' ');
            throw taken(name + " has already been taken", field);
        }
    }

    private static ApiRefusal taken(String why, String field) {
        ObjectNode json = JSON.objectNode().put("message", why);
        json.putArray("attributes").add(field);
        return new ApiRefusal(422, json);
    }
}
