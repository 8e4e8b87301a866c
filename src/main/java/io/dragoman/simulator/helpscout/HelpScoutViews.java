// SPDX-License-Identifier: Apache-2.0
package io.dragoman.simulator.helpscout;

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
import java.time.temporal.ChronoUnit;
import java.util.Map;

/** Conversations, threads, customers and errors as Help Scout's API shows them. */
final class HelpScoutViews {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final URI base;

    HelpScoutViews(URI base) {
        this.base = base;
    }

    /** Times are to the second. */
    static String time(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    /** @param threads whether they are embedded, the newest first */
    ObjectNode conversation(Ticket ticket, HelpdeskCustomer customer, boolean threads) {
        ObjectNode json = NODES.objectNode()
                .put("id", Long.parseLong(ticket.id()))
                .put("number", Long.parseLong(ticket.id()) % 100_000)
                .put("threads", ticket.messages().size())
                .put("type", "email")
                .put("status", ticket.status())
                .put("state", ticket.deleted() ? "deleted" : "published")
                .put("subject", ticket.subject())
                .put("mailboxId", Long.parseLong(HelpScoutSimulator.MAILBOX))
                .put("createdAt", time(ticket.created()))
                .put("userUpdatedAt", time(ticket.updated()));
        if (!ticket.assignee().isEmpty()) {
            json.set(
                    "assignee",
                    person(number(ticket.assignee()), "user", ticket.assignee(), ticket.assignee() + "@example.com"));
        } else if (!ticket.team().isEmpty()) {
            json.set("assignee", person(number(ticket.team()), "team", ticket.team(), ""));
        }
        json.set(
                "primaryCustomer",
                person(Long.parseLong(customer.id()), "customer", customer.name(), customer.email()));
        ArrayNode tags = json.putArray("tags");
        ticket.tags().forEach(tag -> tags.addObject()
                .put("id", Math.floorMod(tag.hashCode(), 1_000_000))
                .put("tag", tag));
        json.putObject("_links").putObject("self").put("href", base + "/v2/conversations/" + ticket.id());
        if (threads) {
            ArrayNode all = json.putObject("_embedded").putArray("threads");
            ticket.messages().forEach(message -> all.insert(0, thread(message)));
        }
        return json;
    }

    ObjectNode thread(TicketMessage message) {
        boolean customers = message.author() == Author.CUSTOMER;
        String type = customers ? "customer" : message.visible() ? "message" : "note";
        ObjectNode json = NODES.objectNode()
                .put("id", Long.parseLong(message.id()))
                .put("type", type)
                .put("status", "active")
                .put("state", "published")
                .put("body", message.html() ? message.text() : escaped(message.text()))
                .put("createdAt", time(message.at()));
        json.putObject("source")
                .put("type", message.byApi() ? "api" : "web")
                .put("via", customers ? "customer" : "user");
        long id = message.authorId().matches("\\d{1,18}") ? Long.parseLong(message.authorId()) : 0;
        json.set("createdBy", person(id, customers ? "customer" : "user", message.authorName(), ""));
        ArrayNode to = json.putArray("to");
        if (message.to().contains("@")) {
            to.add(message.to());
        } else if (!message.to().isEmpty()) {
            json.set("customer", person(number(message.to()), "customer", "", ""));
        }
        ArrayNode attachments = json.putObject("_embedded").putArray("attachments");
        message.files().forEach(file -> attachments.add(attachment(file)));
        return json;
    }

    private ObjectNode attachment(HelpdeskFile file) {
        ObjectNode json = NODES.objectNode().put("id", file.id()).put("filename", file.name());
        json.put("mimeType", file.mimeType()).put("size", file.bytes().length);
        ObjectNode links = json.putObject("_links");
        links.putObject("data").put("href", base + "/v2/attachments/" + file.id() + "/data");
        links.putObject("web").put("href", base + "/file/" + file.id());
        return json;
    }

    /** Users and teams have numbers. */
    private static long number(String id) {
        return id.matches("\\d{1,18}") ? Long.parseLong(id) : 1;
    }

    private static ObjectNode person(long id, String type, String name, String email) {
        String[] names = name.split(" ", 2);
        return NODES.objectNode()
                .put("id", id)
                .put("type", type)
                .put("first", names[0])
                .put("last", names.length > 1 ? names[1] : "")
                .put("email", email);
    }

    ObjectNode customer(HelpdeskCustomer customer) {
        String[] names = customer.name().split(" ", 2);
        ObjectNode json = NODES.objectNode().put("id", Long.parseLong(customer.id()));
        json.put("firstName", names[0]).put("lastName", names.length > 1 ? names[1] : "");
        ArrayNode emails = json.putObject("_embedded").putArray("emails");
        for (String email : HelpScoutCustomers.emails(customer)) {
            emails.addObject()
                    .put("id", Math.floorMod(email.hashCode(), 1_000_000))
                    .put("value", email)
                    .put("type", "work");
        }
        return json;
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\n", "<br>");
    }

    static SimulatorResponse created(String id) {
        return SimulatorResponse.empty(201, Map.of("Resource-ID", id, "Location", "/v2/" + id));
    }

    static SimulatorResponse error(int status, String message) {
        ObjectNode body = NODES.objectNode().put("logRef", "00000000").put("message", message);
        body.putObject("_embedded").putArray("errors");
        return SimulatorResponse.json(status, body);
    }

    /** What is wrong with one field. */
    static SimulatorResponse invalid(String path, String message) {
        ObjectNode body = NODES.objectNode().put("logRef", "00000000").put("message", "Bad request");
        ObjectNode error = body.putObject("_embedded").putArray("errors").addObject();
        error.put("path", path).put("message", message).put("source", "JSON");
        return SimulatorResponse.json(400, body);
    }

    static SimulatorResponse notFound() {
        return error(404, "Not Found");
    }
}
