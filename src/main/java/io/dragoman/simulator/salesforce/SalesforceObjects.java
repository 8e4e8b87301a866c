// SPDX-License-Identifier: Apache-2.0
package io.dragoman.simulator.salesforce;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dragoman.simulator.SimulatorResponse;
import io.dragoman.simulator.helpdesk.ApiCall;
import io.dragoman.simulator.helpdesk.ApiRoutes;
import io.dragoman.simulator.helpdesk.HelpdeskCustomer;
import io.dragoman.simulator.helpdesk.HelpdeskCustomerBuilder;
import io.dragoman.simulator.helpdesk.HelpdeskFile;
import io.dragoman.simulator.helpdesk.Ticket;
import io.dragoman.simulator.helpdesk.TicketBuilder;
import io.dragoman.simulator.helpdesk.TicketMessage;
import io.dragoman.simulator.helpdesk.TicketMessageBuilder;
import io.dragoman.simulator.helpdesk.Tickets;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** The objects, one record at a time: made, changed, and made or changed by the external id, which makes no second. */
final class SalesforceObjects {
    private static final String OBJECT = "/services/data/{version}/sobjects/{object}";

    private final Tickets tickets;
    private final SalesforceRows rows;
    private final Supplier<String> ids;
    private final String apiUser;

    SalesforceObjects(Tickets tickets, Supplier<String> ids, String apiUser) {
        this.tickets = tickets;
        this.ids = ids;
        this.apiUser = apiUser;
        rows = new SalesforceRows(tickets);
    }

    void serve(ApiRoutes routes) {
        routes.on("POST", OBJECT, call -> insert(call, call.json(), ""))
                .on("PATCH", OBJECT + "/{field}/{value}", this::upsert)
                .on("GET", OBJECT + "/{field}/{value}", this::byField)
                .on("PATCH", OBJECT + "/{id}", this::update)
                .on("GET", OBJECT + "/{id}", call -> shown(call, "Id", call.step("id")));
    }

    private SimulatorResponse byField(ApiCall call) {
        if (call.step("object").equals("ContentVersion") && call.step("value").equals("VersionData")) {
            return data(call.step("field"));
        }
        return shown(call, call.step("field"), call.step("value"));
    }

    private SimulatorResponse shown(ApiCall call, String field, String value) {
        return find(call.step("object"), field, value)
                .map(row -> SimulatorResponse.json(200, SalesforceSimulator.record(call.step("object"), row)))
                .orElseGet(SalesforceSimulator::notFound);
    }

    private Optional<ObjectNode> find(String object, String field, String value) {
        return rows.of(object).stream()
                .filter(row -> row.path(field).asText("").equals(value))
                .findFirst();
    }

    private SimulatorResponse data(String id) {
        return tickets.all().stream()
                .flatMap(ticket -> ticket.messages().stream())
                .flatMap(message -> message.files().stream())
                .filter(file -> SalesforceRows.id("ContentVersion", file.id()).equals(id))
                .findFirst()
                .map(file -> new SimulatorResponse(200, "application/octet-stream", Map.of(), file.bytes()))
                .orElseGet(SalesforceSimulator::notFound);
    }

    private SimulatorResponse upsert(ApiCall call) throws IOException {
        String object = call.step("object");
        if (!call.step("field").equals(SalesforceRows.EXTERNAL) || object.equals("CaseComment")) {
            return SalesforceSimulator.error(
                    404,
                    "NOT_FOUND",
                    "Provided external ID field does not exist or is not accessible: " + call.step("field"));
        }
        Optional<ObjectNode> there = find(object, SalesforceRows.EXTERNAL, call.step("value"));
        if (there.isEmpty()) {
            return insert(call, call.json(), call.step("value"));
        }
        String id = there.get().path("Id").asText();
        Optional<SimulatorResponse> refused = change(object, id, call.json());
        return refused.orElseGet(() -> saved(200, id).created(false));
    }

