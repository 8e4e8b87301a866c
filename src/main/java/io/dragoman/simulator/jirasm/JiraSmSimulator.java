// SPDX-License-Identifier: Apache-2.0
package io.dragoman.simulator.jirasm;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dragoman.simulator.HmacSigner;
import io.dragoman.simulator.SimulatorRequest;
import io.dragoman.simulator.SimulatorResponse;
import io.dragoman.simulator.helpdesk.ApiRoutes;
import io.dragoman.simulator.helpdesk.HelpdeskSimulator;
import io.dragoman.simulator.helpdesk.Ticket;
import io.dragoman.simulator.helpdesk.TicketChange;
import io.dragoman.simulator.helpdesk.TicketMail;
import io.dragoman.simulator.helpdesk.TicketMessage;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Jira Service Management (https://developer.atlassian.com/cloud/jira/service-desk) on this machine: one service desk.
 * Its webhook tells of every comment, our own and internal ones too; whether a comment is public stands in it only
 * where it is told to. A public comment is mailed to the reporter. Thread-safe.
 */
public final class JiraSmSimulator extends HelpdeskSimulator {
    static final String API_USER = "5b10ac8d82e05b22cc7d4ef5";
    static final Map<String, String> TRANSITIONS =
            Map.of("11", "Waiting for support", "21", "Waiting for customer", "31", "Done");

    static final String AGENT = "5b10a2844c20165700ede21g";

    private static final String EMAIL = "dragoman@example.com";
    private static final String TOKEN = "simulated-jira-api-token";
    private static final String SECRET = "simulated-jira-webhook-secret";

    private final ApiRoutes routes = new ApiRoutes();
    private final JiraViews views;
    private volatile boolean visibility = true;

    /** On a port; 0 for any free one. */
    public JiraSmSimulator(int port) {
        this(port, Clock.systemUTC());
    }

    /** @param clock tells where its ids begin, and the time of whatever happens */
    public JiraSmSimulator(int port, Clock clock) {
        super(port, clock, List.of(Duration.ofMinutes(5), Duration.ofMinutes(10), Duration.ofMinutes(15)));
        views = new JiraViews(baseUrl());
        new JiraRequests(tickets(), views, () -> String.valueOf(ids().next()), this::happened).serve(routes);
        new JiraIssues(tickets(), views, this::happened).serve(routes);
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
        return Map.ofEntries(
                Map.entry("profile", "jira-sm"),
                Map.entry("email", EMAIL),
                Map.entry("apiToken", TOKEN),
                Map.entry("webhookSecret", SECRET),
                Map.entry("apiUser", API_USER),
                Map.entry("projectKey", JiraViews.PROJECT),
                Map.entry("serviceDeskId", JiraViews.DESK),
                Map.entry("requestTypeId", JiraViews.REQUEST_TYPE),
                Map.entry("closeTransition", "31"),
                Map.entry("reopenTransition", "11"),
                Map.entry("domain", "customers.example.com"),
                Map.entry("baseUrl", baseUrl().toString()));
    }

    /** Whether webhooks say of a comment that it is public: they do without this, but not each does. */
    public void visibilityInWebhooks(boolean told) {
        visibility = told;
    }

    @Override
    public Optional<Proof> proof() {
        return Proof.by("x-hub-signature");
    }

    @Override
    public void agentMerges(String ticket, String into) {
        throw new UnsupportedOperationException("a service desk merges no requests");
    }

    @Override
    protected String status(boolean closed) {
        return closed ? "Done" : "Waiting for support";
    }

    @Override
    protected Map<String, String> signed(byte[] body) {
        return Map.of("X-Hub-Signature", "sha256=" + HmacSigner.hex("HmacSHA256", HmacSigner.utf8(SECRET), body));
    }

    @Override
    protected SimulatorResponse answer(SimulatorRequest request) throws IOException {
        String pair = Base64.getEncoder().encodeToString(HmacSigner.utf8(EMAIL + ":" + TOKEN));
        if (!request.header("Authorization").equals("Basic " + pair)) {
            ObjectNode body = JsonNodeFactory.instance.objectNode().put("status-code", 401);
            return SimulatorResponse.json(
                    401, body.put("message", "Client must be authenticated to access this resource."));
        }
        try {
            return routes.answer(request).orElseGet(() -> JiraViews.platformError(404, "null for uri"));
        } catch (JsonProcessingException e) {
            return JiraViews.error(400, "The request body is no JSON");
        }
    }

    @Override
    protected SimulatorResponse tooMany() {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.putArray("errorMessages").add("Rate limit exceeded.");
        Map<String, String> headers =
                Map.of("Retry-After", "1", "X-RateLimit-Limit", "350", "X-RateLimit-Remaining", "0");
        return SimulatorResponse.json(429, headers, body);
    }

    @Override
    protected void happened(TicketChange change) {
        Ticket ticket = change.ticket();
        switch (change.kind()) {
            case CREATED -> tell("jira:issue_created", ticket, event("jira:issue_created"));
            case WRITTEN -> commented(ticket, change.written().orElseThrow());
            case STATUS -> updated(ticket, "status", ticket.status());
            case ASSIGNED -> updated(ticket, "assignee", ticket.assignee());
            case TAGGED -> updated(ticket, "labels", String.join(" ", ticket.tags()));
            case PRIORITISED -> updated(ticket, "priority", ticket.priority());
            case DELETED -> tell("jira:issue_deleted", ticket, event("jira:issue_deleted"));
            case EDITED, REMOVED, MOVED, MERGED -> {} // a service desk has neither teams nor merges
        }
    }

    private void commented(Ticket ticket, TicketMessage message) {
        if (message.visible()) {
            tickets()
                    .customer(ticket.customer())
                    .filter(reporter -> message.author() == TicketMessage.Author.AGENT)
                    .ifPresent(reporter -> tickets()
                            .mail(new TicketMail(ticket.id(), reporter.email(), message.text(), message.byApi())));
        }
        ObjectNode event = event("comment_created");
        ObjectNode comment = event.putObject("comment").put("id", message.id()).put("body", JiraViews.body(message));
        comment.put("created", JiraViews.time(message.at())).put("updated", JiraViews.time(message.at()));
        comment.set("author", JiraViews.author(message));
        comment.set("updateAuthor", JiraViews.author(message));
        if (visibility) {
            comment.put("jsdPublic", message.visible());
        }
        tell("comment_created", ticket, event);
    }

    private void updated(Ticket ticket, String field, String value) {
        ObjectNode event = event("jira:issue_updated");
        event.put("issue_event_type_name", "issue_updated");
        ObjectNode changelog = event.putObject("changelog").put("id", String.valueOf(ids().next()));
        changelog.putArray("items").addObject().put("field", field).put("toString", value);
        tell("jira:issue_updated", ticket, event);
    }

    private ObjectNode event(String type) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("timestamp", clock().millis())
                .put("webhookEvent", type);
    }

    private void tell(String type, Ticket ticket, ObjectNode event) {
        event.set("issue", views.issue(ticket));
        announce(
                "application/json",
                HmacSigner.utf8(event.toString()),
                Map.of("X-Atlassian-Webhook-Identifier", type + "-" + ids().next()));
    }
}
