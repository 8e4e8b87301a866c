// SPDX-License-Identifier: Apache-2.0
package io.dragoman.simulator.helpscout;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dragoman.simulator.HmacSigner;
import io.dragoman.simulator.SimulatorRequest;
import io.dragoman.simulator.SimulatorResponse;
import io.dragoman.simulator.UrlEncoded;
import io.dragoman.simulator.helpdesk.ApiRoutes;
import io.dragoman.simulator.helpdesk.HelpdeskSimulator;
import io.dragoman.simulator.helpdesk.IssuedTokens;
import io.dragoman.simulator.helpdesk.Ticket;
import io.dragoman.simulator.helpdesk.TicketChange;
import io.dragoman.simulator.helpdesk.TicketMail;
import io.dragoman.simulator.helpdesk.TicketMessage;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Help Scout's Inbox API 2.0 (https://developer.helpscout.com/mailbox-api) on this machine, with one inbox. It mails
 * every reply to the address that the conversation is answered to, and tells of everything, the API's own writing too.
 * Thread-safe.
 */
public final class HelpScoutSimulator extends HelpdeskSimulator {
    static final String TEAM = "72";
    static final String AGENT = "71";

    static final String MAILBOX = "85";
    static final String OWN_USER = "4";

    private static final String APP_ID = "simulated-helpscout-app";
    private static final String APP_SECRET = "simulated-helpscout-app-secret";
    private static final String WEBHOOK_SECRET = "simulated-helpscout-webhook-secret";

    private final ApiRoutes routes = new ApiRoutes();
    private final IssuedTokens tokens = new IssuedTokens("simulated-helpscout-access");
    private final HelpScoutViews views;
    private final HelpScoutConversations conversations;
    private final HelpScoutCustomers customers;

    /** On a port; 0 for any free one. */
    public HelpScoutSimulator(int port) {
        this(port, Clock.systemUTC());
    }

    /** @param clock tells where its ids begin, and the time of whatever happens */
    public HelpScoutSimulator(int port, Clock clock) {
        super(port, clock, List.of(Duration.ofMinutes(1), Duration.ofMinutes(5), Duration.ofMinutes(30)));
        views = new HelpScoutViews(baseUrl());
        customers = new HelpScoutCustomers(tickets(), views, clock);
        conversations = new HelpScoutConversations(
                tickets(), customers, views, () -> String.valueOf(ids().next()), this::happened);
        customers.serve(routes);
        conversations.serve(routes);
        routes.on("GET", "/v2/users/me", call -> SimulatorResponse.json(200, "{\"id\":4,\"role\":\"user\"}"))
                .on("GET", "/v2/mailboxes/" + MAILBOX, call -> SimulatorResponse.json(200, "{\"id\":" + MAILBOX + "}"));
        start();
    }

    /** How long a search knows nothing of a new customer; no time without. */
    public void searchLag(Duration lag) {
        customers.lag(lag);
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
                "profile",
                "helpscout",
                "appId",
                APP_ID,
                "appSecret",
                APP_SECRET,
                "webhookSecret",
                WEBHOOK_SECRET,
                "mailboxId",
                MAILBOX,
                "domain",
                "customers.example.com",
                "tokenUrl",
                baseUrl() + "/v2/oauth2/token",
                "baseUrl",
                baseUrl() + "/v2");
    }

    @Override
    public Map<String, String> grants() {
        return Map.of("/v2/oauth2/token", token(tokens.issue()).toString());
    }

    /** From now on no access token that was given out is valid. */
    public void expireTokens() {
        tokens.expire();
    }

    @Override
    public Optional<Proof> proof() {
        return Proof.by("x-helpscout-signature");
    }

    @Override
    protected String status(boolean closed) {
        return closed ? "closed" : "active";
    }

    @Override
    protected Map<String, String> signed(byte[] body) {
        return Map.of("X-HelpScout-Signature", HmacSigner.base64("HmacSHA1", HmacSigner.utf8(WEBHOOK_SECRET), body));
    }

    @Override
    protected SimulatorResponse answer(SimulatorRequest request) throws IOException {
        if (request.path().equals("/v2/oauth2/token")) {
            return token(UrlEncoded.read(request.text()));
        }
        boolean open = request.path().startsWith("/file/"); // for the browser: the address is secret
        if (!open && !tokens.valid(request.header("Authorization"))) {
            ObjectNode body = JsonNodeFactory.instance.objectNode().put("error", "invalid_token");
            return SimulatorResponse.json(
                    401, body.put("error_description", "The access token is invalid or has expired"));
        }
        try {
            return routes.answer(request).orElseGet(HelpScoutViews::notFound);
        } catch (JsonProcessingException e) {
            return HelpScoutViews.error(400, "Bad request");
        }
    }

    private SimulatorResponse token(UrlEncoded form) {
        boolean good = form.get("grant_type").equals("client_credentials")
                && form.get("client_id").equals(APP_ID)
                && form.get("client_secret").equals(APP_SECRET);
        ObjectNode refusal = JsonNodeFactory.instance.objectNode().put("error", "invalid_client");
        return good
                ? SimulatorResponse.json(200, token(tokens.issue()))
                : SimulatorResponse.json(401, refusal.put("error_description", "Client authentication failed"));
    }

    private static ObjectNode token(String token) {
        ObjectNode answer = JsonNodeFactory.instance.objectNode().put("token_type", "bearer");
        return answer.put("access_token", token).put("expires_in", 172_800);
    }

    @Override
    protected SimulatorResponse tooMany() {
        Map<String, String> headers = Map.of(
                "X-RateLimit-Limit-Minute", "400",
                "X-RateLimit-Remaining-Minute", "0",
                "X-RateLimit-Retry-After", "1");
        return SimulatorResponse.json(
                429, headers, JsonNodeFactory.instance.objectNode().put("error", "throttle_limit_reached"));
    }

    @Override
    protected void happened(TicketChange change) {
        Ticket ticket = change.ticket();
        TicketMessage message = change.message();
        if (message != null && message.author() == TicketMessage.Author.AGENT && message.visible()) {
            tickets().mail(new TicketMail(ticket.id(), ticket.extra("replyTo"), message.text(), change.byApi()));
        }
        event(change)
                .ifPresent(name -> announce(
                        "application/json",
                        HmacSigner.utf8(views.conversation(ticket, conversations.customer(ticket), true)
                                .toString()),
                        Map.of("X-HelpScout-Event", name)));
    }

    /** As an answer of an agent: without the name of an event nobody knows what a body is. */
    @Override
    public int brings(URI callback, byte[] body) {
        Map<String, String> headers = new HashMap<>(signed(body));
        headers.put("X-HelpScout-Event", "convo.agent.reply.created");
        return post(callback, "application/json", body, headers);
    }

    private static Optional<String> event(TicketChange change) {
        return Optional.ofNullable(
                switch (change.kind()) {
                    case CREATED -> "convo.created";
                    case WRITTEN -> written(change.written().orElseThrow());
                    case STATUS -> "convo.status";
                    case ASSIGNED, MOVED -> "convo.assigned";
                    case TAGGED -> "convo.tags";
                    case MERGED -> "convo.merged";
                    case DELETED -> "convo.deleted";
                    case EDITED, REMOVED, PRIORITISED -> null; // it tells of none
                });
    }

    private static String written(TicketMessage message) {
        if (message.author() == TicketMessage.Author.CUSTOMER) {
            return "convo.customer.reply.created";
        }
        return message.visible() ? "convo.agent.reply.created" : "convo.note.created";
    }
}
