// SPDX-License-Identifier: Apache-2.0
package io.dragoman.simulator.odoo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dragoman.simulator.helpdesk.HelpdeskCustomer;
import io.dragoman.simulator.helpdesk.HelpdeskFile;
import io.dragoman.simulator.helpdesk.Ticket;
import io.dragoman.simulator.helpdesk.TicketMessage;
import io.dragoman.simulator.helpdesk.TicketMessage.Author;
import io.dragoman.simulator.helpdesk.Tickets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The records of the models that a helpdesk's client reads. What is empty is {@code false}. */
final class OdooRows {
    /** The stages of a team by their id. */
    static final List<String> STAGES = List.of("New", "In Progress", "Solved");

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final Tickets tickets;
    private final Map<String, String> templates = new ConcurrentHashMap<>();

    OdooRows(Tickets tickets) {
        this.tickets = tickets;
    }

    /** The records of a model; none where there is no such model. */
    List<ObjectNode> of(String model) {
        List<ObjectNode> rows = new ArrayList<>();
        switch (model) {
            case "res.partner" -> tickets.customers().forEach(customer -> rows.add(partner(customer)));
            case "helpdesk.ticket" -> present().forEach(ticket -> rows.add(ticket(ticket)));
            case "mail.message" ->
                present().forEach(ticket -> ticket.messages().forEach(message -> rows.add(message(ticket, message))));
            case "ir.attachment" ->
                present().forEach(ticket -> ticket.messages()
                        .forEach(message -> message.files().forEach(file -> rows.add(attachment(ticket, file)))));
            case "helpdesk.stage" -> STAGES.forEach(stage -> rows.add(stage(stage)));
            case "helpdesk.team" -> rows.add(named(OdooSimulator.TEAM, "Billing"));
            case "res.users" -> rows.add(named(OdooSimulator.AGENT, "Mara Marks"));
            default -> {}
        }
        return rows;
    }

    void mailsFrom(String stage, String template) {
        templates.put(stage, template);
    }

    private ObjectNode stage(String stage) {
        ObjectNode row = named(String.valueOf(STAGES.indexOf(stage) + 1), stage);
        row.putArray("team_ids").add(number(OdooSimulator.TEAM));
        related(row, "template_id", templates.containsKey(stage) ? "31" : "", templates.getOrDefault(stage, ""));
        return row;
    }

    private static ObjectNode named(String id, String name) {
        return JsonNodeFactory.instance.objectNode().put("id", number(id)).put("name", name);
    }

    private List<Ticket> present() {
        return tickets.all().stream().filter(ticket -> !ticket.deleted()).toList();
    }

    private static ObjectNode row(String id, Instant created, Instant written) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("id", number(id))
                .put("create_date", TIME.format(created))
                .put("write_date", TIME.format(written));
    }

    /** Ids are numbers. */
    static long number(String id) {
        return id.matches("\\d{1,18}") ? Long.parseLong(id) : Math.floorMod(id.hashCode(), 1_000_000);
    }

    private static ObjectNode partner(HelpdeskCustomer customer) {
        ObjectNode row = row(customer.id(), customer.created(), customer.updated());
        put(row, "name", customer.name());
        put(row, "email", customer.email());
        put(row, "email_normalized", customer.email().toLowerCase(Locale.ROOT));
        put(row, "phone", customer.phone());
        put(row, "ref", customer.externalId());
        return row;
    }

    private ObjectNode ticket(Ticket ticket) {
        ObjectNode row = row(ticket.id(), ticket.created(), ticket.updated());
        put(row, "name", ticket.subject());
        put(row, "x_dragoman_id", ticket.externalId());
        row.put("priority", ticket.priority());
        row.putArray("stage_id").add(STAGES.indexOf(ticket.status()) + 1).add(ticket.status());
        related(
                row,
                "partner_id",
                ticket.customer(),
                tickets.customer(ticket.customer()).map(HelpdeskCustomer::name).orElse(""));
        put(
                row,
                "partner_id.email",
                tickets.customer(ticket.customer()).map(HelpdeskCustomer::email).orElse(""));
        related(row, "user_id", ticket.assignee(), ticket.assignee());
        related(row, "team_id", ticket.team(), ticket.team());
        ArrayNode tags = row.putArray("tag_ids");
        ticket.tags().forEach(tags::add);
        return row;
    }

    private static ObjectNode message(Ticket ticket, TicketMessage message) {
        ObjectNode row = row(message.id(), message.at(), message.at());
        boolean customers = message.author() == Author.CUSTOMER;
        row.put("model", "helpdesk.ticket").put("res_id", number(ticket.id()));
        row.put("body", message.html() ? message.text() : "<p>" + escaped(message.text()) + "</p>");
        boolean system = message.author() == Author.SYSTEM;
        row.put("message_type", system ? "notification" : customers ? "email" : "comment");
        row.putArray("subtype_id").add(message.visible() ? 1 : 2).add(message.visible() ? "Discussions" : "Note");
        row.put("subtype_id.internal", !message.visible() && !system);
        put(row, "message_id", message.externalId());
        related(row, "author_id", message.authorId(), message.authorName());
        row.put("date", TIME.format(message.at()));
        ArrayNode files = row.putArray("attachment_ids");
        message.files().forEach(file -> files.add(number(file.id())));
        return row;
    }

    private static ObjectNode attachment(Ticket ticket, HelpdeskFile file) {
        ObjectNode row = row(file.id(), ticket.created(), ticket.updated());
        row.put("name", file.name()).put("mimetype", file.mimeType()).put("file_size", file.bytes().length);
        return row.put("datas", java.util.Base64.getEncoder().encodeToString(file.bytes()));
    }

    /** A record with the fields of a specification, and of related records those that it names below them. */
    ObjectNode shown(ObjectNode row, JsonNode specification) {
        ObjectNode shown = JsonNodeFactory.instance.objectNode();
        shown.set("id", row.path("id"));
        specification.properties().forEach(field -> {
            JsonNode value = row.path(field.getKey());
            JsonNode below = field.getValue().path("fields");
            if (field.getKey().endsWith("_ids") && !below.isMissingNode()) {
                ArrayNode all = shown.putArray(field.getKey());
                of("ir.attachment").stream()
                        .filter(one -> among(one.path("id"), value))
                        .forEach(one -> all.add(shown(one, below)));
            } else if (value.isArray() && below.has("display_name")) {
                shown.putObject(field.getKey()).set("id", value.get(0));
                shown.withObject("/" + field.getKey()).set("display_name", value.get(1));
            } else {
                shown.set(field.getKey(), value.isArray() ? value.get(0) : value);
            }
        });
        return shown;
    }

    private static boolean among(JsonNode id, JsonNode ids) {
        for (JsonNode one : ids) {
            if (one.equals(id)) {
                return true;
            }
        }
        return false;
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\n", "<br>");
    }

    private static void related(ObjectNode row, String field, String id, String name) {
        if (id.isEmpty() || id.equals("0")) {
            row.put(field, false);
        } else {
            row.putArray(field).add(number(id)).add(name);
        }
    }

    private static void put(ObjectNode row, String name, String value) {
        if (value.isEmpty()) {
            row.put(name, false);
        } else {
            row.put(name, value);
        }
    }
}
