// SPDX-License-Identifier: Apache-2.0
package io.dragoman.simulator.smsgate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dragoman.simulator.HmacSigner;
import io.dragoman.simulator.HttpSimulator;
import io.dragoman.simulator.SimulatorRequest;
import io.dragoman.simulator.SimulatorResponse;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import org.jspecify.annotations.Nullable;

/**
 * SMS Gateway for Android (https://docs.sms-gate.app) on this machine: the app's API with one phone. It takes messages
 * with their ids, each once, and posts signed webhooks for what comes in and for what became of a message. The gateway
 * knows it by nothing but the shipped profile. Thread-safe.
 */
public final class SmsGateSimulator extends HttpSimulator {
    private static final String NUMBER = "+37499000000";
    private static final String USERNAME = "SIMGAT";
    private static final String PASSWORD = "simulated-smsgate-password";
    private static final String SIGNING_KEY = "simulated-smsgate-signing-key";

    private final ObjectMapper json = new ObjectMapper();
    private final Set<String> taken = ConcurrentHashMap.newKeySet();
    private final ExecutorService reports = inOrder("simulator-smsgate-report");
    private volatile @Nullable URI registered;

    /** On a port; 0 for any free one. */
    public SmsGateSimulator(int port) {
        this(port, Clock.systemUTC());
    }

    /** @param clock tells where its ids begin */
    public SmsGateSimulator(int port, Clock clock) {
        super(port, clock);
        start();
    }

    @Override
    public String kind() {
        return "http";
    }

    @Override
    public Map<String, String> settings() {
        return Map.of(
                "profile", "smsgate",
                "username", USERNAME,
                "password", PASSWORD,
                "signingKey", SIGNING_KEY,
                "baseUrl", baseUrl().toString());
    }

    /** Registers a webhook, as in the app: it is told of what becomes of messages. */
    public void reportTo(URI callback) {
        registered = callback;
    }

    @Override
    public Optional<Proof> proof() {
        return Proof.by("x-signature", "x-timestamp");
    }

    @Override
    public int brings(URI callback, byte[] body) {
        return bring(callback, body, SIGNING_KEY);
    }

    /** Somebody who does not know the key posts a customer's message. Returns the gateway's status. */
    public int forges(URI callback, String customer) {
        ObjectNode webhook = webhook("sms:received", received(customer, "This is not from a phone."));
        return bring(callback, HmacSigner.utf8(webhook.toString()), "another key");
    }

    private int bring(URI callback, byte[] body, String key) {
        String time = String.valueOf(Instant.now().getEpochSecond());
        String signature = HmacSigner.hex("HmacSHA256", HmacSigner.utf8(key), body, HmacSigner.utf8(time));
        return post(callback, "application/json", body, Map.of("X-Signature", signature, "X-Timestamp", time));
    }

    @Override
    public int customerWrites(URI callback, String customer, String text) {
        return happens(callback, "sms:received", received(customer, text));
    }

    private ObjectNode received(String customer, String text) {
        ObjectNode payload = json.createObjectNode();
        payload.put("messageId", Integer.toHexString(text.hashCode())).put("message", text);
        payload.put("sender", customer).put("recipient", NUMBER).put("phoneNumber", customer);
        payload.put("simNumber", 1).put("receivedAt", Instant.now().toString());
        return payload;
    }

    private int happens(URI callback, String event, ObjectNode payload) {
        return brings(callback, HmacSigner.utf8(webhook(event, payload).toString()));
    }

    private ObjectNode webhook(String event, ObjectNode payload) {
        ObjectNode webhook = json.createObjectNode();
        webhook.put("deviceId", "simulated-phone").put("event", event);
        webhook.put("id", "e" + ids().next()).set("payload", payload);
        return webhook.put("webhookId", "simulated-webhook");
    }

    @Override
    public void close() {
        reports.shutdownNow();
        super.close();
    }

    @Override
    protected SimulatorResponse handle(SimulatorRequest request) throws IOException {
        String pair = Base64.getEncoder().encodeToString(HmacSigner.utf8(USERNAME + ":" + PASSWORD));
        if (!request.header("Authorization").equals("Basic " + pair)) {
            return message(401, "Unauthorized");
        }
        if (!request.method().equals("POST") || !request.path().equals("/messages")) {
            return message(404, "Not Found");
        }
        try {
            return accept(json.readTree(request.body()));
        } catch (JsonProcessingException e) {
            return message(400, "failed to parse the body");
        }
    }

    private SimulatorResponse accept(JsonNode message) {
        String id = message.path("id").asText("m" + ids().next());
        String to = message.at("/phoneNumbers/0").asText();
        String text = message.at("/textMessage/text").asText();
        if (text.isEmpty() || !to.matches("\\+[1-9][0-9]{6,14}")) {
            return message(400, text.isEmpty() ? "textMessage is required" : "invalid phone number");
        }
        if (!taken.add(id)) {
            return message(409, "message with the same ID already exists");
        }
        deliver(new Delivered(to, id, text));
        report("sms:sent", id, to, "sentAt");
        if (message.path("withDeliveryReport").asBoolean(true)) {
            report("sms:delivered", id, to, "deliveredAt");
        }
        ObjectNode answer = json.createObjectNode().put("id", id).put("state", "Pending");
        answer.putArray("recipients").addObject().put("phoneNumber", to).put("state", "Pending");
        return SimulatorResponse.json(202, answer);
    }

    private void report(String event, String id, String to, String time) {
        URI callback = registered;
        if (callback != null) {
            ObjectNode payload = json.createObjectNode().put("messageId", id).put("recipient", to);
            payload.put("phoneNumber", to).put(time, Instant.now().toString());
            reports.execute(() -> happens(callback, event, payload));
        }
    }

    private SimulatorResponse message(int status, String text) {
        return SimulatorResponse.json(status, json.createObjectNode().put("message", text));
    }
}
