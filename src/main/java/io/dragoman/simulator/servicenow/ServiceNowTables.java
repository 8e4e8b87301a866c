// SPDX-License-Identifier: Apache-2.0
package io.dragoman.simulator.servicenow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dragoman.simulator.SimulatorResponse;
import io.dragoman.simulator.UrlEncoded;
import io.dragoman.simulator.helpdesk.ApiCall;
import io.dragoman.simulator.helpdesk.ApiRoutes;
import io.dragoman.simulator.helpdesk.HelpdeskCustomer;
import io.dragoman.simulator.helpdesk.HelpdeskCustomerBuilder;
import io.dragoman.simulator.helpdesk.Ticket;
import io.dragoman.simulator.helpdesk.TicketBuilder;
import io.dragoman.simulator.helpdesk.TicketMail;
import io.dragoman.simulator.helpdesk.TicketMessage;
import io.dragoman.simulator.helpdesk.TicketMessageBuilder;
import io.dragoman.simulator.helpdesk.Tickets;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The Table API. Whatever the API writes in a journal is by its user, and a comment is mailed to the caller who may be
 * notified; the priority is made of impact and urgency; a closed incident is nobody's to change.
 */
final class ServiceNowTables {
    private static final String TABLE = "/api/now/table/{table}";
    private static final int MOST = 10_000;

    private final Tickets tickets;
    private final ServiceNowRows rows;
    private final String apiUser;

    ServiceNowTables(Tickets tickets, String apiUser) {
        this.tickets = tickets;
        this.apiUser = apiUser;
        rows = new ServiceNowRows(tickets);
    }

    void serve(ApiRoutes routes) {
        routes.on("GET", TABLE, this::list)
                .on("POST", TABLE, this::insert)
                .on("GET", TABLE + "/{id}", call -> shown(call, call.step("table"), call.step("id"), 200))
                .on("PATCH", TABLE + "/{id}", this::update)
                .on("PUT", TABLE + "/{id}", this::update);
    }

    private SimulatorResponse list(ApiCall call) {
        UrlEncoded asked = call.query();
        if (!call.step("table")
                .matches("incident|sys_user|sys_user_group|sys_choice|sys_journal_field|sys_attachment")) {
            return ServiceNowSimulator.error(400, "Invalid table " + call.step("table"), "");
        }
        Optional<EncodedQuery> query = EncodedQuery.read(asked.get("sysparm_query"));
        if (query.isEmpty()) {
            return ServiceNowSimulator.error(400, "Invalid query detected", "sysparm_query cannot be read");
        }
        List<ObjectNode> found = query.get().of(rows.of(call.step("table")));
        int offset = number(asked.get("sysparm_offset"), 0);
        int limit = number(asked.get("sysparm_limit"), MOST);
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        ArrayNode result = answer.putArray("result");
        found.stream().skip(offset).limit(limit).forEach(row -> result.add(fields(row, asked)));
        Map<String, String> headers = Map.of("X-Total-Count", String.valueOf(found.size()));
        return SimulatorResponse.json(200, headers, answer);
    }

    private static ObjectNode fields(ObjectNode row, UrlEncoded asked) {
        return asked.has("sysparm_fields")
                ? row.deepCopy().retain(List.of(asked.get("sysparm_fields").split(",")))
                : row;
    }

    private static int number(String text, int fallback) {
        return text.matches("\\d{1,8}") ? Integer.parseInt(text) : fallback;
    }

    private SimulatorResponse insert(ApiCall call) throws IOException {
        JsonNode json = call.json();
        return switch (call.step("table")) {
            case "incident" -> incident(call, json);
            case "sys_user" -> user(call, json);
            default -> ServiceNowSimulator.denied("Insert");
        };
    }

    private SimulatorResponse user(ApiCall call, JsonNode json) {
        String name = json.path("user_name").asText("");
        if (tickets.customer(user -> !name.isEmpty() && user.externalId().equals(name))
                .isPresent()) {
            return ServiceNowSimulator.error(
                    403,
                    "Operation Failed",
                    "Operation against file 'sys_user' was aborted by Business Rule"
                            + " 'User Name Unique'. Error: A user with this User ID already exists");
        }
        String full = (json.path("first_name").asText("") + " "
                        + json.path("last_name").asText(""))
                .strip();
        HelpdeskCustomer draft = HelpdeskCustomer.of(
                full, json.path("email").asText(""), json.path("phone").asText(""), name);
        HelpdeskCustomer added = tickets.add(HelpdeskCustomerBuilder.builder(draft)
                .extra(Map.of("notification", json.path("notification").asText("2")))
                .build());
        return shown(call, "sys_user", ServiceNowRows.sysId(added.id()), 201);
    }

