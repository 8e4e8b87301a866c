// SPDX-License-Identifier: Apache-2.0
package io.dragoman.simulator.zammad;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dragoman.simulator.helpdesk.Ticket;
import io.dragoman.simulator.helpdesk.TicketMessage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What became of tickets: an article stays in the history of the ticket that it was written in, wherever it goes. */
final class ZammadHistory {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    /** By article, the ticket it was written in, of those that moved. */
    private final Map<String, String> origins = new HashMap<>();

    /** Of each merger the ticket that ended, and the one that goes on. */
    private final List<Merger> mergers = new ArrayList<>();

    private record Merger(String from, String to) {}

    synchronized void merged(Ticket ticket, String into) {
        mergers.add(new Merger(ticket.id(), into));
        for (TicketMessage article : ticket.messages()) {
            origins.putIfAbsent(article.id(), ticket.id());
        }
    }

    synchronized ObjectNode of(Ticket ticket) {
        ObjectNode json = JSON.objectNode();
        ArrayNode list = json.putArray("history");
        add(list, "created", "Ticket", ticket.id());
        for (TicketMessage article : ticket.messages()) {
            if (origins.getOrDefault(article.id(), ticket.id()).equals(ticket.id())) {
                add(list, "created", "Ticket::Article", article.id());
            }
        }
        origins.forEach((article, origin) -> {
            if (origin.equals(ticket.id())) {
                add(list, "created", "Ticket::Article", article);
            }
        });
        for (Merger merger : mergers) {
            if (merger.to().equals(ticket.id())) {
                merger(add(list, "received_merge", "Ticket", ticket.id()), merger);
            } else if (merger.from().equals(ticket.id())) {
                merger(add(list, "merged_into", "Ticket", ticket.id()), merger);
            }
        }
        json.putObject("assets");
        return json;
    }

    private static ObjectNode add(ArrayNode list, String type, String object, String id) {
        return list.addObject().put("type", type).put("object", object).put("o_id", Long.parseLong(id));
    }

    private static void merger(ObjectNode entry, Merger merger) {
        entry.put("id_from", Long.parseLong(merger.from())).put("id_to", Long.parseLong(merger.to()));
    }
}
