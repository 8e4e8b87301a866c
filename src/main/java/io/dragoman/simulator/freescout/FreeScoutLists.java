// SPDX-License-Identifier: Apache-2.0
package io.dragoman.simulator.freescout;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dragoman.simulator.SimulatorResponse;
import io.dragoman.simulator.UrlEncoded;
import io.dragoman.simulator.helpdesk.ApiCall;
import io.dragoman.simulator.helpdesk.ApiRefusal;
import io.dragoman.simulator.helpdesk.HelpdeskCustomer;
import io.dragoman.simulator.helpdesk.Ticket;
import io.dragoman.simulator.helpdesk.Tickets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The lists of conversations and customers, page by page. */
final class FreeScoutLists {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final Tickets tickets;
    private final FreeScoutJson json;

    FreeScoutLists(Tickets tickets, FreeScoutJson json) {
        this.tickets = tickets;
        this.json = json;
    }

    SimulatorResponse conversations(ApiCall call) throws ApiRefusal {
        UrlEncoded query = call.query();
        Instant since = Instant.EPOCH;
        try {
            since = query.has("updatedSince") ? Instant.parse(query.get("updatedSince")) : since;
        } catch (DateTimeParseException e) {
            throw FreeScoutJson.invalid("updatedSince", "The updatedSince is no time in ISO 8601");
        }
        List<Ticket> all = tickets.updatedSince(since).stream()
                .filter(ticket -> !ticket.deleted())
                .filter(ticket -> !query.has("customerId") || ticket.customer().equals(query.get("customerId")))
                .filter(ticket -> !query.has("customerEmail")
                        || tickets.customer(ticket.customer())
                                .map(HelpdeskCustomer::email)
                                .orElse("")
                                .equalsIgnoreCase(query.get("customerEmail")))
                .collect(Collectors.toCollection(ArrayList::new));
        if (!query.get("sortOrder").equals("asc")) {
            all.sort(Comparator.comparing(Ticket::updated).reversed());
        }
        int size = number(query.get("pageSize"), 50);
        int page = number(query.get("page"), 1);
        ObjectNode answer = JSON.objectNode();
        ArrayNode list = answer.putObject("_embedded").putArray("conversations");
        all.stream()
                .skip((long) size * (page - 1))
                .limit(size)
                .forEach(ticket ->
                        list.add(json.conversation(ticket, query.get("embed").contains("threads"))));
        answer.putObject("page")
                .put("size", size)
                .put("totalElements", all.size())
                .put("totalPages", (all.size() + size - 1) / size)
                .put("number", page);
        return SimulatorResponse.json(200, answer);
    }

    private static int number(String text, int otherwise) {
        return text.matches("[1-9]\\d{0,4}") ? Integer.parseInt(text) : otherwise;
    }

    SimulatorResponse customers(ApiCall call) {
        String email = call.query().get("email").toLowerCase(Locale.ROOT);
        ObjectNode answer = JSON.objectNode();
        ArrayNode list = answer.putObject("_embedded").putArray("customers");
        tickets.customers().stream()
                .filter(customer -> email.isEmpty() || customer.email().equals(email))
                .limit(50)
                .forEach(customer -> list.add(json.customer(customer)));
        return SimulatorResponse.json(200, answer);
    }
}
