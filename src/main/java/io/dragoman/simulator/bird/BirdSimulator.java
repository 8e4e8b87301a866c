// SPDX-License-Identifier: Apache-2.0
package io.dragoman.simulator.bird;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dragoman.simulator.HttpSimulator;
import io.dragoman.simulator.SimulatorRequest;
import io.dragoman.simulator.SimulatorResponse;
import io.dragoman.simulator.UrlEncoded;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Bird on this machine, for SMS: the Channels API or the classic one. It checks credentials and fields, answers with an
 * id and reports the message as sent and delivered, or as failed. Thread-safe.
 */
public final class BirdSimulator extends HttpSimulator {
    static final String NUMBER = "+4930112";
    private static final String ACCESS_KEY = "simulated-bird-access-key";
    private static final String SIGNING_KEY = "simulated-bird-signing-key";
    private static final String WORKSPACE = "a1405560-c8d3-4b1a-877d-3f449ad95352";
    private static final String CHANNEL = "6142c6a8-0b7f-4f8a-9d8e-4d4b1f5f3a11";

    private final ObjectMapper json = new ObjectMapper();
    private final ConcurrentLinkedQueue<Integer> failures = new ConcurrentLinkedQueue<>();
    private final ExecutorService reports = inOrder("simulator-bird-report");
    private final WebhookSigner signer = new WebhookSigner(SIGNING_KEY);
    private final AtomicReference<@Nullable URI> subscription = new AtomicReference<>();
    private final boolean classic;

    /** @param classic whether it is the classic API that posts and is sent to */
    public BirdSimulator(int port, boolean classic) {
        this(port, classic, Clock.systemUTC());
    }

    /** @param clock tells where its ids begin */
    public BirdSimulator(int port, boolean classic, Clock clock) {
        super(port, clock);
        this.classic = classic;
        start();
    }

    @Override
    public String kind() {
        return "bird";
    }

    @Override
    public Map<String, String> settings() {
        Map<String, String> settings = new TreeMap<>(Map.of(
                "accessKey",
                ACCESS_KEY,
                "signingKey",
                SIGNING_KEY,
                "baseUrl",
                baseUrl().toString()));
        settings.putAll(
                classic
                        ? Map.of("api", "classic", "from", NUMBER)
                        : Map.of("api", "channels", "workspaceId", WORKSPACE, "channelId", CHANNEL));
        return settings;
    }

    /** Where the Channels API tells what became of messages; the first customer who writes subscribes too. */
    public void subscribe(URI callback) {
        subscription.set(callback);
    }

    /** The next accepted message fails later, in its report, with this code, such as 1 for a number that is none. */
    public void failNext(int code) {
        failures.add(code);
    }

    @Override
    public Optional<Proof> proof() {
        return classic
                ? Proof.by("messagebird-signature-jwt")
                : Proof.by("messagebird-signature", "messagebird-request-timestamp");
    }

    @Override
    public int brings(URI callback, byte[] body) {
        return classic ? postToken(callback, body) : postHash(callback, body);
    }

    @Override
    public int customerWrites(URI callback, String customer, String text) {
        subscription.compareAndSet(null, callback);
        if (classic) {
            Map<String, String> form = new TreeMap<>();
            form.put("id", nextId());
            form.put("originator", digits(customer));
            form.put("recipient", digits(NUMBER));
            form.put("body", text);
            form.put("createdDatetime", "2026-11-28T10:00:00+00:00");
            byte[] body = UrlEncoded.write(form).getBytes(StandardCharsets.UTF_8);
            return postToken(callback, body);
        }
        ObjectNode message = message("incoming", "delivered");
        message.putObject("sender")
                .putObject("contact")
                .put("identifierKey", "phonenumber")
                .put("identifierValue", customer);
        message.putObject("body").put("type", "text").putObject("text").put("text", text);
        return postHash(callback, "sms.inbound", message.put("id", nextId()));
    }

    @Override
    public void close() {
        reports.shutdownNow();
        super.close();
    }

    @Override
    protected SimulatorResponse handle(SimulatorRequest request) throws IOException {
        String wanted = classic ? "/messages" : "/workspaces/" + WORKSPACE + "/channels/" + CHANNEL + "/messages";
        if (!request.path().equals(wanted) || !request.method().equals("POST")) {
            return error(404, 20, "path");
        }
        if (!request.header("authorization").equals("AccessKey " + ACCESS_KEY)) {
            return error(401, 2, "access_key");
        }
        JsonNode body = json.readTree(request.body());
        return classic ? acceptClassic(body) : accept(body);
    }