    private SimulatorResponse incident(ApiCall call, JsonNode json) {
        String caller = ServiceNowRows.id(json.path("caller_id").asText(""));
        Ticket draft = Ticket.from(
                tickets.customer(caller).isPresent() ? caller : "0",
                json.path("short_description").asText(""),
                json.path("state").asText("1"),
                "5");
        Map<String, String> extra = new HashMap<>();
        extra.put("impact", "3");
        extra.put("urgency", "3");
        extra.put("description", json.path("description").asText(""));
        extra.put("contact_type", json.path("contact_type").asText(""));
        Ticket opened = tickets.open(TicketBuilder.builder(draft)
                .externalId(json.path("correlation_id").asText(""))
                .extra(extra)
                .build());
        changed(opened, json);
        return shown(call, "incident", ServiceNowRows.sysId(opened.id()), 201);
    }

    private SimulatorResponse update(ApiCall call) throws IOException {
        JsonNode json = call.json();
        Optional<Ticket> ticket =
                tickets.find(ServiceNowRows.id(call.step("id"))).filter(found -> !found.deleted());
        if (!call.step("table").equals("incident")) {
            return ServiceNowSimulator.denied("Update");
        }
        if (ticket.isEmpty()) {
            return ServiceNowSimulator.noRecord();
        }
        if (ticket.get().status().equals("7")) {
            return ServiceNowSimulator.denied("Update");
        }
        changed(ticket.get(), json);
        return shown(call, "incident", call.step("id"), 200);
    }

    /** What both an insert and an update say of an incident, the journals last. */
    private void changed(Ticket ticket, JsonNode json) {
        tickets.change(ticket.id(), change -> {
            Map<String, String> extra = new HashMap<>(ticket.extra());
            for (String name : List.of("impact", "urgency", "correlation_display")) {
                extra.put(name, json.path(name).asText(extra.getOrDefault(name, "")));
            }
            extra.put("updated_by", apiUser);
            change.extra(extra);
            change.priority(priority(extra));
            change.status(json.path("state").asText(change.status()));
            change.team(known(json, "assignment_group", ServiceNowSimulator.TEAM, change.team()));
            change.assignee(known(json, "assigned_to", ServiceNowSimulator.AGENT, change.assignee()));
            change.subject(json.path("short_description").asText(change.subject()));
        });
        journal(ticket, json.path("work_notes").asText(""), false);
        journal(ticket, json.path("comments").asText(""), true);
    }

    /** A reference to nothing is dropped without a word. */
    private static String known(JsonNode json, String name, String known, String before) {
        String given = json.path(name).asText(before);
        return given.equals(known) ? given : before;
    }

    /** The usual matrix: 1 and 1 are critical, 3 and 3 planning. */
    private static String priority(Map<String, String> extra) {
        int sum = number(extra.getOrDefault("impact", "3"), 3) + number(extra.getOrDefault("urgency", "3"), 3);
        return String.valueOf(Math.max(1, Math.min(5, sum - 1)));
    }

    private void journal(Ticket ticket, String text, boolean visible) {
        if (text.isEmpty()) {
            return;
        }
        TicketMessage draft = TicketMessage.ofAgent("api", apiUser, visible, text);
        tickets.add(ticket.id(), TicketMessageBuilder.builder(draft).byApi(true).build());
        if (visible) {
            notified(tickets, ticket, text, true);
        }
    }

    /** The caller is mailed each comment, unless notifications are off for that user. */
    static void notified(Tickets tickets, Ticket ticket, String text, boolean byApi) {
        tickets.customer(ticket.customer())
                .filter(caller -> !caller.email().isEmpty()
                        && !caller.extra("notification").equals("1"))
                .ifPresent(caller -> tickets.mail(new TicketMail(ticket.id(), caller.email(), text, byApi)));
    }

    private SimulatorResponse shown(ApiCall call, String table, String sysId, int status) {
        return rows.of(table).stream()
                .filter(row -> row.path("sys_id").asText().equals(sysId))
                .findFirst()
                .map(row -> SimulatorResponse.json(
                        status, JsonNodeFactory.instance.objectNode().set("result", fields(row, call.query()))))
                .orElseGet(ServiceNowSimulator::noRecord);
    }
}
