// SPDX-License-Identifier: Apache-2.0
package io.dragoman.simulator.front;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dragoman.simulator.SimulatorResponse;
import io.dragoman.simulator.helpdesk.HelpdeskFile;
import io.dragoman.simulator.helpdesk.Ticket;
import io.dragoman.simulator.helpdesk.TicketMessage;
import java.net.URI;
import java.time.Instant;
import java.util.Map;

/** Conversations, messages and errors as Front's API shows them. */
final class FrontViews {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final URI base;

    FrontViews(URI base) {
        this.base = base;
    }

    /** Front's ids are a word for the kind and a number in base 36. */
    static String id(String kind, String number) {
        return kind + "_" + Long.toString(Long.parseLong(number), 36);
    }

    /** The number in one of Front's ids; the id of nothing where it is none. */
    static String number(String id) {
        return id.matches("[a-z]{3}_[0-9a-z]{1,12}") ? String.valueOf(Long.parseLong(id.substring(4), 36)) : "";
    }

    ObjectNode conversation(Ticket ticket) {
        ObjectNode json = NODES.objectNode();
        json.putObject("_links").put("self", base + "/conversations/" + id("cnv", ticket.id()));
        json.put("id", id("cnv", ticket.id())).put("subject", ticket.subject());
        json.put("status", status(ticket));
        if (ticket.assignee().isEmpty()) {
            json.putNull("assignee");
        } else {
            json.set("assignee", teammate(ticket.assignee()));
        }
        ObjectNode recipient = json.putObject("recipient");
        recipient.put("handle", ticket.extra("handle")).put("role", "from");
        ArrayNode tags = json.putArray("tags");
        ticket.tags().forEach(name -> tags.addObject().put("id", "tag_" + name).put("name", name));
        json.put("created_at", seconds(ticket.created())).put("is_private", false);
        json.putObject("metadata").putArray("external_conversation_ids").add(ticket.externalId());
        return json;
    }

    private static String status(Ticket ticket) {
        if (ticket.status().equals("archived")) {
            return "archived";
        }
        return ticket.assignee().isEmpty() ? "unassigned" : "assigned";
    }

    ObjectNode message(Ticket ticket, TicketMessage message) {
        boolean inbound = message.author() == TicketMessage.Author.CUSTOMER;
        ObjectNode json = NODES.objectNode();
        json.putObject("_links")
                .put("self", base + "/messages/" + id("msg", message.id()))
                .putObject("related")
                .put("conversation", base + "/conversations/" + id("cnv", ticket.id()));
        json.put("id", id("msg", message.id())).put("type", "custom").put("is_inbound", inbound);
        json.put("message_uid", id("uid", message.id())).put("created_at", seconds(message.at()));
        json.put("blurb", message.text()).put("text", message.text());
        json.put("body", message.html() ? message.text() : "<p>" + escaped(message.text()) + "</p>");
        json.putNull("subject").putNull("error_type").putNull("draft_mode");
        ObjectNode metadata = json.putObject("metadata");
        if (!message.externalId().isEmpty()) {
            metadata.putObject("headers");
            metadata.put("external_id", message.externalId());
        }
        if (inbound) {
            json.putNull("author");
        } else {
            json.set("author", teammate(message.authorName()));
        }
        json.putArray("recipients")
                .addObject()
                .put("handle", ticket.extra("handle"))
                .put("role", inbound ? "from" : "to");
        ArrayNode attachments = json.putArray("attachments");
        message.files().forEach(file -> attachments.add(attachment(file)));
        return json;
    }

    static ObjectNode teammate(String name) {
        String id = name.startsWith("tea_") ? name : "tea_" + Math.floorMod(name.hashCode(), 100_000);
        ObjectNode teammate = NODES.objectNode().put("id", id);
        teammate.put("email", name.replace(' ', '.') + "@example.com").put("username", name);
        return teammate.put("first_name", name).put("last_name", "");
    }

    private ObjectNode attachment(HelpdeskFile file) {
        ObjectNode json = NODES.objectNode().put("id", "fil_" + file.id()).put("filename", file.name());
        json.put("url", base + "/download/fil_" + file.id()).put("content_type", file.mimeType());
        json.put("size", file.bytes().length).putObject("metadata").put("is_inline", false);
        return json;
    }

    static double seconds(Instant time) {
        return time.toEpochMilli() / 1000.0;
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\n", "<br>");
    }

    static SimulatorResponse error(int status, String title, String message) {
        return error(status, Map.of(), title, message);
    }

    static SimulatorResponse error(int status, Map<String, String> headers, String title, String message) {
        ObjectNode body = NODES.objectNode();
        body.putObject("_error").put("status", status).put("title", title).put("message", message);
        return SimulatorResponse.json(status, headers, body);
    }

    static SimulatorResponse bad(String message) {
        return error(400, "Bad request", "Request failed: " + message);
    }

    static SimulatorResponse notFound() {
        return error(404, "Not found", "Unknown resource");
    }
}
