// SPDX-License-Identifier: Apache-2.0
package io.dragoman.simulator.zendesk;

import com.fasterxml.jackson.core.JsonProcessingException;
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
import io.dragoman.simulator.helpdesk.HelpdeskFile;
import io.dragoman.simulator.helpdesk.HelpdeskSimulator;
import io.dragoman.simulator.helpdesk.Ticket;
import io.dragoman.simulator.helpdesk.TicketChange;
import io.dragoman.simulator.helpdesk.TicketMessage;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * Zendesk Support on this machine (https://developer.zendesk.com): users, tickets, comments, uploads and tags by its API,
 * and signed events of tickets, each posted once. A closed ticket can no longer be changed; an agent's public comment is
 * mailed; the search index lags by minutes, the incremental export by one. Thread-safe.
 */
public final class ZendeskSimulator extends HelpdeskSimulator {
    /** The user whose token it is, an agent. */
    static final String AGENT = "360001";

    static final String TEAM = "360001";
    static final String ASSIGNEE = "9001";

    private static final String EMAIL = "gateway@shop.example";
    private static final String TOKEN = "simulated-zendesk-token";
    private static final String SECRET = "simulated-zendesk-signing-secret";
    private static final String ME = "{\"user\":{\"id\":" + AGENT + ",\"role\":\"agent\"}}";
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final ApiRoutes routes = new ApiRoutes();
    private final ZendeskJson json = new ZendeskJson(baseUrl());
    private final ZendeskUsers users = new ZendeskUsers(tickets(), json);
    private final ZendeskLists lists = new ZendeskLists(tickets(), json, clock());
    private final ZendeskWriter writer;
    private final ZendeskRules rules = new ZendeskRules();

    /** On a port; 0 for any free one. */
    public ZendeskSimulator(int port) {
        this(port, Clock.systemUTC());
    }

    /** With a clock that tells when things happen. */
    public ZendeskSimulator(int port, Clock clock) {
        super(port, clock, List.of());
        writer = new ZendeskWriter(tickets(), json, users, clock, () -> String.valueOf(ids().next()));
        rules.serve(routes);
        String ticket = "/api/v2/tickets/{id}";
        routes.on("POST", "/api/v2/users/create_or_update", users::createOrUpdate)
                .on("GET", "/api/v2/users/search", users::search)
                .on("GET", "/api/v2/users/me", call -> SimulatorResponse.json(200, ME))
                .on("GET", "/api/v2/users/{id}", users::one)
                .on("POST", "/api/v2/tickets", this::create)
                .on("GET", "/api/v2/tickets", lists::byExternalId)
                .on("GET", "/api/v2/search", lists::search)
                .on("GET", "/api/v2/incremental/tickets/cursor", lists::incremental)
                .on("GET", ticket, this::show)
                .on("PUT", ticket, this::update)
                .on("GET", ticket + "/comments", this::comments)
                .on("PUT", ticket + "/tags", this::tag)
                .on("POST", "/api/v2/uploads", writer::upload)
                .on("GET", "/attachments/token/{file}/", this::file);
        start();
    }

    @Override
    public String kind() {
        return "http";
    }

    @Override
    public Map<String, String> sorting() {
        return Map.of("teams", "billing=" + TEAM, "assignees", "mara=" + ASSIGNEE);
    }

    @Override
    public Map<String, String> settings() {
        return Map.of(
                "profile", "zendesk",
                "baseUrl", baseUrl().toString(),
                "email", EMAIL,
                "token", TOKEN,
                "webhookSecret", SECRET);
    }

    /** An administrator adds a trigger, or an automation, that mails the requester; changed as is wanted. */
    public void mailsRequesters(boolean automation, String title, Consumer<ObjectNode> change) {
        rules.mailsRequesters(automation, title, change);
    }

    @Override
    public Optional<Proof> proof() {
        return Proof.by("x-zendesk-webhook-signature", "x-zendesk-webhook-signature-timestamp");
    }

    @Override
    protected Map<String, String> signed(byte[] body) {
        String time = ZendeskJson.time(clock().instant());
        String signature = HmacSigner.base64("HmacSHA256", HmacSigner.utf8(SECRET), HmacSigner.utf8(time), body);
        return Map.of("X-Zendesk-Webhook-Signature", signature, "X-Zendesk-Webhook-Signature-Timestamp", time);
    }

    @Override
    protected void happened(TicketChange change) {
        Ticket ticket = change.ticket();
        ObjectNode event = JSON.objectNode();
        String type =
                switch (change.kind()) {
                    case CREATED -> "created";
                    case WRITTEN, EDITED, REMOVED -> {
                        event.set("comment", ZendeskJson.told(change.written().orElseThrow()));
                        yield "comment_added";
                    }
                    case STATUS -> "status_changed";
                    case ASSIGNED -> "agent_assignment_changed";
                    case MOVED -> "group_assignment_changed";
                    case TAGGED -> "tags_changed";
                    case PRIORITISED -> "priority_changed";
                    case MERGED -> {
                        event.put("target_ticket_id", ticket.mergedInto());
                        yield "merged";
                    }
                    case DELETED -> "soft_deleted";
                };
        tell(ticket, type, event);
    }

    private void tell(Ticket ticket, String type, ObjectNode event) {
        ObjectNode told = JSON.objectNode();
        told.put("account_id", 1).put("id", UUID.randomUUID().toString());
        told.put("subject", "zen:ticket:" + ticket.id())
                .put("time", clock().instant().toString());
        told.put("type", "zen:event-type:ticket." + type).put("zendesk_event_version", "2022-11-06");
        told.set("detail", json.detail(ticket));
        told.set("event", event);
        announce("application/json; charset=utf-8", HmacSigner.utf8(told.toString()), Map.of());
    }

    @Override
    protected String status(boolean closed) {
        return closed ? "solved" : "open";
    }

    @Override
    public boolean isClosed(Ticket ticket) {
        return ticket.status().matches("solved|closed");
    }

    /** Some days after it was solved, a rule closes a ticket for good. */
    public void closesForGood(String ticket) {
        Ticket closed = tickets().change(ticket, changed -> changed.status("closed"));
        happened(new TicketChange(TicketChange.Kind.STATUS, closed, null, false));
    }

    /** What was merged is closed for good, has a tag that says so, and keeps its comments. */
    @Override
    public void agentMerges(String ticket, String into) {
        Set<String> tags =
                new LinkedHashSet<>(tickets().find(ticket).orElseThrow().tags());
        tags.add("closed_by_merge");
        Ticket merged = tickets().change(ticket, changed -> changed.status("closed")
                .mergedInto(into)
                .tags(List.copyOf(tags)));
        happened(new TicketChange(TicketChange.Kind.MERGED, merged, null, false));
        agentNotes(into, "Mara", "Request #" + ticket + " was closed and merged into this request.");
    }

    @Override
    protected SimulatorResponse tooMany() {
        return SimulatorResponse.json(
                429,
                Map.of(
                        "Retry-After",
                        "1",
                        "X-Rate-Limit",
                        "400",
                        "X-Rate-Limit-Remaining",
                        "0",
                        "ratelimit-reset",
                        "1"),
                ZendeskJson.error("APIRateLimitExceeded", "Number of allowed API requests per minute exceeded"));
    }

    @Override
    protected SimulatorResponse answer(SimulatorRequest request) throws IOException {
        try {
            if (!request.path().startsWith("/attachments/")) {
                String pair = Base64.getEncoder().encodeToString(HmacSigner.utf8(EMAIL + "/token:" + TOKEN));
                if (!request.header("Authorization").equals("Basic " + pair)) {
                    throw new ApiRefusal(401, JSON.objectNode().put("error", "Couldn't authenticate you"));
                }
            }
            return routes.answer(withoutEnding(request))
                    .orElseThrow(() -> new ApiRefusal(404, ZendeskJson.error("InvalidEndpoint", "Not found")));
        } catch (ApiRefusal refusal) {
            return refusal.response();
        } catch (JsonProcessingException e) {
            return SimulatorResponse.json(
                    400, ZendeskJson.error("Unprocessable Entity", "Server could not parse JSON"));
        }
    }

    /** Each path may end with {@code .json}. */
    private static SimulatorRequest withoutEnding(SimulatorRequest request) {
        String uri = request.uri().toString().replaceFirst("\\.json(?=\\?|$)", "");
        return new SimulatorRequest(request.method(), java.net.URI.create(uri), request.headers(), request.body());
    }

    private Ticket found(ApiCall call) throws ApiRefusal {
        return tickets()
                .find(call.step("id"))
                .filter(ticket -> !ticket.deleted())
                .orElseThrow(() -> new ApiRefusal(404, ZendeskJson.error("RecordNotFound", "Not found")));
    }

    private SimulatorResponse create(ApiCall call) throws IOException {
        ZendeskWriter.Done done = writer.create(call);
        if (!done.repeated()) {
            happened(new TicketChange(TicketChange.Kind.CREATED, done.ticket(), null, true));
            happened(new TicketChange(TicketChange.Kind.WRITTEN, done.ticket(), done.comment(), true));
        }
        return done.response();
    }

    private SimulatorResponse update(ApiCall call) throws IOException {
        ZendeskWriter.Done done = writer.update(found(call), call);
        TicketMessage comment = done.comment();
        happened(new TicketChange(
                comment == null ? TicketChange.Kind.STATUS : TicketChange.Kind.WRITTEN, done.ticket(), comment, true));
        return done.response();
    }

    private SimulatorResponse show(ApiCall call) throws ApiRefusal {
        ObjectNode answer = JSON.objectNode();
        answer.set("ticket", json.ticket(found(call)));
        return SimulatorResponse.json(200, answer);
    }

    private SimulatorResponse comments(ApiCall call) throws ApiRefusal {
        UrlEncoded query = call.query();
        List<TicketMessage> all = new ArrayList<>(found(call).messages());
        if (query.get("sort_order").equals("desc") || query.get("sort").equals("-created_at")) {
            java.util.Collections.reverse(all);
        }
        ObjectNode answer = JSON.objectNode();
        ArrayNode comments = answer.putArray("comments");
        int page = query.get("page").matches("[1-9]\\d{0,3}") ? Integer.parseInt(query.get("page")) : 1;
        all.stream().skip(100L * (page - 1)).limit(100).forEach(comment -> comments.add(json.comment(comment)));
        if (query.get("include").contains("users")) {
            ArrayNode authors = answer.putArray("users");
            Map<String, String> names = new HashMap<>();
            all.forEach(comment -> names.put(
                    comment.authorId(), comment.author() == TicketMessage.Author.AGENT ? comment.authorName() : "-"));
            names.forEach((id, name) -> authors.addObject()
                    .put("id", Long.parseLong(id))
                    .put("name", name)
                    .put("role", name.equals("-") ? "end-user" : "agent"));
        }
        boolean more = all.size() > 100 * page;
        String next = baseUrl() + "/api/v2/tickets/" + call.step("id") + "/comments.json?page=" + (page + 1);
        return SimulatorResponse.json(200, answer.put("count", all.size()).put("next_page", more ? next : null));
    }

    private SimulatorResponse tag(ApiCall call) throws IOException {
        Set<String> tags = new LinkedHashSet<>(found(call).tags());
        call.json().path("tags").forEach(tag -> tags.add(tag.asText()));
        Ticket changed = tickets().change(call.step("id"), ticket -> ticket.tags(List.copyOf(tags)));
        happened(new TicketChange(TicketChange.Kind.TAGGED, changed, null, true));
        ObjectNode answer = JSON.objectNode();
        ArrayNode list = answer.putArray("tags");
        tags.forEach(list::add);
        return SimulatorResponse.json(200, answer);
    }

    private SimulatorResponse file(ApiCall call) throws ApiRefusal {
        HelpdeskFile file = tickets()
                .file(call.step("file"))
                .orElseThrow(() -> new ApiRefusal(404, ZendeskJson.error("RecordNotFound", "Not found")));
        return new SimulatorResponse(200, file.mimeType(), Map.of(), file.bytes());
    }
}
