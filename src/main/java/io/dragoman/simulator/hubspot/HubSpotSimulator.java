// SPDX-License-Identifier: Apache-2.0
package io.dragoman.simulator.hubspot;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dragoman.simulator.HmacSigner;
import io.dragoman.simulator.SimulatorRequest;
import io.dragoman.simulator.SimulatorResponse;
import io.dragoman.simulator.UrlEncoded;
import io.dragoman.simulator.helpdesk.ApiCall;
import io.dragoman.simulator.helpdesk.ApiRoutes;
import io.dragoman.simulator.helpdesk.HelpdeskSimulator;
import io.dragoman.simulator.helpdesk.IssuedTokens;
import io.dragoman.simulator.helpdesk.Ticket;
import io.dragoman.simulator.helpdesk.TicketChange;
import io.dragoman.simulator.helpdesk.TicketMessage;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * HubSpot (https://developers.hubspot.com) on this machine: an app with one custom channel in one inbox. It posts what
 * agents answer as the channel's webhook, and what changes in threads, our own messages too, as the app's.
 * Thread-safe.
 */
public final class HubSpotSimulator extends HelpdeskSimulator {
    static final String AGENT = "A-71";

    private static final String TOKEN = "simulated-hubspot-token";
    private static final String CLIENT_SECRET = "simulated-hubspot-client-secret";
    private static final String REFRESH_TOKEN = "simulated-hubspot-refresh-token";
    private static final long PORTAL = 62515;

    private final ApiRoutes routes = new ApiRoutes();
    private final IssuedTokens tokens = new IssuedTokens("simulated-hubspot-access");
    private final HubSpotViews views;
    private final HubSpotContacts contacts;
    private final HubSpotChannel channel;
    private volatile URI callback = URI.create("http://127.0.0.1/");

    /** On a port; 0 for any free one. */
    public HubSpotSimulator(int port) {
        this(port, Clock.systemUTC());
    }

    /** @param clock tells where its ids begin, and the time of whatever happens */
    public HubSpotSimulator(int port, Clock clock) {
        super(port, clock, List.of(Duration.ofMinutes(1), Duration.ofMinutes(5), Duration.ofMinutes(30)));
        views = new HubSpotViews(baseUrl());
        contacts = new HubSpotContacts(tickets(), clock);
        channel = new HubSpotChannel(tickets(), views, this::happened, () -> String.valueOf(ids().next()));
        contacts.serve(routes);
        channel.serve(routes);
        new HubSpotThreads(tickets(), views, this::happened).serve(routes);
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
                "hubspot",
                "accessToken",
                TOKEN,
                "clientSecret",
                CLIENT_SECRET,
                "channelId",
                HubSpotViews.CHANNEL,
                "channelAccountId",
                HubSpotViews.CHANNEL_ACCOUNT,
                "baseUrl",
                baseUrl().toString());
    }

    /** How long a search knows nothing of a new contact; half a minute without. */
    public void searchLag(Duration lag) {
        contacts.lag(lag);
    }

    /** What the channel said became of an agent's message: SENT, READ or FAILED; empty when it said nothing. */
    public String statusOf(String message) {
        return channel.statusOf(message);
    }

    @Override
    public void reportTo(URI target) {
        callback = target;
        super.reportTo(target);
    }

    @Override
    public int brings(URI target, byte[] body) {
        return post(target, "application/json", body, signed(target, body));
    }

    @Override
    public Optional<Proof> proof() {
        return Proof.by("x-hubspot-signature-v3", "x-hubspot-request-timestamp");
    }

    @Override
    public void agentMerges(String ticket, String into) {
        throw new UnsupportedOperationException("HubSpot merges tickets of its CRM, whose threads stay what they are");
    }

    @Override
    protected String status(boolean closed) {
        return closed ? "CLOSED" : "OPEN";
    }

    @Override
    public Map<String, String> signed(byte[] body) {
        return signed(callback, body);
    }

    private Map<String, String> signed(URI target, byte[] body) {
        String time = String.valueOf(clock().millis());
        byte[] before = HmacSigner.utf8("POST" + target);
        String signature =
                HmacSigner.base64("HmacSHA256", HmacSigner.utf8(CLIENT_SECRET), before, body, HmacSigner.utf8(time));
        return Map.of("X-HubSpot-Signature-v3", signature, "X-HubSpot-Request-Timestamp", time);
    }

    @Override
    protected SimulatorResponse answer(SimulatorRequest request) throws IOException {
        if (request.path().equals("/oauth/v1/token")) {
            return token(new ApiCall(request, Map.of()));
        }
        String given = request.header("Authorization");
        boolean open = request.path().startsWith("/hubfs/"); // the address has its secret
        if (!open && !given.equals("Bearer " + TOKEN) && !tokens.valid(given)) {
            return tokens.expired(given)
                    ? HubSpotViews.error(
                            401, "EXPIRED_AUTHENTICATION", "The OAuth token used to make this call expired")
                    : HubSpotViews.error(401, "INVALID_AUTHENTICATION", "Authentication credentials not found");
        }
        try {
            return routes.answer(request).orElseGet(() -> HubSpotViews.notFound("path"));
        } catch (JsonProcessingException e) {
            return HubSpotViews.error(400, "VALIDATION_ERROR", "Invalid input JSON");
        }
    }

    private SimulatorResponse token(ApiCall call) {
        UrlEncoded form = UrlEncoded.read(call.request().text());
        if (!form.get("grant_type").equals("refresh_token")
                || !form.get("refresh_token").equals(REFRESH_TOKEN)
                || !form.get("client_secret").equals(CLIENT_SECRET)) {
            return HubSpotViews.error(400, "BAD_AUTH_CODE", "missing or invalid refresh token");
        }
        ObjectNode answer = JsonNodeFactory.instance.objectNode().put("token_type", "bearer");
        answer.put("refresh_token", REFRESH_TOKEN).put("access_token", tokens.issue());
        return SimulatorResponse.json(200, answer.put("expires_in", 1800));
    }

    @Override
    protected SimulatorResponse tooMany() {
        return HubSpotViews.tooMany();
    }

    @Override
    protected void happened(TicketChange change) {
        Ticket thread = change.ticket();
        switch (change.kind()) {
            case WRITTEN -> {
                TicketMessage message = change.written().orElseThrow();
                if (message.author() == TicketMessage.Author.AGENT && message.visible()) {
                    outgoing(thread, message);
                }
                tell(event("conversation.newMessage", thread)
                        .put("messageId", message.id())
                        .put("messageType", message.visible() ? "MESSAGE" : "COMMENT"));
            }
            case STATUS -> tell(property(thread, "status", thread.status()));
            case ASSIGNED -> tell(property(thread, "assignedTo", thread.assignee()));
            case DELETED -> tell(event("conversation.deletion", thread));
            case CREATED, EDITED, REMOVED, MOVED, TAGGED, PRIORITISED, MERGED -> {} // nothing tells of them
        }
    }

    private ObjectNode property(Ticket thread, String name, String value) {
        return event("conversation.propertyChange", thread)
                .put("propertyName", name)
                .put("propertyValue", value);
    }

    private ObjectNode event(String type, Ticket thread) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("eventId", ids().next())
                .put("subscriptionId", 7)
                .put("portalId", PORTAL)
                .put("appId", 1160452)
                .put("occurredAt", clock().millis())
                .put("subscriptionType", type)
                .put("attemptNumber", 0)
                .put("objectId", Long.parseLong(thread.id()))
                .put("changeSource", "USER");
    }

    /** The app's webhooks come in batches: here of one. */
    private void tell(ObjectNode event) {
        ArrayNode batch = JsonNodeFactory.instance.arrayNode().add(event);
        announce("application/json", HmacSigner.utf8(batch.toString()), Map.of());
    }

    private void outgoing(Ticket thread, TicketMessage message) {
        ObjectNode event = JsonNodeFactory.instance
                .objectNode()
                .put("type", "OUTGOING_CHANNEL_MESSAGE_CREATED")
                .put("portalId", String.valueOf(PORTAL))
                .put("channelId", HubSpotViews.CHANNEL)
                .put("eventTimestamp", message.at().toString())
                .put("eventId", String.valueOf(ids().next()));
        event.putArray("channelIntegrationThreadIds").add(thread.externalId());
        event.set("message", views.message(thread, message));
        announce("application/json", HmacSigner.utf8(event.toString()), Map.of());
    }
}
