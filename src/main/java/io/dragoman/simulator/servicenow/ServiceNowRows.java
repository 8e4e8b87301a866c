// SPDX-License-Identifier: Apache-2.0
package io.dragoman.simulator.servicenow;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dragoman.simulator.helpdesk.HelpdeskCustomer;
import io.dragoman.simulator.helpdesk.HelpdeskFile;
import io.dragoman.simulator.helpdesk.Ticket;
import io.dragoman.simulator.helpdesk.TicketMessage;
import io.dragoman.simulator.helpdesk.Tickets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The tables of the instance as rows: incidents, users, journal entries, attachments. Every value is a text. */
final class ServiceNowRows {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private static final List<String> CLOSE_CODES =
            List.of("Duplicate", "Known error", "No resolution provided", "Resolved by caller", "Solution provided");

    private final Tickets tickets;

    ServiceNowRows(Tickets tickets) {
        this.tickets = tickets;
    }

    /** A {@code sys_id}: 32 hexadecimal digits. */
    static String sysId(String id) {
        long number = id.matches("\\d{1,18}") ? Long.parseLong(id) : Math.floorMod(id.hashCode(), 1_000_000);
        return "5137153cc611227c" + String.format(Locale.ROOT, "%016x", number);
    }

    /** The id behind a {@code sys_id}; that of nothing where it is none of ours. */
    static String id(String sysId) {
        boolean own = sysId.matches("5137153cc611227c0[0-9a-f]{15}");
        return own ? String.valueOf(Long.parseLong(sysId.substring(16), 16)) : "";
    }

    /** Times are in UTC and to the second. */
    static String time(Instant time) {
        return TIME.format(time);
    }

    /** The rows of a table; none where there is no such table. */
    List<ObjectNode> of(String table) {
        List<ObjectNode> rows = new ArrayList<>();
        switch (table) {
            case "incident" ->
                tickets.all().stream()
                        .filter(ticket -> !ticket.deleted())
                        .forEach(ticket -> rows.add(incident(ticket)));
            case "sys_user" -> {
                tickets.customers().forEach(customer -> rows.add(user(customer)));
                rows.add(NODES.objectNode()
                        .put("sys_id", ServiceNowSimulator.AGENT)
                        .put("user_name", "mara")
                        .put("active", "true"));
            }
            case "sys_user_group" ->
                rows.add(NODES.objectNode()
                        .put("sys_id", ServiceNowSimulator.TEAM)
                        .put("name", "Billing")
                        .put("active", "true"));
            case "sys_choice" -> {
                List.of("1", "2", "3", "6", "7", "8").forEach(state -> rows.add(choice("state", state)));
                CLOSE_CODES.forEach(code -> rows.add(choice("close_code", code)));
            }
            case "sys_journal_field" ->
                tickets.all()
                        .forEach(ticket -> ticket.messages().forEach(message -> rows.add(journal(ticket, message))));
            case "sys_attachment" ->
                tickets.all().forEach(ticket -> ticket.messages().forEach(message -> message.files()
                        .forEach(file -> rows.add(attachment(ticket, message, file)))));
            default -> {}
        }
        return rows;
    }

    private static ObjectNode choice(String element, String value) {
        return NODES.objectNode()
                .put("name", "incident")
                .put("element", element)
                .put("value", value)
                .put("inactive", "false");
    }

    private static ObjectNode row(String id, Instant created, Instant updated) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("sys_id", sysId(id))
                .put("sys_created_on", time(created))
                .put("sys_updated_on", time(updated));
    }

    /** Journals are not shown: they are read in their own table. */
    static ObjectNode incident(Ticket ticket) {
        ObjectNode row = row(ticket.id(), ticket.created(), ticket.updated());
        row.put("number", number(ticket)).put("short_description", ticket.subject());
        row.put("description", ticket.extra("description")).put("caller_id", sysId(ticket.customer()));
        row.put("state", ticket.status()).put("correlation_id", ticket.externalId());
        row.put("correlation_display", ticket.extra("correlation_display"));
        row.put("impact", ticket.extra("impact")).put("urgency", ticket.extra("urgency"));
        row.put("priority", ticket.priority()).put("assignment_group", ticket.team());
        row.put("assigned_to", ticket.assignee()).put("contact_type", ticket.extra("contact_type"));
        row.put("assigned_to.email", ticket.assignee()).put("assignment_group.name", ticket.team());
        row.put("assigned_to.sys_id", ticket.assignee()).put("assignment_group.sys_id", ticket.team());
        return row.put("sys_updated_by", ticket.extra("updated_by"))
                .put("comments", "")
                .put("work_notes", "");
    }

    static String number(Ticket ticket) {
        return "INC" + String.format(Locale.ROOT, "%07d", Long.parseLong(ticket.id()) % 10_000_000);
    }

    static ObjectNode user(HelpdeskCustomer customer) {
        ObjectNode row = row(customer.id(), customer.created(), customer.updated());
        row.put("user_name", customer.externalId()).put("name", customer.name());
        row.put("email", customer.email()).put("phone", customer.phone()).put("active", "true");
        return row.put("notification", customer.extra("notification"));
    }

    private static ObjectNode journal(Ticket ticket, TicketMessage message) {
        return row(message.id(), message.at(), message.at())
                .put("element_id", sysId(ticket.id()))
                .put("name", "incident")
                .put("element", message.visible() ? "comments" : "work_notes")
                .put("value", message.text())
                .put("sys_created_by", message.authorName());
    }

    static ObjectNode attachment(Ticket ticket, TicketMessage message, HelpdeskFile file) {
        return row(file.id(), message.at(), message.at())
                .put("table_name", "incident")
                .put("table_sys_id", sysId(ticket.id()))
                .put("file_name", file.name())
                .put("content_type", file.mimeType())
                .put("size_bytes", String.valueOf(file.bytes().length))
                .put("sys_created_by", message.authorName());
    }
}
