// SPDX-License-Identifier: Apache-2.0
package io.dragoman.simulator.freshdesk;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dragoman.simulator.HmacSigner;
import io.dragoman.simulator.SimulatorRequest;
import io.dragoman.simulator.SimulatorResponse;
import io.dragoman.simulator.UrlEncoded;
import io.dragoman.simulator.helpdesk.ApiCall;
import io.dragoman.simulator.helpdesk.ApiRefusal;
import io.dragoman.simulator.helpdesk.ApiRoutes;
import io.dragoman.simulator.helpdesk.HelpdeskCustomer;
import io.dragoman.simulator.helpdesk.HelpdeskFile;
import io.dragoman.simulator.helpdesk.HelpdeskSimulator;
import io.dragoman.simulator.helpdesk.Ticket;
import io.dragoman.simulator.helpdesk.TicketBuilder;
import io.dragoman.simulator.helpdesk.TicketChange;
import io.dragoman.simulator.helpdesk.TicketMail;
import io.dragoman.simulator.helpdesk.TicketMessage;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Freshdesk on this machine (https://developers.freshdesk.com/api): contacts, tickets and their conversations by its API.
 * Notes are private unless they say otherwise, and a reply is mailed. It has no webhooks of its own but what a rule of
 * automation posts, which proves nothing: here it is a ticket's number with a secret header. Thread-safe.
 */
public final class FreshdeskSimulator extends HelpdeskSimulator {
    private static final String KEY = "simulated-freshdesk-key";
    private static final String AGENT = "4300001";
    private static final Set<String> FIELDS = Set.of(
            "name",
            "email",
            "phone",
            "unique_external_id",
            "requester_id",
            "subject",
            "description",
            "status",
            "priority",
            "source",
            "type",
            "tags",
            "cc_emails",
            "custom_fields",
            "group_id",
            "responder_id",
            "company_id",
            "product_id");
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final ApiRoutes routes = new ApiRoutes();
    private final FreshdeskJson json = new FreshdeskJson(baseUrl());
    private final FreshdeskContacts contacts = new FreshdeskContacts(tickets(), json);

    /** On a port; 0 for any free one. */
    public FreshdeskSimulator(int port) {
        this(port, Clock.systemUTC());
    }

    /** With a clock that tells when things happen. */
    public FreshdeskSimulator(int port, Clock clock) {
        super(port, clock, List.of());
        String ticket = "/api/v2/tickets/{id}";
        routes.on("GET", "/api/v2/contacts", contacts::list)
                .on("POST", "/api/v2/contacts", contacts::create)
                .on("POST", "/api/v2/tickets", this::create)
                .on("GET", "/api/v2/tickets", this::list)
                .on("GET", ticket, call -> SimulatorResponse.json(200, json.whole(found(call, true))))
                .on("PUT", ticket, this::update)
                .on("GET", ticket + "/conversations", this::conversations)
                .on("POST", ticket + "/notes", call -> write(call, false))
                .on("POST", ticket + "/reply", call -> write(call, true))
                .on("GET", "/api/v2/agents/me", call -> SimulatorResponse.json(200, FreshdeskJson.agent(AGENT)))
                .on("GET", "/data/helpdesk/attachments/{file}", this::file);
        start();
    }

    @Override
    public String kind() {
        return "http";
    }

    @Override
    public Map<String, String> sorting() {
        return Map.of("teams", "billing=7", "assignees", "mara=9001");
    }

    @Override
    public Map<String, String> settings() {
        return Map.of("profile", "freshdesk", "baseUrl", baseUrl().toString(), "apiKey", KEY);
    }

    /** The header that a person typed into the rule. */
    @Override
    protected Map<String, String> signed(byte[] body) {
        return Map.of("X-Dragoman-Secret", "simulated-freshdesk-word");
    }

    @Override
    protected void happened(TicketChange change) {
        ObjectNode posted = JSON.objectNode();
        posted.putObject("freshdesk_webhook")
                .put("ticket_id", Long.parseLong(change.ticket().id()));
        announce("application/json", HmacSigner.utf8(posted.toString()), Map.of());
    }

    @Override
    protected String status(boolean closed) {
        return closed ? "5" : "2";
    }

    @Override
    public boolean isClosed(Ticket ticket) {
        return ticket.status().matches("[45]");
    }

    /** What was merged is closed, and keeps what was said. */
    @Override
    public void agentMerges(String ticket, String into) {
        agentCloses(ticket);
        agentNotes(ticket, "Mara", "This ticket is closed and merged into ticket " + into);
    }

    @Override
    protected SimulatorResponse tooMany() {
        return SimulatorResponse.json(
                429,
                Map.of("Retry-After", "1", "X-RateLimit-Total", "100", "X-RateLimit-Remaining", "0"),
                JSON.objectNode().put("message", "You have exceeded the limit of requests per minute"));
    }

    @Override
    protected SimulatorResponse answer(SimulatorRequest request) throws IOException {
        try {
            String pair = Base64.getEncoder().encodeToString(HmacSigner.utf8(KEY + ":X"));
            if (request.path().startsWith("/api/")
                    && !request.header("Authorization").equals("Basic " + pair)) {
                throw new ApiRefusal(
                        401,
                        JSON.objectNode()
                                .put("code", "invalid_credentials")
                                .put("message", "You have to be logged in to perform this action."));
            }
            return routes.answer(request).orElseGet(() -> SimulatorResponse.empty(404, Map.of()));
        } catch (ApiRefusal refusal) {
            return refusal.response();
        } catch (JsonProcessingException e) {
            return SimulatorResponse.json(
                    400,
                    JSON.objectNode()
                            .put("code", "invalid_json")
                            .put("message", "Request body has invalid json format"));
        }
    }

    private Ticket found(ApiCall call, boolean deletedToo) throws ApiRefusal {
        return tickets()
                .find(call.step("id"))
                .filter(ticket -> deletedToo || !ticket.deleted())
                .orElseThrow(() -> new ApiRefusal(SimulatorResponse.empty(404, Map.of())));
    }

    private String id() {
        return String.valueOf(ids().next());
    }

    private SimulatorResponse create(ApiCall call) throws IOException {
        FreshdeskBody body = FreshdeskBody.of(call, this::id);
        JsonNode fields = body.json();
        List<ObjectNode> errors = new ArrayList<>();
        fields.fieldNames().forEachRemaining(name -> {
            if (!FIELDS.contains(name)) {
                errors.add(FreshdeskJson.error(name, "Unexpected/invalid field in request", "invalid_field"));
            }
        });
        for (String name : List.of("subject", "description")) {
            if (fields.path(name).asText("").isBlank()) {
                errors.add(FreshdeskJson.error(name, "It should be a/an String", "missing_field"));
            }
        }
        FreshdeskJson.check(errors, fields, "status", 2, 7, true);
        FreshdeskJson.check(errors, fields, "priority", 1, 4, true);
        if (!errors.isEmpty()) {
            throw FreshdeskJson.invalid(400, errors);
        }
        HelpdeskCustomer contact = contacts.requester(fields);
        Ticket ticket = tickets()
                .open(TicketBuilder.builder(Ticket.from(
                                contact.id(),
                                fields.path("subject").asText(),
                                fields.path("status").asText(),
                                fields.path("priority").asText()))
                        .tags(list(fields.path("tags")))
                        .team(fields.path("group_id").asText(""))
                        .extra(Map.of("source", fields.path("source").asText("2")))
                        .build());
        TicketMessage first = tickets()
                .add(
                        ticket.id(),
                        message(contact, true, true, fields.path("description").asText(), body.files()));
        Ticket created = found(ticket.id());
        happened(new TicketChange(TicketChange.Kind.CREATED, created, first, true));
        return SimulatorResponse.json(201, json.whole(created));
    }

    private Ticket found(String id) {
        return tickets().find(id).orElseThrow();
    }

    private void known(List<ObjectNode> errors, JsonNode fields, String name, String setting) {
        JsonNode value = fields.path(name);
        if (!value.isMissingNode() && !(value.isIntegralNumber() && isKnown(setting, value.asText()))) {
            errors.add(FreshdeskJson.error(name, "There is no " + name + " matching the given value", "invalid_value"));
        }
    }

    private static List<String> list(JsonNode values) {
        List<String> list = new ArrayList<>();
        values.forEach(value -> list.add(value.asText()));
        return list;
    }

    private TicketMessage message(
            HelpdeskCustomer contact, boolean incoming, boolean visible, String html, List<HelpdeskFile> files) {
        return new TicketMessage(
                "",
                incoming ? TicketMessage.Author.CUSTOMER : TicketMessage.Author.AGENT,
                incoming ? contact.id() : AGENT,
                incoming ? contact.name() : "Gateway",
                visible,
                html,
                true,
                files,
                "",
                true,
                clock().instant());
    }

    private SimulatorResponse list(ApiCall call) throws ApiRefusal {
        UrlEncoded query = call.query();
        Instant since = Instant.EPOCH;
        try {
            since = query.has("updated_since") ? Instant.parse(query.get("updated_since")) : since;
        } catch (DateTimeParseException e) {
            throw FreshdeskJson.invalid(
                    400, List.of(FreshdeskJson.error("updated_since", "It should be a valid date", "invalid_date")));
        }
        int size = Math.min(100, number(query.get("per_page"), 30));
        Comparator<Ticket> order = query.get("order_by").equals("updated_at")
                ? Comparator.comparing(Ticket::updated)
                : Comparator.comparing(Ticket::created);
        ArrayNode list = JSON.arrayNode();
        tickets().updatedSince(since).stream()
                .filter(ticket -> !ticket.deleted())
                .filter(ticket ->
                        !query.has("requester_id") || ticket.customer().equals(query.get("requester_id")))
                .sorted(query.get("order_type").equals("asc") ? order : order.reversed())
                .skip((long) size * (number(query.get("page"), 1) - 1))
                .limit(size)
                .forEach(ticket -> list.add(json.ticket(ticket)));
        return SimulatorResponse.json(200, list);
    }

    private static int number(String text, int otherwise) {
        return text.matches("[1-9]\\d{0,4}") ? Integer.parseInt(text) : otherwise;
    }

    private SimulatorResponse update(ApiCall call) throws IOException {
        found(call, false);
        JsonNode fields = call.json();
        List<ObjectNode> errors = new ArrayList<>();
        FreshdeskJson.check(errors, fields, "status", 2, 7, false);
        FreshdeskJson.check(errors, fields, "priority", 1, 4, false);
        known(errors, fields, "group_id", "teams");
        known(errors, fields, "responder_id", "assignees");
        if (!errors.isEmpty()) {
            throw FreshdeskJson.invalid(400, errors);
        }
        Ticket changed = tickets().change(call.step("id"), ticket -> ticket.status(
                        fields.path("status").asText(ticket.status()))
                .priority(fields.path("priority").asText(ticket.priority()))
                .team(fields.path("group_id").asText(ticket.team()))
                .assignee(fields.path("responder_id").asText(ticket.assignee()))
                .tags(fields.has("tags") ? list(fields.path("tags")) : ticket.tags()));
        happened(new TicketChange(TicketChange.Kind.STATUS, changed, null, true));
        return SimulatorResponse.json(200, json.whole(changed));
    }

    private SimulatorResponse conversations(ApiCall call) throws ApiRefusal {
        Ticket ticket = found(call, true);
        int size = Math.min(100, number(call.query().get("per_page"), 30));
        ArrayNode list = JSON.arrayNode();
        ticket.messages().stream()
                .skip(1L + (long) size * (number(call.query().get("page"), 1) - 1))
                .limit(size)
                .forEach(message -> list.add(json.conversation(ticket, message)));
        return SimulatorResponse.json(200, list);
    }

    private SimulatorResponse write(ApiCall call, boolean reply) throws IOException {
        Ticket ticket = found(call, false);
        FreshdeskBody body = FreshdeskBody.of(call, this::id);
        String html = body.json().path("body").asText("");
        if (html.isBlank()) {
            throw FreshdeskJson.invalid(
                    400, List.of(FreshdeskJson.error("body", "It should be a/an String", "missing_field")));
        }
        String user = body.json().path("user_id").asText("");
        boolean incoming = !reply && body.json().path("incoming").asBoolean(false);
        HelpdeskCustomer contact = tickets()
                .customer(user.isEmpty() || !incoming ? ticket.customer() : user)
                .orElseThrow(() -> FreshdeskJson.invalid(
                        400, List.of(FreshdeskJson.error("user_id", "There is no user matching it", "invalid_value"))));
        boolean visible = reply || !body.json().path("private").asBoolean(true);
        TicketMessage written = tickets().add(ticket.id(), message(contact, incoming, visible, html, body.files()));
        if (reply) {
            tickets().mail(new TicketMail(ticket.id(), contact.email(), html, true));
        }
        happened(new TicketChange(TicketChange.Kind.WRITTEN, found(ticket.id()), written, true));
        return SimulatorResponse.json(201, json.conversation(ticket, written));
    }

    private SimulatorResponse file(ApiCall call) throws ApiRefusal {
        HelpdeskFile file = tickets()
                .file(call.step("file"))
                .orElseThrow(() -> new ApiRefusal(SimulatorResponse.empty(404, Map.of())));
        return new SimulatorResponse(200, file.mimeType(), Map.of(), file.bytes());
    }
}
