// SPDX-License-Identifier: Apache-2.0
package io.dragoman.simulator.freescout;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dragoman.simulator.helpdesk.ApiRefusal;
import io.dragoman.simulator.helpdesk.HelpdeskCustomer;
import io.dragoman.simulator.helpdesk.HelpdeskFile;
import io.dragoman.simulator.helpdesk.Ticket;
import io.dragoman.simulator.helpdesk.TicketMessage;
import io.dragoman.simulator.helpdesk.Tickets;
import java.net.URI;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/** Conversations, their threads with the newest first, and customers as FreeScout shows them. */
final class FreeScoutJson {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final Tickets tickets;
    private final URI base;

    FreeScoutJson(Tickets tickets, URI base) {
        this.tickets = tickets;
        this.base = base;
    }

    ObjectNode conversation(Ticket ticket, boolean threads) {
        ObjectNode json = JSON.objectNode();
        json.put("id", Long.parseLong(ticket.id())).put("number", Long.parseLong(ticket.id()));
        json.put("threadsCount", ticket.messages().size()).put("type", ticket.extra("type"));
        json.put("status", ticket.status()).put("state", ticket.deleted() ? "deleted" : "published");
        json.put("subject", ticket.subject()).put("mailboxId", FreeScoutSimulator.MAILBOX);
        if (ticket.assignee().isEmpty()) {
            json.putNull("assignee");
        } else {
            user(json.putObject("assignee"), ticket.assignee()).put("id", number(ticket.assignee()));
        }
        tickets.customer(ticket.customer()).ifPresent(customer -> json.set("customer", customer(customer)));
        json.put("createdAt", time(ticket.created())).put("updatedAt", time(ticket.updated()));
        json.put("userUpdatedAt", time(ticket.updated()));
        ObjectNode embedded = json.putObject("_embedded");
        ArrayNode tags = embedded.putArray("tags");
        for (String tag : ticket.tags()) {
            tags.addObject().put("name", tag);
        }
        ArrayNode list = embedded.putArray("threads");
        if (threads) {
            List<TicketMessage> newest = new ArrayList<>(ticket.messages());
            Collections.reverse(newest);
            newest.forEach(message -> list.add(thread(message)));
        }
        return json;
    }

    private ObjectNode thread(TicketMessage message) {
        ObjectNode json = JSON.objectNode();
        boolean customer = message.author() == TicketMessage.Author.CUSTOMER;
        json.put("id", Long.parseLong(message.id())).put("state", "published");
        json.put("type", customer ? "customer" : message.visible() ? "message" : "note");
        json.put("body", message.html() ? message.text() : escaped(message.text()));
        json.putObject("source")
                .put("type", message.byApi() ? "api" : "web")
                .put("via", customer ? "customer" : "user");
        if (customer) {
            tickets.customer(message.authorId()).ifPresent(one -> {
                json.set("createdBy", customer(one));
                json.set("customer", customer(one));
            });
        } else {
            user(json.putObject("createdBy"), message.authorName()).put("id", Long.parseLong(message.authorId()));
            receiver(json, message.to());
        }
        json.put("createdAt", time(message.at()));
        ArrayNode files = json.putObject("_embedded").putArray("attachments");
        for (HelpdeskFile file : message.files()) {
            files.addObject()
                    .put("id", Long.parseLong(file.id()))
                    .put("fileName", file.name())
                    .put("fileUrl", base + "/storage/attachment/" + file.id() + "/" + file.name())
                    .put("mimeType", file.mimeType())
                    .put("size", file.bytes().length);
        }
        return json;
    }

    private void receiver(ObjectNode json, String to) {
        ArrayNode addresses = json.putArray("to");
        if (to.contains("@")) {
            addresses.add(to);
        }
        tickets.customer(to).ifPresent(one -> {
            addresses.add(one.email());
            json.set("customer", customer(one));
        });
    }

    ObjectNode customer(HelpdeskCustomer customer) {
        ObjectNode json = JSON.objectNode();
        json.put("id", Long.parseLong(customer.id())).put("type", "customer");
        json.put("firstName", customer.name()).put("lastName", "").put("email", customer.email());
        ObjectNode embedded = json.putObject("_embedded");
        embedded.putArray("emails").addObject().put("value", customer.email()).put("type", "home");
        return json;
    }

    private static ObjectNode user(ObjectNode json, String name) {
        String address = name.toLowerCase(Locale.ROOT) + "@shop.example";
        return json.put("type", "user")
                .put("firstName", name)
                .put("lastName", "")
                .put("email", address);
    }

    /** Users have numbers. */
    private static long number(String id) {
        return id.matches("\\d{1,18}") ? Long.parseLong(id) : 9;
    }

    /** A request in which something is missing or wrong. */
    static ApiRefusal invalid(String path, String message) {
        ObjectNode json = JSON.objectNode().put("message", "Bad request").put("errorCode", "BAD REQUEST");
        json.putObject("_embedded")
                .putArray("errors")
                .addObject()
                .put("path", path)
                .put("message", message)
                .put("source", "JSON");
        return new ApiRefusal(400, json);
    }

    static ApiRefusal error(int status, String message) {
        return new ApiRefusal(status, JSON.objectNode().put("message", message).put("errorCode", message));
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\n", "<br />\n");
    }

    private static String time(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
