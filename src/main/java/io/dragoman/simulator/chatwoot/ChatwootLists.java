// SPDX-License-Identifier: Apache-2.0
package io.dragoman.simulator.chatwoot;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dragoman.simulator.SimulatorResponse;
import io.dragoman.simulator.UrlEncoded;
import io.dragoman.simulator.helpdesk.ApiCall;
import io.dragoman.simulator.helpdesk.Ticket;
import io.dragoman.simulator.helpdesk.Tickets;
import java.util.Comparator;

/** The lists of conversations. */
final class ChatwootLists {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final Tickets tickets;
    private final ChatwootJson json;

    ChatwootLists(Tickets tickets, ChatwootJson json) {
        this.tickets = tickets;
        this.json = json;
    }

    SimulatorResponse ofContact(ApiCall call) {
        ObjectNode answer = JSON.objectNode();
        ArrayNode payload = answer.putArray("payload");
        tickets.all().stream()
                .filter(ticket -> !ticket.deleted() && ticket.customer().equals(call.step("contact")))
                .forEach(ticket -> payload.add(json.conversation(ticket)));
        return SimulatorResponse.json(200, answer);
    }

    /** The page of a status, the newest first. */
    SimulatorResponse all(ApiCall call) {
        UrlEncoded query = call.query();
        String status = query.get("status").isEmpty() ? "open" : query.get("status");
        int page = query.get("page").matches("[1-9]\\d{0,5}") ? Integer.parseInt(query.get("page")) : 1;
        ObjectNode answer = JSON.objectNode();
        ObjectNode data = answer.putObject("data");
        data.putObject("meta").put("all_count", tickets.all().size());
        ArrayNode payload = data.putArray("payload");
        tickets.all().stream()
                .filter(ticket -> !ticket.deleted())
                .filter(ticket -> status.equals("all") || ticket.status().equals(status))
                .sorted(Comparator.comparing(Ticket::updated).reversed())
                .skip(25L * (page - 1))
                .limit(25)
                .forEach(ticket -> payload.add(json.conversation(ticket)));
        return SimulatorResponse.json(200, answer);
    }
}
