// SPDX-License-Identifier: Apache-2.0
package io.dragoman.simulator.odoo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dragoman.simulator.HmacSigner;
import io.dragoman.simulator.SimulatorResponse;
import io.dragoman.simulator.helpdesk.HelpdeskCustomer;
import io.dragoman.simulator.helpdesk.HelpdeskFile;
import io.dragoman.simulator.helpdesk.Ticket;
import io.dragoman.simulator.helpdesk.TicketBuilder;
import io.dragoman.simulator.helpdesk.TicketMail;
import io.dragoman.simulator.helpdesk.TicketMessage;
import io.dragoman.simulator.helpdesk.TicketMessageBuilder;
import io.dragoman.simulator.helpdesk.Tickets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * The methods of the models. A message of a ticket is mailed to the ticket's partner, who follows it, unless the partner
 * is its author, or it is a note.
 */
final class OdooModels {
    private static final String BOT = "2";

    private final Tickets tickets;
    private final OdooRows rows;
    private final Supplier<String> ids;
    private final Map<String, HelpdeskFile> files = new ConcurrentHashMap<>();

    OdooModels(Tickets tickets, Supplier<String> ids) {
        this.tickets = tickets;
        this.ids = ids;
        rows = new OdooRows(tickets);
    }

    /**
     * Calls a method by its parameters.
     *
     * @throws IllegalArgumentException when a domain is none
     */
    SimulatorResponse call(String model, String method, JsonNode body) {
        if (!model.matches("res\\.(partner|users)|helpdesk\\.(ticket|stage|team)|mail\\.message|ir\\.attachment")) {
            return OdooSimulator.error(404, "werkzeug.exceptions.NotFound", "the model '" + model + "' does not exist");
        }
        return switch (method) {
            case "search_read" -> search(model, body, true);
            case "search" -> search(model, body, false);
            case "web_search_read" -> specified(model, body);
            case "generate_access_token" -> tokens(model, body);
            case "read" -> read(model, body);
            case "create" -> create(model, body.path("vals_list"));
            case "write" -> write(model, body);
            case "message_post" -> post(model, body);
            default ->
                OdooSimulator.error(
                        404,
                        "werkzeug.exceptions.NotFound",
                        "the method '" + method + "' does not exist on the model '" + model + "'");
        };
    }

    /** The records with their related ones, as far as the specification names their fields. */
    private SimulatorResponse specified(String model, JsonNode body) {
        ArrayNode records = JsonNodeFactory.instance.arrayNode();
        found(model, body).forEach(row -> records.add(rows.shown(row, body.path("specification"))));
        ObjectNode answer = JsonNodeFactory.instance.objectNode().put("length", records.size());
        return SimulatorResponse.json(200, answer.set("records", records));
    }

    private SimulatorResponse tokens(String model, JsonNode body) {
        if (!model.equals("ir.attachment")) {
            return OdooSimulator.error(404, "werkzeug.exceptions.NotFound", "the method does not exist on " + model);
        }
        ArrayNode tokens = JsonNodeFactory.instance.arrayNode();
        body.path("ids").forEach(id -> tokens.add(token(id.asText())));
        return SimulatorResponse.json(200, tokens);
    }

    /** With which a file can be had without a login. */
    static String token(String file) {
        return UUID.nameUUIDFromBytes(HmacSigner.utf8("token of " + file)).toString();
    }

    private SimulatorResponse search(String model, JsonNode body, boolean records) {
        ArrayNode found = JsonNodeFactory.instance.arrayNode();
        found(model, body).forEach(row -> found.add(records ? fields(row, body.path("fields")) : row.path("id")));
        return SimulatorResponse.json(200, found);
    }

    private List<ObjectNode> found(String model, JsonNode body) {
        Predicate<ObjectNode> fits = OdooDomain.read(body.path("domain"));
        java.util.Comparator<ObjectNode> order =
                java.util.Comparator.comparingLong(row -> row.path("id").asLong());
        return rows.of(model).stream()
                .filter(fits)
                .sorted(body.path("order").asText("id").endsWith("desc") ? order.reversed() : order)
                .skip(body.path("offset").asLong(0))
                .limit(body.path("limit").asLong(10_000))
                .toList();
    }

    /** An administrator sets the mail that a customer gets when a ticket comes to a stage. */
    void mailsFrom(String stage, String template) {
        rows.mailsFrom(stage, template);
    }

    private static ObjectNode fields(ObjectNode row, JsonNode names) {
        if (names.isEmpty()) {
            return row;
        }
        List<String> kept = new ArrayList<>(List.of("id"));
        names.forEach(name -> kept.add(name.asText()));
        return row.deepCopy().retain(kept);
    }

    private SimulatorResponse read(String model, JsonNode body) {
        ArrayNode found = JsonNodeFactory.instance.arrayNode();
        for (JsonNode id : body.path("ids")) {
            rows.of(model).stream()
                    .filter(row -> row.path("id").asText().equals(id.asText()))
                    .forEach(row -> found.add(fields(row, body.path("fields"))));
        }
        return SimulatorResponse.json(200, found);
    }