    private SimulatorResponse update(ApiCall call) throws IOException {
        return change(call.step("object"), call.step("id"), call.json())
                .orElseGet(() -> SimulatorResponse.empty(204, Map.of()));
    }

    /** Changes a record; what refuses it, else empty. */
    private Optional<SimulatorResponse> change(String object, String id, JsonNode json) {
        if (find(object, "Id", id).isEmpty()) {
            boolean deleted = tickets.find(SalesforceRows.number(object, id)).isPresent();
            return Optional.of(
                    deleted
                            ? SalesforceSimulator.error(404, "ENTITY_IS_DELETED", "entity is deleted")
                            : SalesforceSimulator.notFound());
        }
        String owner = json.path("OwnerId").asText(SalesforceSimulator.AGENT);
        if (!owner.equals(SalesforceSimulator.AGENT) && !owner.equals(SalesforceSimulator.TEAM)) {
            return Optional.of(SalesforceSimulator.error(400, "MALFORMED_ID", "Owner ID: id value of incorrect type"));
        }
        if (object.equals("Case")) {
            tickets.change(SalesforceRows.number(object, id), change -> fill(change, json));
        }
        return Optional.empty();
    }

    private void fill(TicketBuilder change, JsonNode json) {
        Map<String, String> extra = new HashMap<>(change.extra());
        for (String name : List.of("Origin", "Description")) {
            extra.put(name, json.path(name).asText(extra.getOrDefault(name, "")));
        }
        extra.put("LastModifiedById", apiUser);
        change.extra(extra);
        change.status(json.path("Status").asText(change.status()));
        change.priority(json.path("Priority").asText(change.priority()));
        change.subject(json.path("Subject").asText(change.subject()));
        String owner = json.path("OwnerId").asText("");
        if (!owner.isEmpty()) { // a case has one
            change.assignee(owner.startsWith("005") ? owner : "").team(owner.startsWith("005") ? "" : owner);
        }
    }

    private SimulatorResponse insert(ApiCall call, JsonNode json, String externalId) {
        String external =
                externalId.isEmpty() ? json.path(SalesforceRows.EXTERNAL).asText("") : externalId;
        String object = call.step("object");
        return switch (object) {
            case "Contact" -> contact(json, external);
            case "Case" -> incident(json, external);
            case "EmailMessage", "CaseComment" -> message(object, json, external);
            case "ContentVersion" -> file(json);
            default -> SalesforceSimulator.notFound();
        };
    }

    private SimulatorResponse contact(JsonNode json, String external) {
        if (json.path("LastName").asText("").isBlank()) {
            return missing("LastName");
        }
        String email = json.path("Email").asText("");
        if (!email.isEmpty() && !email.matches("[^@\\s]+@[^@\\s]+\\.[^@\\s]+")) {
            return SalesforceSimulator.error(400, "INVALID_EMAIL_ADDRESS", "Email: invalid email address: " + email);
        }
        String name =
                (json.path("FirstName").asText("") + " " + json.path("LastName").asText("")).strip();
        HelpdeskCustomer draft =
                HelpdeskCustomer.of(name, email, json.path("Phone").asText(""), external);
        HelpdeskCustomer added =
                tickets.add(HelpdeskCustomerBuilder.builder(draft).build());
        return saved(201, SalesforceRows.id("Contact", added.id())).created(true);
    }

    private SimulatorResponse incident(JsonNode json, String external) {
        String contact = json.path("ContactId").asText("");
        String customer = SalesforceRows.number("Contact", contact);
        if (!contact.isEmpty() && tickets.customer(customer).isEmpty()) {
            return SalesforceSimulator.error(400, "INVALID_CROSS_REFERENCE_KEY", "invalid cross reference id");
        }
        Ticket opened =
                tickets.open(TicketBuilder.builder(Ticket.from(contact.isEmpty() ? "0" : customer, "", "New", "Medium"))
                        .externalId(external)
                        .build());
        tickets.change(opened.id(), change -> fill(change, json));
        return saved(201, SalesforceRows.id("Case", opened.id())).created(true);
    }

