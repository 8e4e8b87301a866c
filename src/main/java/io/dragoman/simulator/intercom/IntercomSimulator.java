// SPDX-License-Identifier: Apache-2.0
package io.dragoman.simulator.intercom;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dragoman.simulator.HmacSigner;
import io.dragoman.simulator.SimulatorRequest;
import io.dragoman.simulator.SimulatorResponse;
import io.dragoman.simulator.helpdesk.ApiCall;
import io.dragoman.simulator.helpdesk.ApiRoutes;
import io.dragoman.simulator.helpdesk.HelpdeskCustomer;
import io.dragoman.simulator.helpdesk.HelpdeskSimulator;
import io.dragoman.simulator.helpdesk.Ticket;
import io.dragoman.simulator.helpdesk.TicketChange;
import io.dragoman.simulator.helpdesk.TicketMail;
import io.dragoman.simulator.helpdesk.TicketMessage;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Intercom (https://developers.intercom.com, API 2.16) on this machine: one workspace with one app. It mails what a
 * teammate answers to a contact whose address it knows, and notifies of everything, what the API wrote included.
 * Thread-safe.
 */
public final class IntercomSimulator extends HelpdeskSimulator {
    static final String TEAM = "5017690";
    static final String AGENT = "5017691";

    private static final String TOKEN = "simulated-intercom-token";
    private static final String CLIENT_SECRET = "simulated-intercom-client-secret";
    private static final String OWN_ADMIN = "814860";
    private static final int LIMIT = 10_000;

    private final ApiRoutes routes = new ApiRoutes();
    private final IntercomAdmins admins = new IntercomAdmins(() -> String.valueOf(ids().next()));
    private final IntercomViews views;
    private final IntercomContacts contacts;
    private final IntercomWorkspace workspace;

    /** On a port; 0 for any free one. */
    public IntercomSimulator(int port) {
        this(port, Clock.systemUTC());
    }

    /** @param clock tells where its ids begin, and the time of whatever happens */
    public IntercomSimulator(int port, Clock clock) {
        super(port, clock, List.of(Duration.ofMinutes(1)));
        views = new IntercomViews(baseUrl(), this::agentId, admins::tagId);
        contacts = new IntercomContacts(tickets(), views, clock);
        workspace = new IntercomWorkspace(tickets(), views, admins);
        admins.add(OWN_ADMIN, "Dragoman");
        admins.add(AGENT, "Mara Marks");
        contacts.serve(routes);
        new IntercomConversations(tickets(), contacts, views, admins, this::happened).serve(routes);
        workspace.serve(routes);
        routes.on("GET", "/me", call -> SimulatorResponse.json(200, me())).on("POST", "/tags", this::tag);
        start();
    }

    @Override
    public String kind() {
        return "http";
    }

    @Override
    public Map<String, String> sorting() {
        return Map.of("teams", "billing=" + TEAM, "assignees", "mara=" + AGENT);
    }

    @Override
    public Map<String, String> settings() {
        return Map.of(
                "profile", "intercom",
                "accessToken", TOKEN,
                "clientSecret", CLIENT_SECRET,
                "adminId", OWN_ADMIN,
                "baseUrl", baseUrl().toString());
    }

    /** Takes a permission from the app, such as {@code read conversations} or {@code write users}. */
    public void without(String permission) {
        workspace.without(permission);
    }

    /** How long a search knows nothing of a new contact; a minute without. */
    public void searchLag(Duration lag) {
        contacts.lag(lag);
    }

    @Override
    public Optional<Proof> proof() {
        return Proof.by("x-hub-signature");
    }

    @Override
    protected String status(boolean closed) {
        return closed ? "closed" : "open";
    }

    @Override
    protected String agentId(String agent) {
        String id = super.agentId(agent);
        admins.add(id, agent);
        return id;
    }

    @Override
    protected Map<String, String> signed(byte[] body) {
        return Map.of("X-Hub-Signature", "sha1=" + HmacSigner.hex("HmacSHA1", HmacSigner.utf8(CLIENT_SECRET), body));
    }

    @Override
    protected SimulatorResponse answer(SimulatorRequest request) throws IOException {
        boolean open = request.path().startsWith("/attachments/"); // their addresses are secret and short-lived
        if (!open && !request.header("Authorization").equals("Bearer " + TOKEN)) {
            return error(401, "unauthorized", "Access Token Invalid");
        }
        Optional<SimulatorResponse> refusal = workspace.refusal(request);
        if (refusal.isPresent()) {
            return refusal.get();
        }
        try {
            return routes.answer(request)
                    .orElseGet(() -> error(404, "not_found", "The requested resource was not found"));
        } catch (JsonProcessingException e) {
            return error(400, "bad_request", "The body is no JSON");
        }
    }

    @Override
    protected SimulatorResponse tooMany() {
        ObjectNode body = errors("rate_limit_exceeded", "The rate limit for the App has been exceeded");
        Map<String, String> headers = Map.of(
                "X-RateLimit-Limit", String.valueOf(LIMIT),
                "X-RateLimit-Remaining", "0",
                "X-RateLimit-Reset", String.valueOf(clock().instant().getEpochSecond() + 1));
        return SimulatorResponse.json(429, headers, body);
    }

    private SimulatorResponse tag(ApiCall call) throws IOException {
        String name = call.json().path("name").asText("");
        if (name.isBlank()) {
            return error(400, "parameter_not_found", "name is required");
        }
        ObjectNode tag = JsonNodeFactory.instance.objectNode().put("type", "tag");
        return SimulatorResponse.json(200, tag.put("id", admins.tagId(name)).put("name", name));
    }

    private ObjectNode me() {
        ObjectNode me = admin(OWN_ADMIN);
        me.putObject("app")
                .put("type", "app")
                .put("id_code", "sim1mulated")
                .put("name", "Simulated Shop")
                .put("region", "EU");
        return me;
    }

    private ObjectNode admin(String id) {
        ObjectNode admin = JsonNodeFactory.instance.objectNode().put("type", "admin");
        return admin.put("id", id).put("name", admins.name(id)).put("email", "dragoman@example.com");
    }

    static SimulatorResponse notFound() {
        return error(404, "not_found", "Resource Not Found");
    }

    static SimulatorResponse error(int status, String code, String message) {
        return SimulatorResponse.json(status, errors(code, message));
    }

    private static ObjectNode errors(String code, String message) {
        ObjectNode body = JsonNodeFactory.instance.objectNode().put("type", "error.list");
        body.put("request_id", "00000000000000000000");
        body.putArray("errors").addObject().put("code", code).put("message", message);
        return body;
    }

    @Override
    protected void happened(TicketChange change) {
        Ticket ticket = change.ticket();
        TicketMessage message = change.message();
        HelpdeskCustomer customer = tickets().customer(ticket.customer()).orElseThrow();
        if (message != null
                && message.author() == TicketMessage.Author.AGENT
                && message.visible()
                && !customer.email().isEmpty()) {
            tickets().mail(new TicketMail(ticket.id(), customer.email(), message.text(), change.byApi()));
        }
        switch (change.kind()) {
            case CREATED -> announce("conversation.user.created", ticket, customer, List.of());
            case WRITTEN -> written(ticket, customer, change.written().orElseThrow());
            case STATUS -> {
                boolean closed = ticket.status().equals("closed");
                state(
                        closed ? "conversation.admin.closed" : "conversation.admin.opened",
                        closed ? "close" : "open",
                        ticket);
            }
            case ASSIGNED, MOVED -> state("conversation.admin.assigned", "assignment", ticket);
            case DELETED -> announce("conversation.deleted", ticket, customer, List.of());
            case TAGGED -> state("conversation_part.tag.created", "tag", ticket);
            case EDITED, REMOVED, PRIORITISED, MERGED -> {} // no topic of Intercom's tells of them
        }
    }

    private void written(Ticket ticket, HelpdeskCustomer customer, TicketMessage message) {
        String topic = message.author() == TicketMessage.Author.CUSTOMER
                ? "conversation.user.replied"
                : message.visible() ? "conversation.admin.replied" : "conversation.admin.noted";
        announce(topic, ticket, customer, List.of(views.part(message, message.visible() ? "comment" : "note")));
    }

    private void state(String topic, String type, Ticket ticket) {
        HelpdeskCustomer customer = tickets().customer(ticket.customer()).orElseThrow();
        ObjectNode part = views.part(admins.nextId(), type, clock().instant().getEpochSecond());
        part.set("author", admin(OWN_ADMIN));
        announce(topic, ticket, customer, List.of(part));
    }

    private void announce(String topic, Ticket ticket, HelpdeskCustomer customer, List<ObjectNode> parts) {
        long now = clock().instant().getEpochSecond();
        ObjectNode event = JsonNodeFactory.instance
                .objectNode()
                .put("type", "notification_event")
                .put("app_id", "simulated");
        ObjectNode data = event.putObject("data").put("type", "notification_event_data");
        data.set("item", views.conversation(ticket, customer, parts));
        event.putObject("links");
        event.put("id", "notif_" + admins.nextId()).put("topic", topic);
        event.put("delivery_status", "pending").put("delivery_attempts", 1).put("delivered_at", 0);
        event.put("first_sent_at", now).put("created_at", now).putNull("self");
        announce("application/json", HmacSigner.utf8(event.toString()), Map.of());
    }
}
