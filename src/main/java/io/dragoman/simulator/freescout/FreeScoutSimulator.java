// SPDX-License-Identifier: Apache-2.0
package io.dragoman.simulator.freescout;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.dragoman.simulator.HmacSigner;
import io.dragoman.simulator.SimulatorRequest;
import io.dragoman.simulator.SimulatorResponse;
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
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * FreeScout on this machine with its module for API and webhooks (https://api-docs.freescout.net): conversations, threads,
 * customers and tags by its API, and signed webhooks that have the whole conversation, the newest thread first. A thread
 * of type {@code message} is mailed. Thread-safe.
 */
public final class FreeScoutSimulator extends HelpdeskSimulator {
    static final String AGENT = "12";

    static final int MAILBOX = 3;
    private static final String KEY = "simulated-freescout-key";
    private static final String SECRET = "simulated-freescout-webhook-secret";

    private final ApiRoutes routes = new ApiRoutes();
    private final FreeScoutJson json = new FreeScoutJson(tickets(), baseUrl());
    private final FreeScoutLists lists = new FreeScoutLists(tickets(), json);

    /** On a port; 0 for any free one. */
    public FreeScoutSimulator(int port) {
        this(port, Clock.systemUTC());
    }

    /** With a clock that tells when things happen. */
    public FreeScoutSimulator(int port, Clock clock) {
        super(port, clock, List.of(Duration.ofMinutes(1), Duration.ofMinutes(1), Duration.ofMinutes(1)));
        String conversation = "/api/conversations/{id}";
        routes.on("POST", "/api/conversations", this::create)
                .on("GET", "/api/conversations", lists::conversations)
                .on("GET", conversation, this::show)
                .on("PUT", conversation, this::update)
                .on("POST", conversation + "/threads", this::append)
                .on("PUT", conversation + "/tags", this::tag)
                .on("GET", "/api/customers", lists::customers)
                .on("GET", "/storage/attachment/{file}/{name}", this::file);
        start();
    }

    @Override
    public String kind() {
        return "http";
    }

    @Override
    public Map<String, String> sorting() {
        return Map.of("assignees", "mara=" + AGENT);
    }

    @Override
    public Map<String, String> settings() {
        return Map.of(
                "profile",
                "freescout",
                "baseUrl",
                baseUrl().toString(),
                "apiKey",
                KEY,
                "webhookSecret",
                SECRET,
                "mailboxId",
                String.valueOf(MAILBOX),
                "domain",
                "customers.example.com");
    }

    @Override
    public Optional<Proof> proof() {
        return Proof.by("x-freescout-signature");
    }

    @Override
    protected Map<String, String> signed(byte[] body) {
        return Map.of("X-FreeScout-Signature", HmacSigner.base64("HmacSHA1", HmacSigner.utf8(SECRET), body));
    }

    @Override
    protected void happened(TicketChange change) {
        TicketMessage written = change.message();
        String event =
                switch (change.kind()) {
                    case CREATED -> "convo.created";
                    case WRITTEN ->
                        written != null && written.author() == TicketMessage.Author.CUSTOMER
                                ? "convo.customer.reply.created"
                                : written != null && written.visible()
                                        ? "convo.agent.reply.created"
                                        : "convo.note.created";
                    case STATUS -> "convo.status";
                    case ASSIGNED -> "convo.assigned";
                    case MOVED -> "convo.moved";
                    case MERGED -> "convo.merged";
                    case DELETED -> "convo.deleted";
                    default -> "";
                };
        if (!event.isEmpty()) { // of tags nothing is told
            byte[] body =
                    HmacSigner.utf8(json.conversation(change.ticket(), true).toString());
            announce("application/json", body, Map.of("X-FreeScout-Event", event));
        }
    }

    @Override
    protected String status(boolean closed) {
        return closed ? "closed" : "active";
    }

    /** What was merged is gone. */
    @Override
    public void agentMerges(String ticket, String into) {
        super.agentMerges(ticket, into);
        tickets().change(ticket, merged -> merged.deleted(true));
    }

    @Override
    protected SimulatorResponse tooMany() {
        // of a proxy before it
        return new SimulatorResponse(429, "text/html", Map.of("Retry-After", "1"), new byte[0]);
    }

    @Override
    protected SimulatorResponse answer(SimulatorRequest request) throws IOException {
        try {
            if (request.path().startsWith("/api/")
                    && !request.header("X-FreeScout-API-Key").equals(KEY)) {
                throw FreeScoutJson.error(401, "Invalid API Key");
            }
            return routes.answer(request).orElseThrow(() -> FreeScoutJson.error(404, "Not Found"));
        } catch (ApiRefusal refusal) {
            return refusal.response();
        } catch (JsonProcessingException e) {
            return FreeScoutJson.invalid("", "The body is no JSON").response();
        }
    }

    private Ticket found(ApiCall call) throws ApiRefusal {
        return tickets()
                .find(call.step("id"))
                .filter(ticket -> !ticket.deleted())
                .orElseThrow(() -> FreeScoutJson.error(404, "Not Found"));
    }

    private SimulatorResponse create(ApiCall call) throws IOException {
        JsonNode body = call.json();
        for (String name : List.of("type", "mailboxId", "subject", "customer")) {
            if (!body.hasNonNull(name)) {
                throw FreeScoutJson.invalid(name, "The " + name + " is required");
            }
        }
        if (body.path("mailboxId").asInt() != MAILBOX) {
            throw FreeScoutJson.invalid("mailboxId", "The mailbox was not found");
        }
        if (body.path("threads").isEmpty()) {
            throw FreeScoutJson.invalid("threads", "At least one thread is required");
        }
        HelpdeskCustomer customer = customer(body.path("customer"));
        Ticket ticket = tickets()
                .open(TicketBuilder.builder(Ticket.from(
                                customer.id(),
                                body.path("subject").asText(),
                                body.path("status").asText("active"),
                                ""))
                        .tags(tags(body.path("tags")))
                        .extra(Map.of("type", body.path("type").asText()))
                        .build());
        TicketMessage first = null;
        for (JsonNode thread : body.path("threads")) {
            first = write(ticket, thread, body.path("imported").asBoolean());
        }
        Ticket created = tickets().find(ticket.id()).orElseThrow();
        happened(new TicketChange(TicketChange.Kind.CREATED, created, first, true));
        return SimulatorResponse.json(201, Map.of("Resource-ID", created.id()), json.conversation(created, true));
    }

    private HelpdeskCustomer customer(JsonNode given) throws ApiRefusal {
        String id = given.path("id").asText("");
        String email = given.path("email").asText("").toLowerCase(Locale.ROOT);
        if (id.isEmpty() && !email.matches("[^@\\s]+@[^@\\s]+")) {
            throw FreeScoutJson.invalid("customer", "The customer's id or a valid email is required");
        }
        Optional<HelpdeskCustomer> known = tickets()
                .customer(one ->
                        id.isEmpty() ? one.email().equals(email) : one.id().equals(id));
        return known.orElseGet(
                () -> tickets().add(HelpdeskCustomer.of(given.path("firstName").asText(""), email, "", "")));
    }

    private TicketMessage write(Ticket ticket, JsonNode thread, boolean imported) throws ApiRefusal {
        String type = thread.path("type").asText("");
        String text = thread.path("text").asText("");
        if (!type.matches("customer|message|note")) {
            throw FreeScoutJson.invalid("type", "The type of a thread is customer, message or note");
        }
        if (text.isBlank()) {
            throw FreeScoutJson.invalid("text", "The text is required");
        }
        if (!type.equals("customer") && thread.path("user").asText("").isEmpty()) {
            throw FreeScoutJson.invalid("user", "The user is required");
        }
        boolean customer = type.equals("customer");
        HelpdeskCustomer author = customer ? customer(thread.path("customer")) : null;
        TicketMessage written = tickets()
                .add(
                        ticket.id(),
                        new TicketMessage(
                                "",
                                customer ? TicketMessage.Author.CUSTOMER : TicketMessage.Author.AGENT,
                                author == null ? thread.path("user").asText() : author.id(),
                                author == null ? "Gateway" : author.name(),
                                !type.equals("note"),
                                text,
                                true,
                                files(thread.path("attachments")),
                                "",
                                true,
                                clock().instant()));
        if (type.equals("message") && !imported) {
            String to = tickets().customer(ticket.customer()).orElseThrow().email();
            tickets().mail(new TicketMail(ticket.id(), to, text, true));
        }
        return written;
    }

    private List<HelpdeskFile> files(JsonNode attachments) throws ApiRefusal {
        List<HelpdeskFile> files = new ArrayList<>();
        for (JsonNode file : attachments) {
            if (!file.hasNonNull("fileName") || !file.hasNonNull("mimeType")) {
                throw FreeScoutJson.invalid("attachments", "A file has a fileName, a mimeType and data or a fileUrl");
            }
            try {
                byte[] bytes = Base64.getDecoder().decode(file.path("data").asText(""));
                files.add(new HelpdeskFile(
                        String.valueOf(ids().next()),
                        file.path("fileName").asText(),
                        file.path("mimeType").asText(),
                        bytes));
            } catch (IllegalArgumentException e) {
                throw FreeScoutJson.invalid("attachments", "The data is no Base64");
            }
        }
        return files;
    }

    /** A customer's thread opens what was closed, unless the call says another status. */
    private SimulatorResponse append(ApiCall call) throws IOException {
        Ticket ticket = found(call);
        JsonNode body = call.json();
        TicketMessage written = write(ticket, body, body.path("imported").asBoolean());
        boolean customer = written.author() == TicketMessage.Author.CUSTOMER;
        String status = body.path("status").asText(customer ? "active" : ticket.status());
        Ticket changed = tickets().change(ticket.id(), builder -> builder.status(status));
        if (!status.equals(ticket.status())) {
            happened(new TicketChange(TicketChange.Kind.STATUS, changed, null, true));
        }
        happened(new TicketChange(TicketChange.Kind.WRITTEN, changed, written, true));
        return SimulatorResponse.json(201, Map.of("Resource-ID", written.id()), "{}");
    }

    private SimulatorResponse show(ApiCall call) throws ApiRefusal {
        return SimulatorResponse.json(200, json.conversation(found(call), true));
    }

    private SimulatorResponse update(ApiCall call) throws IOException {
        found(call);
        JsonNode body = call.json();
        String status = body.path("status").asText("active");
        if (!status.matches("active|pending|closed|spam")) {
            throw FreeScoutJson.invalid("status", "The status is active, pending, closed or spam");
        }
        String user = body.path("assignTo").asText(AGENT);
        if (!user.equals(AGENT)) {
            throw FreeScoutJson.invalid("assignTo", "The user was not found");
        }
        Ticket changed = tickets().change(call.step("id"), ticket -> ticket.status(
                        body.path("status").asText(ticket.status()))
                .assignee(body.path("assignTo").asText(ticket.assignee())));
        TicketChange.Kind kind = body.has("assignTo") ? TicketChange.Kind.ASSIGNED : TicketChange.Kind.STATUS;
        happened(new TicketChange(kind, changed, null, true));
        return SimulatorResponse.empty(204, Map.of());
    }

    /** The list takes the place of the old one. */
    private SimulatorResponse tag(ApiCall call) throws IOException {
        found(call);
        List<String> tags = tags(call.json().path("tags"));
        happened(new TicketChange(
                TicketChange.Kind.TAGGED, tickets().change(call.step("id"), ticket -> ticket.tags(tags)), null, true));
        return SimulatorResponse.empty(204, Map.of());
    }

    private static List<String> tags(JsonNode names) {
        List<String> tags = new ArrayList<>();
        names.forEach(name -> tags.add(name.asText()));
        return tags;
    }

    private SimulatorResponse file(ApiCall call) throws ApiRefusal {
        HelpdeskFile file = tickets().file(call.step("file")).orElseThrow(() -> FreeScoutJson.error(404, "Not Found"));
        return new SimulatorResponse(200, file.mimeType(), Map.of(), file.bytes());
    }
}