    private SimulatorResponse acceptClassic(JsonNode body) {
        String to = body.path("recipients").path(0).asText();
        if (!to.matches("[1-9][0-9]{6,14}")) {
            return error(422, 9, "recipients");
        }
        if (body.path("body").asText().isEmpty()
                || body.path("originator").asText().isEmpty()) {
            return error(422, 9, "body");
        }
        String id = nextId();
        deliver(new Delivered("+" + to, id, body.path("body").asText()));
        String report = body.path("reportUrl").asText();
        if (!report.isEmpty()) {
            Integer failure = failures.poll();
            reports.execute(() -> get(report, to, id, "sent", 0));
            reports.execute(() -> get(
                    report, to, id, failure == null ? "delivered" : "delivery_failed", failure == null ? 0 : failure));
        }
        return SimulatorResponse.json(201, json.createObjectNode().put("id", id));
    }

    private SimulatorResponse accept(JsonNode body) {
        JsonNode contact = body.path("receiver").path("contacts").path(0);
        String to = contact.path("identifierValue").asText();
        String text = body.path("body").path("text").path("text").asText();
        if (!to.matches("\\+[1-9][0-9]{6,14}")
                || text.isEmpty()
                || !body.path("body").path("type").asText().equals("text")) {
            return SimulatorResponse.json(422, json.createObjectNode().put("code", "InvalidPayload"));
        }
        String id = nextId();
        deliver(new Delivered(to, id, text));
        URI callback = subscription.get();
        Integer failure = failures.poll();
        if (callback != null) {
            reports.execute(() -> tell(callback, to, id, "sent", null));
            reports.execute(() -> tell(callback, to, id, failure == null ? "delivered" : "delivery_failed", failure));
        }
        return SimulatorResponse.json(202, json.createObjectNode().put("id", id).put("status", "accepted"));
    }

    private int tell(URI callback, String to, String id, String status, @Nullable Integer failure) {
        ObjectNode message = message("outgoing", status).put("id", id);
        message.putObject("receiver").putArray("contacts").addObject().put("identifierValue", to);
        if (failure != null) {
            message.put("reason", "it failed").putObject("failure").put("code", failure);
        }
        return postHash(callback, "sms.outbound", message);
    }

    private ObjectNode message(String direction, String status) {
        return json.createObjectNode()
                .put("channelId", CHANNEL)
                .put("direction", direction)
                .put("status", status)
                .put("createdAt", Instant.now().toString());
    }

    private int postHash(URI callback, String event, ObjectNode message) {
        ObjectNode root = json.createObjectNode().put("service", "channels").put("event", event);
        root.set("payload", message);
        return postHash(callback, root.toString().getBytes(StandardCharsets.UTF_8));
    }

    private int postToken(URI callback, byte[] body) {
        return post(callback, "application/x-www-form-urlencoded", body, signer.token(callback, body, Instant.now()));
    }

    private int postHash(URI callback, byte[] body) {
        return post(callback, "application/json", body, signer.hash(callback, body, Instant.now()));
    }

    private int get(String report, String to, String id, String status, int code) {
        Map<String, String> query = new TreeMap<>(
                Map.of("id", id, "recipient", to, "status", status, "statusDatetime", "2026-11-28T10:00:01+00:00"));
        if (code > 0) {
            query.put("statusErrorCode", String.valueOf(code));
        }
        URI target = URI.create(report + (report.contains("?") ? "&" : "?") + UrlEncoded.write(query));
        return send(HttpRequest.newBuilder(target).GET().build());
    }

    private SimulatorResponse error(int status, int code, String parameter) {
        ObjectNode answer = json.createObjectNode();
        answer.putArray("errors")
                .addObject()
                .put("code", code)
                .put("description", "no")
                .put("parameter", parameter);
        return SimulatorResponse.json(status, answer);
    }

    private String nextId() {
        return classic
                ? String.format(Locale.ROOT, "%032x", ids().next())
                : new UUID(0x4269726400004000L, 0x8000000000000000L | ids().next()).toString();
    }

    private static String digits(String number) {
        return number.replaceFirst("^\\+", "");
    }
}
