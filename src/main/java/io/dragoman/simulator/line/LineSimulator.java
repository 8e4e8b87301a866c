// SPDX-License-Identifier: Apache-2.0
package io.dragoman.simulator.line;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dragoman.simulator.HmacSigner;
import io.dragoman.simulator.HttpSimulator;
import io.dragoman.simulator.SimulatorRequest;
import io.dragoman.simulator.SimulatorResponse;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * LINE's Messaging API with one official account: takes pushes with their retry keys, keeps what customers attach, and
 * posts signed events. A customer is any name, which gets a user id. Thread-safe.
 */
public final class LineSimulator extends HttpSimulator {
    private static final String SECRET = "0d1e2f3a4b5c6d7e8f90a1b2c3d4e5f6";
    private static final String TOKEN = "simulated-line-channel-access-token";
    private static final String BOT = "U00000000000000000000000000000b07";
    private static final String ID = "[UCR][0-9a-f]{32}";

    private final ObjectMapper json = new ObjectMapper();
    private final Map<String, String> names = new ConcurrentHashMap<>();
    private final Map<String, byte[]> content = new ConcurrentHashMap<>();
    private final Map<String, String> accepted = new ConcurrentHashMap<>();
    private final Map<String, PushedMessage> last = new ConcurrentHashMap<>();
    private volatile @Nullable URI endpoint;

    /** On a port; 0 for any free one. */
    public LineSimulator(int port) {
        this(port, Clock.systemUTC());
    }

    /** @param clock tells where its ids begin */
    public LineSimulator(int port, Clock clock) {
        super(port, clock);
        start();
    }

    @Override
    public String kind() {
        return "line";
    }

    @Override
    public Map<String, String> settings() {
        String base = baseUrl().toString();
        return Map.of("channelSecret", SECRET, "accessToken", TOKEN, "baseUrl", base, "contentUrl", base);
    }

    /** The webhook URL that was set last; null at first. */
    public @Nullable URI endpoint() {
        return endpoint;
    }

    /** The user id of a customer. */
    public String userId(String customer) {
        String id = customer.matches(ID)
                ? customer
                : "U"
                        + UUID.nameUUIDFromBytes(customer.getBytes(StandardCharsets.UTF_8))
                                .toString()
                                .replace("-", "");
        names.put(id, customer);
        return id;
    }

    @Override
    public Optional<Proof> proof() {
        return Proof.by("x-line-signature");
    }

    @Override
    public int brings(URI callback, byte[] body) {
        return postSigned(callback, body);
    }

    @Override
    public int customerWrites(URI callback, String customer, String text) {
        ObjectNode message = message("text").put("text", text).put("quoteToken", "q" + ids().next());
        return sends(callback, customer, message);
    }

    /** A customer sends a picture, which can be fetched by the message's id. */
    public int customerSendsPicture(URI callback, String customer, byte[] jpeg) {
        ObjectNode message = message("image");
        content.put(message.path("id").asText(), jpeg);
        message.putObject("contentProvider").put("type", "line");
        return sends(callback, customer, message);
    }

