// SPDX-License-Identifier: Apache-2.0
package io.dragoman.simulator.gorgias;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dragoman.simulator.SimulatorResponse;
import io.dragoman.simulator.helpdesk.HelpdeskCustomer;
import io.dragoman.simulator.helpdesk.HelpdeskFile;
import io.dragoman.simulator.helpdesk.Ticket;
import io.dragoman.simulator.helpdesk.TicketMessage;
import io.dragoman.simulator.helpdesk.TicketMessage.Author;
import java.net.URI;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Tickets, messages, customers and errors as Gorgias' API shows them. */
final class GorgiasViews {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern(
                    "yyyy-MM-dd'T'HH:mm:ss.SSSSSS'+00:00'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private final URI base;

    GorgiasViews(URI base) {
        this.base = base;
    }

    static String time(Instant time) {
        return TIME.format(time);
    }

    ObjectNode ticket(Ticket ticket, HelpdeskCustomer customer) {
        ObjectNode json = NODES.objectNode()
                .put("id", Long.parseLong(ticket.id()))
                .put("external_id", ticket.externalId())
                .put("subject", ticket.subject())
                .put("status", ticket.status())
                .put("channel", "api")
                .put("via", "api")
                .put("priority", ticket.priority())
                .put("created_datetime", time(ticket.created()))
                .put("updated_datetime", time(ticket.updated()));
        json.set("customer", customer(customer));
        if (ticket.assignee().isEmpty()) {
            json.putNull("assignee_user");
        } else {
            json.putObject("assignee_user")
                    .put("id", number(ticket.assignee()))
                    .put("email", ticket.assignee())
                    .put("name", ticket.assignee());
        }
        if (ticket.team().isEmpty()) {
            json.putNull("assignee_team");
        } else {
            json.putObject("assignee_team").put("id", number(ticket.team())).put("name", ticket.team());
        }
        ArrayNode tags = json.putArray("tags");
        ticket.tags().forEach(name -> tags.addObject().put("name", name));
        return json;
    }

    /** Users and teams have numbers. */
    private static long number(String id) {
        return id.matches("\\d{1,18}") ? Long.parseLong(id) : Math.floorMod(id.hashCode(), 1_000_000);
    }

    ObjectNode message(Ticket ticket, TicketMessage message) {
        boolean agents = message.author() != Author.CUSTOMER;
        ObjectNode json = NODES.objectNode()
                .put("id", Long.parseLong(message.id()))
                .put("ticket_id", Long.parseLong(ticket.id()))
                .put("external_id", message.externalId())
                .put("from_agent", agents)
                .put("public", message.visible())
                .put("channel", !message.visible() ? "internal-note" : isMail(message) ? "email" : "api")
                .put("via", message.byApi() ? "api" : "helpdesk")
                .put("body_text", message.text())
                .put("stripped_text", message.text())
                .put("created_datetime", time(message.at()));
        json.putObject("sender").put("name", message.authorName());
        if (isMail(message)) { // a receiver who is no customer is named by the address alone
            json.putNull("receiver");
            ObjectNode source = json.putObject("source").put("type", "email");
            source.putObject("from").put("address", "support@example.com");
            source.putArray("to").addObject().put("name", "").put("address", message.to());
        } else if (message.to().isEmpty()) {
            json.putNull("receiver");
        } else {
            json.putObject("receiver").put("id", number(message.to()));
        }
        ArrayNode attachments = json.putArray("attachments");
        message.files().forEach(file -> attachments.add(attachment(file)));
        return json;
    }

    private static boolean isMail(TicketMessage message) {
        return message.to().contains("@");
    }

    ObjectNode attachment(HelpdeskFile file) {
        return NODES.objectNode()
                .put("url", base + "/attachments/" + file.id())
                .put("name", file.name())
                .put("size", file.bytes().length)
                .put("content_type", file.mimeType());
    }

    static ObjectNode customer(HelpdeskCustomer customer) {
        return NODES.objectNode()
                .put("id", Long.parseLong(customer.id()))
                .put("external_id", customer.externalId())
                .put("email", customer.email())
                .put("name", customer.name());
    }

    static SimulatorResponse error(int status, String message) {
        ObjectNode body = NODES.objectNode();
        body.putObject("error").put("msg", message).putObject("data");
        return SimulatorResponse.json(status, body);
    }

    static SimulatorResponse notFound() {
        return error(404, "The resource was not found.");
    }
}