    private SimulatorResponse create(String model, JsonNode all) {
        ArrayNode made = JsonNodeFactory.instance.arrayNode();
        for (JsonNode values : all) {
            switch (model) {
                case "res.partner" -> made.add(OdooRows.number(partner(values)));
                case "helpdesk.ticket" -> {
                    if (values.path("name").asText("").isBlank()) {
                        return OdooSimulator.error(
                                422,
                                "odoo.exceptions.ValidationError",
                                "Missing required value for the field 'Subject' (name)");
                    }
                    String external = values.path("x_dragoman_id").asText("");
                    if (tickets.all().stream()
                            .anyMatch(ticket -> !external.isEmpty()
                                    && !ticket.deleted()
                                    && ticket.externalId().equals(external))) {
                        return OdooSimulator.error(
                                422,
                                "odoo.exceptions.ValidationError",
                                "The operation cannot be completed: x_dragoman_id must be unique");
                    }
                    made.add(OdooRows.number(ticket(values, external)));
                }
                case "ir.attachment" -> {
                    HelpdeskFile file = new HelpdeskFile(
                            ids.get(),
                            values.path("name").asText(),
                            values.path("mimetype").asText("application/octet-stream"),
                            Base64.getDecoder().decode(values.path("datas").asText("")));
                    files.put(file.id(), file);
                    made.add(OdooRows.number(file.id()));
                }
                default -> {
                    return OdooSimulator.error(
                            403,
                            "odoo.exceptions.AccessError",
                            "You are not allowed to create '" + model + "' records.");
                }
            }
        }
        return SimulatorResponse.json(200, made);
    }

    private String partner(JsonNode values) {
        return tickets.add(HelpdeskCustomer.of(
                        values.path("name").asText(""),
                        values.path("email").asText(""),
                        values.path("phone").asText(""),
                        values.path("ref").asText("")))
                .id();
    }

    private String ticket(JsonNode values, String external) {
        Ticket draft = Ticket.from(
                values.path("partner_id").asText("0"),
                values.path("name").asText(),
                "New",
                values.path("priority").asText("0"));
        return tickets.open(TicketBuilder.builder(draft)
                        .externalId(external)
                        .team(values.path("team_id").asText(""))
                        .build())
                .id();
    }

    private SimulatorResponse write(String model, JsonNode body) {
        JsonNode values = body.path("vals");
        Optional<Ticket> ticket = find(body);
        if (!model.equals("helpdesk.ticket") || ticket.isEmpty()) {
            return missing(model, body);
        }
        int stage = values.path("stage_id").asInt(0);
        String team = values.path("team_id").asText("");
        String user = values.path("user_id").asText("");
        if (!team.matches("|" + OdooSimulator.TEAM) || !user.matches("|" + OdooSimulator.AGENT)) {
            return OdooSimulator.error(422, "odoo.exceptions.ValidationError", "The record does not exist");
        }
        tickets.change(ticket.get().id(), change -> {
            change.team(team.isEmpty() ? change.team() : team);
            change.assignee(user.isEmpty() ? change.assignee() : user);
            change.status(
                    stage > 0 && stage <= OdooRows.STAGES.size() ? OdooRows.STAGES.get(stage - 1) : change.status());
            change.priority(values.path("priority").asText(change.priority()));
            change.subject(values.path("name").asText(change.subject()));
        });
        tracked(ticket.get().id());
        return SimulatorResponse.json(200, "true");
    }

    private static SimulatorResponse missing(String model, JsonNode body) {
        return OdooSimulator.error(
                404,
                "odoo.exceptions.MissingError",
                "Record does not exist or has been deleted.\n(Record: " + model + "("
                        + body.at("/ids/0").asText() + ",))");
    }

    private Optional<Ticket> find(JsonNode body) {
        return tickets.find(body.at("/ids/0").asText()).filter(ticket -> !ticket.deleted());
    }

    private SimulatorResponse post(String model, JsonNode body) {
        Optional<Ticket> ticket = find(body);
        if (!model.equals("helpdesk.ticket") || ticket.isEmpty()) {
            return missing(model, body);
        }
        List<HelpdeskFile> attached = new ArrayList<>();
        for (JsonNode id : body.path("attachment_ids")) {
            HelpdeskFile file = files.remove(id.asText());
            if (file == null) {
                return missing("ir.attachment", body);
            }
            attached.add(file);
        }
        boolean visible = body.path("subtype_xmlid").asText("mail.mt_note").equals("mail.mt_comment");
        Optional<HelpdeskCustomer> author =
                tickets.customer(body.path("author_id").asText(""));
        boolean html = body.path("body_is_html").asBoolean();
        String text = body.path("body").asText("");
        TicketMessage draft = author.map(customer -> TicketMessage.ofCustomer(customer, text))
                .orElseGet(() -> TicketMessage.ofAgent(BOT, "Dragoman", visible, text));
        TicketMessage added = tickets.add(
                ticket.get().id(),
                TicketMessageBuilder.builder(draft)
                        .visible(visible)
                        .html(html)
                        .files(attached)
                        .externalId(body.path("message_id").asText(""))
                        .byApi(true)
                        .build());
        notified(ticket.get(), added);
        return SimulatorResponse.json(200, JsonNodeFactory.instance.arrayNode().add(OdooRows.number(added.id())));
    }

    /** A change of a ticket's fields is a message without words. */
    void tracked(String ticket) {
        TicketMessage draft = TicketMessage.ofAgent(BOT, "OdooBot", false, "");
        tickets.add(
                ticket,
                TicketMessageBuilder.builder(draft)
                        .author(TicketMessage.Author.SYSTEM)
                        .build());
    }

    /** The ticket's partner follows it: whatever others write there is mailed, notes are not. */
    void notified(Ticket ticket, TicketMessage message) {
        tickets.customer(ticket.customer())
                .filter(partner -> message.visible()
                        && !partner.email().isEmpty()
                        && !partner.id().equals(message.authorId()))
                .ifPresent(partner ->
                        tickets.mail(new TicketMail(ticket.id(), partner.email(), message.text(), message.byApi())));
    }
}
