// SPDX-License-Identifier: Apache-2.0
package io.dragoman.simulator.chatwoot;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dragoman.simulator.HmacSigner;
import io.dragoman.simulator.MultipartReader;
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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Chatwoot on this machine (https://developers.chatwoot.com) with one account and one inbox of the API: contacts,
 * conversations, messages, labels and assignments. Its account's webhook is signed and posted once, whatever is answered.
 * What the API writes as outgoing is counted as mailed where the contact has an address, as email continuity does.
 * Thread-safe.
 */
public final class ChatwootSimulator extends HelpdeskSimulator {
    static final int ACCOUNT = 1;
    static final int INBOX = 2;
    private static final String TOKEN = "simulated-chatwoot-token";
    private static final String SECRET = "simulated-chatwoot-secret";
    private static final String ROOT = "/api/v1/accounts/{account}";
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final ApiRoutes routes = new ApiRoutes();
    private final ChatwootJson json = new ChatwootJson(tickets(), baseUrl());
    private final ChatwootLists lists = new ChatwootLists(tickets(), json);
    private final ChatwootContacts contacts = new ChatwootContacts(tickets(), json);

    /** On a port; 0 for any free one. */
    public ChatwootSimulator(int port) {
        this(port, Clock.systemUTC());
    }

    /** With a clock that tells when things happen. */
    public ChatwootSimulator(int port, Clock clock) {
        super(port, clock, List.of());
        String conversation = ROOT + "/conversations/{id}";
        routes.on("GET", ROOT + "/contacts/search", contacts::search)
                .on("POST", ROOT + "/contacts", contacts::create)
                .on("GET", ROOT + "/contacts/{contact}/conversations", lists::ofContact)
                .on("GET", ROOT + "/conversations", lists::all)
                .on("POST", ROOT + "/conversations", this::create)
                .on("GET", conversation, call -> SimulatorResponse.json(200, json.conversation(found(call))))
                .on("GET", conversation + "/messages", this::messages)
                .on("POST", conversation + "/messages", this::write)
                .on("POST", conversation + "/toggle_status", this::toggle)
                .on("POST", conversation + "/toggle_priority", this::prioritise)
                .on("POST", conversation + "/labels", this::label)
                .on("POST", conversation + "/assignments", this::assign)
                .on("GET", "/rails/active_storage/blobs/redirect/{file}/{name}", this::file);
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
        return Map.of(
                "profile",
                "chatwoot",
                "baseUrl",
                baseUrl().toString(),
                "token",
                TOKEN,
                "webhookSecret",
                SECRET,
                "accountId",
                String.valueOf(ACCOUNT),
                "inboxId",
                String.valueOf(INBOX));
    }

    @Override
    public Optional<Proof> proof() {
        return Proof.by("x-chatwoot-signature", "x-chatwoot-timestamp");
    }

    @Override
    protected Map<String, String> signed(byte[] body) {
        String time = String.valueOf(clock().instant().getEpochSecond());
        String signature = HmacSigner.hex("HmacSHA256", HmacSigner.utf8(SECRET), HmacSigner.utf8(time + "."), body);
        return Map.of("X-Chatwoot-Signature", "sha256=" + signature, "X-Chatwoot-Timestamp", time);
    }

    @Override
    protected void happened(TicketChange change) {
        ObjectNode event =
                switch (change.kind()) {
                    case CREATED -> json.conversation(change.ticket()).put("event", "conversation_created");
                    case WRITTEN, EDITED, REMOVED -> told(change);
                    case STATUS -> json.conversation(change.ticket()).put("event", "conversation_status_changed");
                    default -> json.conversation(change.ticket()).put("event", "conversation_updated");
                };
        Map<String, String> headers =
                Map.of("X-Chatwoot-Delivery", UUID.randomUUID().toString());
        announce("application/json", HmacSigner.utf8(event.toString()), headers);
    }

    private ObjectNode told(TicketChange change) {
        TicketMessage message = change.written().orElseThrow();
        boolean created = change.kind() == TicketChange.Kind.WRITTEN;
        ObjectNode event = json.told(change.ticket(), message);
        if (change.kind() == TicketChange.Kind.REMOVED) {
            event.putObject("content_attributes").put("deleted", true);
        }
        return event.put("event", created ? "message_created" : "message_updated");
    }

    @Override
    protected String status(boolean closed) {
        return closed ? "resolved" : "open";
    }

    @Override
    public void agentMerges(String ticket, String into) {
        throw new UnsupportedOperationException("Chatwoot merges contacts, not conversations");
    }

    @Override
    protected SimulatorResponse tooMany() {
        return new SimulatorResponse(429, "text/plain", Map.of("Retry-After", "1"), HmacSigner.utf8("Retry later\n"));
    }

    @Override
    protected SimulatorResponse answer(SimulatorRequest request) throws IOException {
        try {
            if (request.path().startsWith("/api/")) {
                String token = request.header("api_access_token") + request.header("Api-Access-Token"); // one to Rack
                if (!token.equals(TOKEN)) {
                    throw new ApiRefusal(
                            401,
                            token.isEmpty()
                                    ? "{\"errors\":[\"You need to sign in or sign up before continuing.\"]}"
                                    : "{\"error\":\"Invalid Access Token\"}");
                }
                if (!request.path().startsWith("/api/v1/accounts/" + ACCOUNT + "/")) {
                    throw error(401, "You are not authorized to access this account");
                }
            }
            return routes.answer(request).orElseThrow(() -> error(404, "Resource could not be found"));
        } catch (ApiRefusal refusal) {
            return refusal.response();
        } catch (JsonProcessingException e) {
            return error(400, "There was a problem in the JSON you submitted").response();
        }
    }

    static ApiRefusal error(int status, String why) {
        return new ApiRefusal(status, JSON.objectNode().put("error", why));
    }

    private Ticket found(ApiCall call) throws ApiRefusal {
        return tickets()
                .find(call.step("id"))
                .filter(ticket -> !ticket.deleted())
                .orElseThrow(() -> error(404, "Resource could not be found"));
    }

    private SimulatorResponse create(ApiCall call) throws IOException {
        JsonNode body = call.json();
        String source = body.path("source_id").asText();
        String contact = body.path("contact_id").asText();
        HelpdeskCustomer customer = tickets()
                .customer(one -> one.id().equals(contact)
                        || (!source.isEmpty() && one.extra("source_id").equals(source)))
                .orElseThrow(() -> error(404, "Resource could not be found"));
        if (body.path("inbox_id").asInt(INBOX) != INBOX) {
            throw error(404, "Resource could not be found");
        }
        Map<String, String> attributes = new HashMap<>();
        body.path("custom_attributes")
                .properties()
                .forEach(one -> attributes.put(one.getKey(), one.getValue().asText()));
        Ticket draft =
                Ticket.from(customer.id(), customer.name(), body.path("status").asText("open"), "");
        Ticket ticket =
                tickets().open(TicketBuilder.builder(draft).extra(attributes).build());
        happened(new TicketChange(TicketChange.Kind.CREATED, ticket, null, true));
        return SimulatorResponse.json(200, json.conversation(ticket));
    }

    /** The newest twenty, or twenty before one, or a hundred after one; each the oldest first. */
    private SimulatorResponse messages(ApiCall call) throws ApiRefusal {
        Ticket ticket = found(call);
        String after = call.query().get("after");
        String before = call.query().get("before");
        List<TicketMessage> all = ticket.messages().stream()
                .filter(message -> after.isEmpty() || Long.parseLong(message.id()) >= Long.parseLong(after))
                .filter(message -> before.isEmpty() || Long.parseLong(message.id()) < Long.parseLong(before))
                .toList();
        List<TicketMessage> page = after.isEmpty()
                ? all.subList(Math.max(0, all.size() - 20), all.size())
                : all.subList(0, Math.min(100, all.size()));
        ObjectNode answer = JSON.objectNode();
        answer.putObject("meta");
        ArrayNode payload = answer.putArray("payload");
        page.forEach(message -> payload.add(json.message(ticket, message)));
        return SimulatorResponse.json(200, answer);
    }

    private SimulatorResponse write(ApiCall call) throws IOException {
        Ticket ticket = found(call);
        boolean form = call.request().header("Content-Type").startsWith("multipart/");
        JsonNode body = form ? JSON.objectNode() : call.json();
        String content = form ? call.part("content") : body.path("content").asText("");
        String type =
                form ? call.part("message_type") : body.path("message_type").asText("outgoing");
        boolean hidden = form
                ? call.part("private").equals("true")
                : body.path("private").asBoolean();
        String source = form ? call.part("source_id") : body.path("source_id").asText("");
        if (!type.matches("incoming|outgoing|")) {
            throw error(422, "'" + type + "' is not a valid message_type");
        }
        if (content.length() > 150_000) {
            throw error(422, "Validation failed: Content is too long (maximum is 150000 characters)");
        }
        List<HelpdeskFile> files = new ArrayList<>();
        for (MultipartReader.Part part : call.parts()) {
            if (part.name().equals("attachments[]")) {
                files.add(new HelpdeskFile(String.valueOf(ids().next()), part.fileName(), part.type(), part.content()));
            }
        }
        boolean incoming = type.equals("incoming");
        HelpdeskCustomer contact = tickets().customer(ticket.customer()).orElseThrow();
        TicketMessage written = tickets()
                .add(
                        ticket.id(),
                        new TicketMessage(
                                "",
                                incoming ? TicketMessage.Author.CUSTOMER : TicketMessage.Author.AGENT,
                                incoming ? contact.id() : "3",
                                incoming ? contact.name() : "Bot",
                                !hidden,
                                content,
                                false,
                                files,
                                source,
                                true,
                                clock().instant()));
        if (!incoming && !hidden && !contact.email().isEmpty()) {
            tickets().mail(new TicketMail(ticket.id(), contact.email(), content, true));
        }
        boolean reopens = incoming && ticket.status().matches("resolved|snoozed");
        if (reopens) {
            happened(new TicketChange(
                    TicketChange.Kind.STATUS,
                    tickets().change(ticket.id(), opened -> opened.status("open")),
                    null,
                    true));
        }
        happened(new TicketChange(TicketChange.Kind.WRITTEN, found(call), written, true));
        return SimulatorResponse.json(200, json.message(ticket, written));
    }

    private SimulatorResponse toggle(ApiCall call) throws IOException {
        found(call);
        String status = call.json().path("status").asText();
        if (!status.matches("open|resolved|pending|snoozed")) {
            throw error(422, "'" + status + "' is not a valid status");
        }
        Ticket changed = tickets().change(call.step("id"), ticket -> ticket.status(status));
        happened(new TicketChange(TicketChange.Kind.STATUS, changed, null, true));
        ObjectNode answer = JSON.objectNode();
        answer.putObject("meta");
        answer.putObject("payload")
                .put("success", true)
                .put("current_status", status)
                .put("conversation_id", Long.parseLong(changed.id()));
        return SimulatorResponse.json(200, answer);
    }

    private SimulatorResponse prioritise(ApiCall call) throws IOException {
        found(call);
        String priority = call.json().path("priority").asText("");
        if (!priority.matches("low|medium|high|urgent|")) {
            throw error(422, "'" + priority + "' is not a valid priority");
        }
        Ticket changed = tickets().change(call.step("id"), ticket -> ticket.priority(priority));
        happened(new TicketChange(TicketChange.Kind.PRIORITISED, changed, null, true));
        return SimulatorResponse.empty(200, Map.of());
    }

    /** The list takes the place of the old one. */
    private SimulatorResponse label(ApiCall call) throws IOException {
        found(call);
        List<String> labels = new ArrayList<>();
        call.json().path("labels").forEach(label -> labels.add(label.asText()));
        Ticket changed = tickets().change(call.step("id"), ticket -> ticket.tags(labels));
        happened(new TicketChange(TicketChange.Kind.TAGGED, changed, null, true));
        ObjectNode answer = JSON.objectNode();
        ArrayNode payload = answer.putArray("payload");
        labels.forEach(payload::add);
        return SimulatorResponse.json(200, answer);
    }

    private SimulatorResponse assign(ApiCall call) throws IOException {
        found(call);
        JsonNode body = call.json();
        JsonNode team = body.path("team_id");
        JsonNode agent = body.path("assignee_id");
        if ((!team.isMissingNode() && !isKnown("teams", team.asText()))
                || (!agent.isMissingNode() && !isKnown("assignees", agent.asText()))) {
            throw error(404, "Resource could not be found");
        }
        Ticket changed = tickets().change(call.step("id"), ticket -> ticket.assignee(
                        body.path("assignee_id").asText(ticket.assignee()))
                .team(body.path("team_id").asText(ticket.team())));
        happened(new TicketChange(TicketChange.Kind.ASSIGNED, changed, null, true));
        return SimulatorResponse.json(200, JSON.objectNode().put("id", 3));
    }

    private SimulatorResponse file(ApiCall call) throws ApiRefusal {
        HelpdeskFile file =
                tickets().file(call.step("file")).orElseThrow(() -> error(404, "Resource could not be found"));
        return new SimulatorResponse(200, file.mimeType(), Map.of(), file.bytes());
    }
}
