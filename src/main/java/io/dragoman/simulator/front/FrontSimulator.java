// SPDX-License-Identifier: Apache-2.0
package io.dragoman.simulator.front;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dragoman.simulator.HmacSigner;
import io.dragoman.simulator.SimulatorRequest;
import io.dragoman.simulator.SimulatorResponse;
import io.dragoman.simulator.helpdesk.ApiRoutes;
import io.dragoman.simulator.helpdesk.HelpdeskSimulator;
import io.dragoman.simulator.helpdesk.Ticket;
import io.dragoman.simulator.helpdesk.TicketChange;
import io.dragoman.simulator.helpdesk.TicketMessage;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Front (https://dev.frontapp.com) on this machine: an app with one application channel. The channel posts what
 * teammates answer, and requires our ids of it; it posts our own messages too once they stand in a conversation. The
 * app's webhook tells of what becomes of conversations. Thread-safe.
 */
public final class FrontSimulator extends HelpdeskSimulator {
    static final String TEAM = "inb_7k";
    static final String AGENT = "tea_9q";

    private static final String APP = "simulated-front-app";
    private static final String APP_SECRET = "simulated-front-app-secret-of-32-bytes";
    private static final String CHANNEL = "cha_sim1";
    private static final String API_TOKEN = "simulated-front-api-token";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final ApiRoutes routes = new ApiRoutes();
    private final AppToken token = new AppToken(APP, APP_SECRET, CHANNEL);
    private final Set<String> unsent = ConcurrentHashMap.newKeySet();
    private final FrontViews views;
    private final FrontChannel channel;

    /** On a port; 0 for any free one. */
    public FrontSimulator(int port) {
        this(port, Clock.systemUTC());
    }

    /** @param clock tells where its ids begin, and the time of whatever happens */
    public FrontSimulator(int port, Clock clock) {
        super(port, clock, List.of(Duration.ofSeconds(10), Duration.ofSeconds(30), Duration.ofSeconds(60)));
        views = new FrontViews(baseUrl());
        channel = new FrontChannel(
                tickets(), inOrder("simulator-front-import"), () -> String.valueOf(ids().next()), this::happened);
        channel.serve(routes);
        new FrontConversations(tickets(), views, this::happened).serve(routes);
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
                "profile", "front",
                "apiToken", API_TOKEN,
                "appId", APP,
                "appSecret", APP_SECRET,
                "channelId", CHANNEL,
                "baseUrl", baseUrl().toString());
    }

    /** Whether the channel said that an agent's message, by our id of it, did not arrive. */
    public boolean failed(String externalId) {
        return channel.failed(externalId);
    }

    /** The messages of agents, by id, that Front shows as not sent, since the channel's answer had no ids. */
    public Set<String> unsent() {
        return Set.copyOf(unsent);
    }

    @Override
    public Optional<Proof> proof() {
        return Proof.by("x-front-signature", "x-front-request-timestamp");
    }

    @Override
    protected String status(boolean closed) {
        return closed ? "archived" : "open";
    }

    @Override
    protected Map<String, String> signed(byte[] body) {
        String time = String.valueOf(clock().millis());
        String signature =
                HmacSigner.base64("HmacSHA256", HmacSigner.utf8(APP_SECRET), HmacSigner.utf8(time + ":"), body);
        return Map.of("X-Front-Signature", signature, "X-Front-Request-Timestamp", time);
    }

    @Override
    protected SimulatorResponse answer(SimulatorRequest request) throws IOException {
        String given = request.header("Authorization");
        boolean ofChannel = request.path().startsWith("/channels/");
        Optional<String> problem = given.equals("Bearer " + API_TOKEN) && !ofChannel
                ? Optional.empty()
                : token.problem(given, clock().instant());
        if (problem.isPresent()) {
            return FrontViews.error(401, "Unauthenticated", problem.get());
        }
        if (ofChannel && !request.path().startsWith("/channels/" + CHANNEL + "/")) {
            return FrontViews.error(403, "Forbidden", "The token is not of this channel");
        }
        try {
            return routes.answer(request).orElseGet(FrontViews::notFound);
        } catch (JsonProcessingException e) {
            return FrontViews.bad("body: is no JSON");
        }
    }

    @Override
    protected SimulatorResponse tooMany() {
        Map<String, String> headers =
                Map.of("Retry-After", "1", "X-RateLimit-Limit", "50", "X-RateLimit-Remaining", "0");
        return FrontViews.error(
                429, headers, "Too many requests", "Request rate limit exceeded, please retry in 1000 milliseconds");
    }

    /** A message of a teammate counts as sent when the channel's answer has our ids of it. */
    @Override
    protected int post(URI target, String contentType, byte[] body, Map<String, String> headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(target)
                .timeout(Duration.ofSeconds(30))
                .header("Content-Type", contentType)
                .POST(HttpRequest.BodyPublishers.ofByteArray(body));
        headers.forEach(request::header);
        Answer answer = ask(request.build());
        try {
            JsonNode posted = JSON.readTree(body);
            String id = posted.at("/payload/id").asText();
            if (posted.path("type").asText().equals("message") && isSuccess(answer)) {
                unsent.remove(FrontViews.number(id));
            }
        } catch (IOException e) {
            return answer.status(); // a check brings what is no JSON
        }
        return answer.status();
    }

    private static boolean isSuccess(Answer answer) throws IOException {
        JsonNode json = JSON.readTree(answer.body());
        return answer.status() == 200
                && json.path("type").asText().equals("success")
                && json.path("external_id").isTextual()
                && json.path("external_conversation_id").isTextual();
    }

    @Override
    protected void happened(TicketChange change) {
        Ticket ticket = change.ticket();
        switch (change.kind()) {
            case WRITTEN -> {
                TicketMessage message = change.written().orElseThrow();
                boolean agents = message.author() == TicketMessage.Author.AGENT;
                if (agents && message.visible()) {
                    unsent.add(message.id());
                    tell("message", ticket, message);
                } else if (!agents) {
                    tell("message_imported", ticket, message);
                }
                event(!agents ? "inbound_received" : message.visible() ? "outbound_sent" : "new_comment_added", ticket);
            }
            case STATUS ->
                event(ticket.status().equals("archived") ? "conversation_archived" : "conversation_reopened", ticket);
            case ASSIGNED -> event("assignee_changed", ticket);
            case TAGGED -> event("tag_added", ticket);
            case MOVED -> event("conversation_moved", ticket);
            case MERGED -> event("conversations_merged", ticket);
            case DELETED -> event("conversation_deleted", ticket);
            case CREATED, EDITED, REMOVED, PRIORITISED -> {} // Front tells of none
        }
    }

    private void tell(String type, Ticket ticket, TicketMessage message) {
        ObjectNode post = JsonNodeFactory.instance.objectNode().put("type", type);
        post.set("payload", views.message(ticket, message));
        ObjectNode metadata = post.putObject("metadata").put("external_conversation_id", ticket.externalId());
        metadata.putArray("external_conversation_ids").add(ticket.externalId());
        announce("application/json", HmacSigner.utf8(post.toString()), Map.of());
    }

    private void event(String type, Ticket ticket) {
        ObjectNode post = JsonNodeFactory.instance.objectNode().put("type", type);
        post.putObject("authorization").put("id", "cmp_sim");
        ObjectNode payload = post.putObject("payload")
                .put("id", FrontViews.id("evt", String.valueOf(ids().next())))
                .put("type", type)
                .put("emitted_at", clock().millis() / 1000.0);
        payload.set("conversation", views.conversation(ticket));
        announce("application/json", HmacSigner.utf8(post.toString()), Map.of());
    }
}
