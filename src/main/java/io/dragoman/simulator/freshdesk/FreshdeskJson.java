// SPDX-License-Identifier: Apache-2.0
package io.dragoman.simulator.freshdesk;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dragoman.simulator.helpdesk.ApiRefusal;
import io.dragoman.simulator.helpdesk.HelpdeskCustomer;
import io.dragoman.simulator.helpdesk.HelpdeskFile;
import io.dragoman.simulator.helpdesk.Ticket;
import io.dragoman.simulator.helpdesk.TicketMessage;
import java.net.URI;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tickets, conversations and contacts as Freshdesk shows them: statuses and priorities are numbers. */
final class FreshdeskJson {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final URI base;

    FreshdeskJson(URI base) {
        this.base = base;
    }

    ObjectNode ticket(Ticket ticket) {
        ObjectNode json = JSON.objectNode();
        json.put("id", Long.parseLong(ticket.id())).put("subject", ticket.subject());
        json.put("status", Integer.parseInt(ticket.status())).put("priority", Integer.parseInt(ticket.priority()));
        json.put("source", Integer.parseInt(ticket.extra("source")));
        json.put("requester_id", Long.parseLong(ticket.customer()));
        number(json, "responder_id", ticket.assignee());
        number(json, "group_id", ticket.team());
        ArrayNode tags = json.putArray("tags");
        ticket.tags().forEach(tags::add);
        json.put("deleted", ticket.deleted()).put("spam", false);
        json.put("created_at", time(ticket.created()));
        return json.put("updated_at", time(ticket.updated()));
    }

    /** With the first message, which is no conversation of its own. */
    ObjectNode whole(Ticket ticket) {
        ObjectNode json = ticket(ticket);
        TicketMessage first = ticket.messages().get(0);
        json.put("description", first.text()).put("description_text", plain(first.text()));
        files(json, first);
        return json;
    }

    ObjectNode conversation(Ticket ticket, TicketMessage message) {
        ObjectNode json = JSON.objectNode();
        boolean incoming = message.author() == TicketMessage.Author.CUSTOMER;
        json.put("id", Long.parseLong(message.id())).put("ticket_id", Long.parseLong(ticket.id()));
        json.put("body", message.text()).put("body_text", plain(message.text()));
        json.put("incoming", incoming).put("private", !message.visible());
        json.put("user_id", Long.parseLong(message.authorId()));
        boolean forwarded = message.to().contains("@");
        json.put("source", forwarded ? 8 : message.byApi() || !message.visible() ? 2 : 0);
        json.put("created_at", time(message.at())).put("updated_at", time(message.at()));
        files(json, message);
        return json;
    }

    private void files(ObjectNode json, TicketMessage message) {
        ArrayNode files = json.putArray("attachments");
        for (HelpdeskFile file : message.files()) {
            files.addObject()
                    .put("id", Long.parseLong(file.id()))
                    .put("name", file.name())
                    .put("content_type", file.mimeType())
                    .put("size", file.bytes().length)
                    .put("attachment_url", base + "/data/helpdesk/attachments/" + file.id());
        }
    }

    ObjectNode contact(HelpdeskCustomer contact) {
        ObjectNode json = JSON.objectNode();
        json.put("id", Long.parseLong(contact.id())).put("name", contact.name());
        json.put("email", orNull(contact.email())).put("phone", orNull(contact.phone()));
        json.put("unique_external_id", orNull(contact.externalId())).put("active", false);
        return json.put("updated_at", time(contact.updated()));
    }

    /** An agent, whose words are those of a contact. */
    static ObjectNode agent(String id) {
        ObjectNode json = JSON.objectNode().put("id", Long.parseLong(id));
        json.put("available", true).put("occasional", false).put("ticket_scope", 1);
        json.putObject("contact").put("name", "Gateway").put("email", "gateway@shop.example");
        return json;
    }

    /** What is wrong with fields. */
    static ApiRefusal invalid(int status, List<ObjectNode> errors) {
        ObjectNode json = JSON.objectNode().put("description", "Validation failed");
        json.putArray("errors").addAll(errors);
        return new ApiRefusal(status, json);
    }

    static ObjectNode error(String field, String message, String code) {
        return JSON.objectNode().put("field", field).put("message", message).put("code", code);
    }

    private static void number(ObjectNode json, String name, String id) {
        if (id.matches("\\d+")) {
            json.put(name, Long.parseLong(id));
        } else {
            json.putNull(name);
        }
    }

    private static String plain(String html) {
        return html.replaceAll("<[^>]*>", "")
                .replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&amp;", "&");
    }

    private static String time(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    private static @Nullable String orNull(String text) {
        return text.isEmpty() ? null : text;
    }

    static void check(List<ObjectNode> errors, JsonNode fields, String name, int least, int most, boolean needed) {
        JsonNode value = fields.path(name);
        if (value.isMissingNode() && !needed) {
            return;
        }
        if (!value.isIntegralNumber() || value.asInt() < least || value.asInt() > most) {
            errors.add(error(name, "It should be a/an Integer from " + least + " to " + most, "invalid_value"));
        }
    }
}