    /** A customer presses a button of our last message, by its label. */
    public int customerPresses(URI callback, String customer, String label) {
        JsonNode action = last.getOrDefault(userId(customer), new PushedMessage(json.nullNode())).buttons().stream()
                .filter(button -> button.path("label").asText().equals(label))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("our last message has no such button"));
        ObjectNode event = event("postback", customer);
        event.putObject("postback").put("data", action.path("data").asText());
        return tell(callback, event);
    }

    /** A customer blocks the account, or takes that back. */
    public int customerBlocks(URI callback, String customer, boolean blocked) {
        ObjectNode event = event(blocked ? "unfollow" : "follow", customer);
        if (!blocked) {
            event.putObject("follow").put("isUnblocked", true);
        }
        return tell(callback, event);
    }

    private ObjectNode message(String type) {
        return json.createObjectNode().put("id", Long.toString(ids().next())).put("type", type);
    }

    private int sends(URI callback, String customer, ObjectNode message) {
        ObjectNode event = event("message", customer).put("replyToken", "r" + ids().next());
        event.set("message", message);
        return tell(callback, event);
    }

    private ObjectNode event(String type, String customer) {
        ObjectNode event = json.createObjectNode().put("type", type).put("mode", "active");
        event.put("timestamp", System.currentTimeMillis()).put("webhookEventId", "01JX" + ids().next());
        event.putObject("deliveryContext").put("isRedelivery", false);
        event.putObject("source").put("type", "user").put("userId", userId(customer));
        return event;
    }

    private int tell(URI callback, ObjectNode... events) {
        ObjectNode body = json.createObjectNode().put("destination", BOT);
        body.putArray("events").addAll(List.of(events));
        return postSigned(callback, body.toString().getBytes(StandardCharsets.UTF_8));
    }

    private int postSigned(URI callback, byte[] bytes) {
        String signature = HmacSigner.base64("HmacSHA256", HmacSigner.utf8(SECRET), bytes);
        return post(callback, "application/json", bytes, Map.of("x-line-signature", signature));
    }

    @Override
    protected SimulatorResponse handle(SimulatorRequest request) throws IOException {
        if (!request.header("Authorization").equals("Bearer " + TOKEN)) {
            return error(401, "Authentication failed. Confirm that the access token in the header is valid.");
        }
        String path = request.path();
        if (request.method().equals("GET") && path.startsWith("/v2/bot/message/")) {
            return media(path.split("/"));
        }
        return switch (request.method() + " " + path) {
            case "POST /v2/bot/message/push" -> push(json.readTree(request.body()), request.header("X-Line-Retry-Key"));
            case "PUT /v2/bot/channel/webhook/endpoint" -> endpoint(json.readTree(request.body()));
            case "POST /v2/bot/channel/webhook/test" -> test(json.readTree(request.body()));
            default -> error(404, "Not found");
        };
    }

    private SimulatorResponse push(JsonNode body, String key) {
        if (!key.isEmpty() && !key.matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")) {
            return error(400, "Invalid retry key");
        }
        String to = body.path("to").asText();
        if (!to.matches(ID)) {
            return error(400, "The property, 'to', in the request body is invalid (line: -, column: -)");
        }
        JsonNode messages = body.path("messages");
        if (messages.isEmpty() || messages.size() > 5) {
            return error(400, "Size must be between 1 and 5");
        }
        for (JsonNode message : messages) {
            String wrong = new PushedMessage(message).wrong();
            if (wrong != null) {
                return error(400, "The request body has 1 error(s)", "messages[0]." + wrong);
            }
        }
        String before = key.isEmpty() ? null : accepted.get(key);
        return before == null ? take(to, messages, key) : SimulatorResponse.json(409, before);
    }

    private SimulatorResponse take(String to, JsonNode messages, String key) {
        ObjectNode answer = json.createObjectNode();
        for (JsonNode message : messages) {
            String id = Long.toString(ids().next());
            PushedMessage pushed = new PushedMessage(message);
            answer.withArray("sentMessages").addObject().put("id", id);
            last.put(to, pushed);
            deliver(new Delivered(names.getOrDefault(to, to), id, pushed.shown()));
        }
        if (!key.isEmpty()) {
            ObjectNode again = answer.deepCopy().put("message", "The retry key is already accepted");
            accepted.put(key, again.toString());
        }
        return SimulatorResponse.json(200, answer);
    }

    private SimulatorResponse media(String[] path) {
        byte[] bytes = path.length > 5 && path[5].equals("content") ? content.get(path[4]) : null;
        if (bytes == null) {
            return error(404, "Not found");
        }
        return path.length == 7
                ? SimulatorResponse.json(200, "{\"status\":\"succeeded\"}")
                : new SimulatorResponse(200, "image/jpeg", Map.of(), bytes);
    }

    private SimulatorResponse endpoint(JsonNode body) {
        if (!body.path("endpoint").asText().matches("https?://.{1,490}")) {
            return error(400, "Invalid webhook endpoint URL");
        }
        endpoint = URI.create(body.path("endpoint").asText());
        return SimulatorResponse.json(200, "{}");
    }

    private SimulatorResponse test(JsonNode body) {
        int status = tell(URI.create(body.path("endpoint").asText()));
        ObjectNode answer = json.createObjectNode().put("success", status == 200);
        answer.put("timestamp", "2026-11-28T00:00:00Z").put("statusCode", status);
        answer.put("reason", status == 200 ? "OK" : "ERROR_STATUS_CODE").put("detail", Integer.toString(status));
        return SimulatorResponse.json(200, answer);
    }

    private SimulatorResponse error(int status, String message, String... properties) {
        ObjectNode answer = json.createObjectNode().put("message", message);
        for (String property : properties) {
            answer.withArray("details")
                    .addObject()
                    .put("message", "May not be valid")
                    .put("property", property);
        }
        return SimulatorResponse.json(status, answer);
    }
}