    private SimulatorResponse message(String object, JsonNode json, String external) {
        boolean mail = object.equals("EmailMessage");
        Optional<Ticket> ticket = tickets.find(
                        SalesforceRows.number("Case", json.path("ParentId").asText("")))
                .filter(found -> !found.deleted());
        if (ticket.isEmpty()) {
            return SalesforceSimulator.error(400, "INVALID_CROSS_REFERENCE_KEY", "invalid cross reference id");
        }
        if (mail && !json.path("Incoming").asBoolean()) {
            return SalesforceSimulator.error(
                    400, "FIELD_INTEGRITY_EXCEPTION", "this simulator takes incoming mails alone");
        }
        String text = json.path(mail ? "TextBody" : "CommentBody").asText("");
        if (text.length() > (mail ? 131_072 : 4000)) {
            return SalesforceSimulator.error(400, "STRING_TOO_LONG", "data value too large");
        }
        TicketMessage draft = mail
                ? TicketMessage.ofCustomer(
                        tickets.customer(ticket.get().customer())
                                .orElse(HelpdeskCustomer.of(
                                        json.path("FromName").asText(""), "", "", "")),
                        text)
                : TicketMessage.ofAgent(
                        "1", "Dragoman", json.path("IsPublished").asBoolean(), text);
        TicketMessage added = tickets.add(
                ticket.get().id(),
                TicketMessageBuilder.builder(draft)
                        .externalId(external)
                        .byApi(true)
                        .build());
        return saved(201, SalesforceRows.id(object, added.id())).created(true);
    }

    private SimulatorResponse file(JsonNode json) {
        for (String needed : List.of("VersionData", "PathOnClient")) {
            if (json.path(needed).asText("").isEmpty()) {
                return missing(needed);
            }
        }
        String location = json.path("FirstPublishLocationId").asText("");
        HelpdeskFile file = new HelpdeskFile(
                ids.get(),
                json.path("PathOnClient").asText(),
                "application/octet-stream",
                Base64.getDecoder().decode(json.path("VersionData").asText()));
        for (Ticket ticket : tickets.all()) {
            for (TicketMessage message : ticket.messages()) {
                if (SalesforceRows.id("EmailMessage", message.id()).equals(location)) {
                    attach(ticket, message, file);
                    return saved(201, SalesforceRows.id("ContentVersion", file.id()))
                            .created(true);
                }
            }
        }
        Optional<Ticket> ticket = tickets.find(SalesforceRows.number("Case", location));
        if (ticket.isEmpty() || ticket.get().messages().isEmpty()) {
            return SalesforceSimulator.error(400, "INVALID_CROSS_REFERENCE_KEY", "invalid cross reference id");
        }
        List<TicketMessage> messages = ticket.get().messages();
        attach(ticket.get(), messages.get(messages.size() - 1), file);
        return saved(201, SalesforceRows.id("ContentVersion", file.id())).created(true);
    }

    private void attach(Ticket ticket, TicketMessage to, HelpdeskFile file) {
        List<HelpdeskFile> files = new ArrayList<>(to.files());
        files.add(file);
        TicketMessage with = TicketMessageBuilder.builder(to).files(files).build();
        tickets.change(
                ticket.id(),
                change -> change.messages(ticket.messages().stream()
                        .map(message -> message.id().equals(to.id()) ? with : message)
                        .toList()));
    }

    private static SimulatorResponse missing(String field) {
        return SalesforceSimulator.error(400, "REQUIRED_FIELD_MISSING", "Required fields are missing: [" + field + "]");
    }

    private static Saved saved(int status, String id) {
        return new Saved(status, id);
    }

    /** What is answered to a record that was kept. */
    private record Saved(int status, String id) {
        private SimulatorResponse created(boolean created) {
            ObjectNode answer =
                    JsonNodeFactory.instance.objectNode().put("id", id).put("success", true);
            answer.putArray("errors");
            return SimulatorResponse.json(status, answer.put("created", created));
        }
    }
}
