// SPDX-License-Identifier: Apache-2.0
package io.dragoman.simulator.zammad;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dragoman.simulator.HmacSigner;
import io.dragoman.simulator.SimulatorRequest;
import io.dragoman.simulator.SimulatorResponse;
import io.dragoman.simulator.helpdesk.ApiCall;
import io.dragoman.simulator.helpdesk.ApiRoutes;
import io.dragoman.simulator.helpdesk.HelpdeskCustomer;
import io.dragoman.simulator.helpdesk.HelpdeskFile;
import io.dragoman.simulator.helpdesk.HelpdeskSimulator;
import io.dragoman.simulator.helpdesk.Ticket;
import io.dragoman.simulator.helpdesk.TicketBuilder;
import io.dragoman.simulator.helpdesk.TicketChange;
import io.dragoman.simulator.helpdesk.TicketMessage;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Zammad on this machine (https://docs.zammad.org): tickets, articles, users and tags by its API, in the name of its
 * token's agent or of a customer by the {@code From} header. A trigger posts each change, signed, and tries again four
 * times. An article of an agent and of type {@code email} is counted as mailed. Thread-safe.
 */
public final class ZammadSimulator extends HelpdeskSimulator {
    private static final String TOKEN = "simulated-zammad-token";
    private static final String WEBHOOK_TOKEN = "simulated-zammad-webhook-token";
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final ApiRoutes routes = new ApiRoutes();
    private final ZammadJson json = new ZammadJson(tickets(), baseUrl());
    private final ZammadArticles articles = new ZammadArticles(tickets(), () -> String.valueOf(ids().next()));
    private final ZammadSearch search = new ZammadSearch(tickets(), json);
    private final ZammadHistory history = new ZammadHistory();

    /** On a port; 0 for any free one. */
    public ZammadSimulator(int port) {
        this(port, Clock.systemUTC());
    }

    /** With a clock that tells when things happen. */
    public ZammadSimulator(int port, Clock clock) {
        super(
                port,
                clock,
                List.of(
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(20),
                        Duration.ofSeconds(30),
                        Duration.ofSeconds(40)));
        routes.on("GET", "/api/v1/tickets", search::list)
                .on("GET", "/api/v1/tickets/search", search::tickets)
                .on("GET", "/api/v1/users/search", search::users)
                .on("POST", "/api/v1/tickets", this::create)
                .on("GET", "/api/v1/tickets/{id}", call -> SimulatorResponse.json(200, json.ticket(found(call))))
                .on("PUT", "/api/v1/tickets/{id}", this::update)
                .on("POST", "/api/v1/ticket_articles", this::append)
                .on("GET", "/api/v1/ticket_articles/by_ticket/{id}", this::list)
                .on("GET", "/api/v1/ticket_history/{id}", call -> SimulatorResponse.json(200, history.of(found(call))))
                .on("GET", "/api/v1/ticket_attachment/{id}/{article}/{file}", this::file)
                .on("GET", "/api/v1/users/me", call -> SimulatorResponse.json(200, "{\"id\":3,\"login\":\"bot\"}"))
                .on("POST", "/api/v1/users", this::user)
                .on("PUT", "/api/v1/users/{id}", this::changeUser)
                .on("POST", "/api/v1/tags/add", call -> tag(call, true))
                .on("DELETE", "/api/v1/tags/remove", call -> tag(call, false))
                .on("GET", "/api/v1/tags", this::tags);
        start();
    }

    @Override
    public String kind() {
        return "http";
    }

    @Override
    public Map<String, String> sorting() {
        return Map.of("teams", "billing=Billing", "assignees", "mara=mara@example.com");
    }

    @Override
    public Map<String, String> settings() {
        return Map.of(
                "profile",
                "zammad",
                "baseUrl",
                baseUrl().toString(),
                "token",
                TOKEN,
                "webhookToken",
                WEBHOOK_TOKEN,
                "domain",
                "customers.example.com");
    }

    @Override
    public Optional<Proof> proof() {
        return Proof.by("x-hub-signature");
    }

    @Override
    protected Map<String, String> signed(byte[] body) {
        return Map.of("X-Hub-Signature", "sha1=" + HmacSigner.hex("HmacSHA1", HmacSigner.utf8(WEBHOOK_TOKEN), body));
    }

    @Override
    protected void happened(TicketChange change) {
        if (change.kind() != TicketChange.Kind.DELETED) { // the job is discarded when its ticket is gone
            Map<String, String> headers = Map.of(
                    "X-Zammad-Trigger",
                    "to the gateway",
                    "X-Zammad-Delivery",
                    UUID.randomUUID().toString());
            announce(
                    "application/json; charset=utf-8",
                    HmacSigner.utf8(json.payload(change).toString()),
                    headers);
        }
    }

    @Override
    protected String status(boolean closed) {
        return closed ? "closed" : "open";
    }

    @Override
    public String agentReplies(String ticket, String agent, String text, HelpdeskFile... files) {
        if (tickets().find(ticket).orElseThrow().status().equals("new")) {
            tickets().change(ticket, answered -> answered.status("open"));
        }
        return super.agentReplies(ticket, agent, text, files);
    }

    /** Articles go over but for a public note of its own; the state of what was merged is one of its own. */
    @Override
    public void agentMerges(String ticket, String into) {
        history.merged(tickets().find(ticket).orElseThrow(), into);
        super.agentMerges(ticket, into);
        tickets().change(ticket, merged -> merged.status("merged"));
        super.agentReplies(ticket, "Mara", "merged");
    }

    @Override
    protected SimulatorResponse tooMany() {
        // a proxy before it: Zammad itself has no limit
        return new SimulatorResponse(429, "text/html", Map.of("Retry-After", "1"), new byte[0]);
    }

    @Override
    protected SimulatorResponse answer(SimulatorRequest request) throws IOException {
        try {
            String given = request.header("Authorization");
            if (!given.equals("Token token=" + TOKEN) && !given.equals("Bearer " + TOKEN)) {
                throw given.isEmpty()
                        ? new ZammadRefusal(403, "Authentication required")
                        : new ZammadRefusal(401, "Can't find User for Token");
            }
            return routes.answer(request)
                    .orElseThrow(() -> new ZammadRefusal(404, "No route matches [" + request.method() + "]"));
        } catch (ZammadRefusal refusal) {
            return refusal.response();
        } catch (JsonProcessingException e) {
            return new ZammadRefusal(400, "Error occurred while parsing request parameters").response();
        }
    }

    private Ticket found(ApiCall call) throws ZammadRefusal {
        return found(call.step("id"));
    }

    private Ticket found(String id) throws ZammadRefusal {
        return tickets()
                .find(id)
                .filter(ticket -> !ticket.deleted())
                .orElseThrow(() -> new ZammadRefusal(404, "Couldn't find Ticket with 'id'=" + id));
    }

    /** Whom the {@code From} header names; null where the token's agent acts. */
    private @Nullable HelpdeskCustomer behalf(ApiCall call) throws ZammadRefusal {
        String from = call.request().header("From");
        if (from.isEmpty()) {
            from = call.request().header("X-On-Behalf-Of");
        }
        if (from.isEmpty()) {
            return null;
        }
        String who = from.strip().toLowerCase(Locale.ROOT);
        return tickets()
                .customer(user -> user.id().equals(who) || user.email().equals(who))
                .orElseThrow(() -> new ZammadRefusal(401, "No such user '" + who + "'"));
    }

    private SimulatorResponse create(ApiCall call) throws IOException {
        JsonNode body = call.json();
        HelpdeskCustomer behalf = behalf(call);
        if (body.path("title").asText().isBlank()) {
            throw new ZammadRefusal(422, "Missing required value for field 'title'!");
        }
        if (body.path("group").asText(body.path("group_id").asText()).isEmpty()) {
            throw new ZammadRefusal(422, "Group can't be blank");
        }
        HelpdeskCustomer customer = behalf != null ? behalf : ZammadUsers.named(tickets(), body);
        Ticket ticket = tickets()
                .open(TicketBuilder.builder(
                                Ticket.from(customer.id(), body.path("title").asText(), "new", "2 normal"))
                        .team(body.path("group").asText("Users"))
                        .tags(tags(body.path("tags").asText()))
                        .extra(Map.of("note", body.path("note").asText()))
                        .build());
        ticket = set(ticket, body);
        TicketMessage written = body.has("article") ? articles.write(ticket, body.path("article"), behalf) : null;
        Ticket created = found(ticket.id());
        happened(new TicketChange(TicketChange.Kind.CREATED, created, written, true));
        return SimulatorResponse.json(201, json.ticket(created));
    }

    private SimulatorResponse update(ApiCall call) throws IOException {
        JsonNode body = call.json();
        HelpdeskCustomer behalf = behalf(call);
        Ticket ticket = set(found(call), body);
        TicketMessage written = body.has("article") ? articles.write(ticket, body.path("article"), behalf) : null;
        Ticket updated = found(call);
        happened(new TicketChange(
                written == null ? TicketChange.Kind.STATUS : TicketChange.Kind.WRITTEN, updated, written, true));
        return SimulatorResponse.json(200, json.ticket(updated));
    }

    private Ticket set(Ticket ticket, JsonNode body) throws ZammadRefusal {
        String state = body.path("state").asText(ticket.status());
        String priority = body.path("priority").asText(ticket.priority());
        if (!state.matches("new|open|pending reminder|pending close|closed|merged")) {
            throw new ZammadRefusal(422, "No lookup value found for 'state': \"" + state + "\"");
        }
        if (!priority.matches("1 low|2 normal|3 high")) {
            throw new ZammadRefusal(422, "No lookup value found for 'priority': \"" + priority + "\"");
        }
        String owner = body.path("owner").asText(ticket.assignee());
        String group = body.path("group").asText(ticket.team());
        if (!group.equals(ticket.team()) && !group.equals("Users") && !isKnown("teams", group)) {
            throw new ZammadRefusal(422, "No lookup value found for 'group': \"" + group + "\"");
        }
        if (body.has("owner") && !owner.equals("-") && !isKnown("assignees", owner)) {
            throw new ZammadRefusal(422, "No lookup value found for 'owner': \"" + owner + "\"");
        }
        return tickets().change(ticket.id(), changed -> changed.status(state)
                .priority(priority)
                .team(group)
                .assignee(owner.equals("-") ? "" : owner)
                .subject(body.path("title").asText(ticket.subject())));
    }

    private SimulatorResponse append(ApiCall call) throws IOException {
        JsonNode body = call.json();
        HelpdeskCustomer behalf = behalf(call);
        Ticket ticket = found(body.path("ticket_id").asText());
        TicketMessage written = articles.write(ticket, body, behalf);
        happened(new TicketChange(TicketChange.Kind.WRITTEN, found(ticket.id()), written, true));
        return SimulatorResponse.json(201, json.article(ticket, written));
    }

    private SimulatorResponse list(ApiCall call) throws ZammadRefusal {
        Ticket ticket = found(call);
        ArrayNode list = JSON.arrayNode();
        ticket.messages().forEach(article -> list.add(json.article(ticket, article)));
        return SimulatorResponse.json(200, list);
    }

    private SimulatorResponse file(ApiCall call) throws ZammadRefusal {
        HelpdeskFile file = found(call).message(call.step("article")).stream()
                .flatMap(article -> article.files().stream())
                .filter(one -> one.id().equals(call.step("file")))
                .findFirst()
                .orElseThrow(() -> new ZammadRefusal(403, "The file does not belong to the specified article."));
        return new SimulatorResponse(200, file.mimeType(), Map.of(), file.bytes());
    }

    private SimulatorResponse user(ApiCall call) throws IOException {
        JsonNode body = call.json();
        String email = body.path("email").asText().toLowerCase(Locale.ROOT);
        if (!email.isEmpty()
                && tickets().customer(user -> user.email().equals(email)).isPresent()) {
            throw new ZammadRefusal(422, "Email address '" + email + "' is already used for another user.");
        }
        return SimulatorResponse.json(201, json.user(tickets().add(ZammadUsers.of(email, body))));
    }

    private SimulatorResponse changeUser(ApiCall call) throws IOException {
        String id = call.step("id");
        if (tickets().customer(id).isEmpty()) {
            throw new ZammadRefusal(404, "Couldn't find User with 'id'=" + id);
        }
        HelpdeskCustomer changed = ZammadUsers.change(tickets(), id, call.json());
        return SimulatorResponse.json(200, json.user(changed));
    }

    private SimulatorResponse tag(ApiCall call, boolean add) throws IOException {
        JsonNode body = call.json();
        Ticket ticket = found(body.path("o_id").asText());
        List<String> tags = new ArrayList<>(ticket.tags());
        tags.remove(body.path("item").asText());
        if (add) {
            tags.add(body.path("item").asText());
        }
        Ticket tagged = tickets().change(ticket.id(), changed -> changed.tags(tags));
        happened(new TicketChange(TicketChange.Kind.TAGGED, tagged, null, true));
        return SimulatorResponse.json(add ? 201 : 200, "true");
    }

    private SimulatorResponse tags(ApiCall call) throws ZammadRefusal {
        ObjectNode tags = JSON.objectNode();
        ArrayNode names = tags.putArray("tags");
        found(call.query().get("o_id")).tags().forEach(names::add);
        return SimulatorResponse.json(200, tags);
    }

    private static List<String> tags(String joined) {
        return joined.isBlank() ? List.of() : List.of(joined.split("\\s*,\\s*"));
    }
}
