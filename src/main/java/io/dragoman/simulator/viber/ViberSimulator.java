// SPDX-License-Identifier: Apache-2.0
package io.dragoman.simulator.viber;

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
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Viber's REST API with one bot: checks token and fields, answers 200 with a status, and posts signed events. A customer
 * is any id. Thread-safe.
 */
public final class ViberSimulator extends HttpSimulator {
    private static final String TOKEN = "445da6az1s345z78-dazcczb2542zv51a-e0vc5fva17480im9";
    private static final String NAME = "Shop";
    /** Tokens of messages have 64 bits. */
    private static final long FIRST = 5_900_000_000_000_000_000L;

    private final ObjectMapper json = new ObjectMapper();
    private final Set<String> blocked = ConcurrentHashMap.newKeySet();
    private final Map<String, JsonNode> last = new ConcurrentHashMap<>();
    private volatile @Nullable URI webhook;

    /** On a port; 0 for any free one. */
    public ViberSimulator(int port) {
        this(port, Clock.systemUTC());
    }

    /** @param clock tells where its ids begin */
    public ViberSimulator(int port, Clock clock) {
        super(port, clock);
        start();
    }

    @Override
    public String kind() {
        return "viber";
    }

    @Override
    public Map<String, String> settings() {
        return Map.of("authToken", TOKEN, "sender", NAME, "baseUrl", baseUrl() + "/pa");
    }

    /** The webhook that was set last; null at first. */
    public @Nullable URI webhook() {
        return webhook;
    }

    @Override
    public Optional<Proof> proof() {
        return Proof.by("x-viber-content-signature");
    }

    @Override
    public int brings(URI callback, byte[] body) {
        return tell(callback, body);
    }

    @Override
    public int customerWrites(URI callback, String customer, String text) {
        ObjectNode event = event("message");
        event.putObject("sender").put("id", customer).put("name", customer).put("language", "en");
        ObjectNode message = event.putObject("message").put("type", "text").put("text", text);
        JsonNode tracked = last.getOrDefault(customer, json.nullNode()).path("tracking_data");
        if (tracked.isTextual()) {
            message.put("tracking_data", tracked.asText());
        }
        return tell(callback, event);
    }

    /** A customer presses a button of our last message: it comes as what the button says. */
    public int customerPresses(URI callback, String customer, String title) {
        for (JsonNode button : last.getOrDefault(customer, json.nullNode()).at("/keyboard/Buttons")) {
            if (button.path("Text").asText().equals(title)) {
                return customerWrites(
                        callback, customer, button.path("ActionBody").asText());
            }
        }
        throw new IllegalStateException("our last message has no such button");
    }

    /** A customer unsubscribes, and gets nothing any more. */
    public int customerLeaves(URI callback, String customer) {
        blocked.add(customer);
        return tell(callback, event("unsubscribed").put("user_id", customer));
    }

    /** Tells what became of a message of ours: {@code delivered}, {@code seen} or {@code failed}. */
    public int reports(URI callback, String customer, String token, String what) {
        ObjectNode event = event(what).put("user_id", customer).put("message_token", Long.parseLong(token));
        return tell(callback, event);
    }

    @Override
    public void receipts(URI callback, Delivered message) {
        reports(callback, message.customer(), message.id(), "delivered");
        reports(callback, message.customer(), message.id(), "seen");
    }

    private ObjectNode event(String type) {
        return json.createObjectNode()
                .put("event", type)
                .put("timestamp", System.currentTimeMillis())
                .put("chat_hostname", "SN-SIMULATED_")
                .put("message_token", FIRST + ids().next());
    }

    private int tell(URI callback, ObjectNode event) {
        return tell(callback, event.toString().getBytes(StandardCharsets.UTF_8));
    }

    private int tell(URI callback, byte[] bytes) {
        String signature = HmacSigner.hex("HmacSHA256", HmacSigner.utf8(TOKEN), bytes);
        return post(callback, "application/json", bytes, Map.of("X-Viber-Content-Signature", signature));
    }

    @Override
    protected SimulatorResponse handle(SimulatorRequest request) throws IOException {
        if (!request.method().equals("POST") || !request.path().startsWith("/pa/")) {
            return SimulatorResponse.empty(404, Map.of());
        }
        if (!request.header("X-Viber-Auth-Token").equals(TOKEN)) {
            return status(2, "invalidAuthToken");
        }
        JsonNode body = json.readTree(request.body());
        return switch (request.path()) {
            case "/pa/send_message" -> send(body);
            case "/pa/set_webhook" -> set(body);
            default -> status(3, "badData");
        };
    }

    private SimulatorResponse set(JsonNode body) {
        String url = body.path("url").asText();
        if (!url.matches("https?://.+") || tell(URI.create(url), event("webhook")) != 200) {
            return status(1, "invalidUrl");
        }
        webhook = URI.create(url);
        return status(0, "ok");
    }

    private SimulatorResponse send(JsonNode body) {
        String customer = body.path("receiver").asText();
        String name = body.at("/sender/name").asText();
        if (customer.isEmpty() || name.isEmpty() || name.length() > 28) {
            return status(4, "missingData");
        }
        if (blocked.contains(customer)) {
            return status(6, "receiverNotSubscribed");
        }
        if (!isComplete(body)) {
            return status(3, "badData");
        }
        last.put(customer, body);
        long token = FIRST + ids().next();
        deliver(new Delivered(customer, Long.toString(token), shown(body)));
        ObjectNode answer = json.createObjectNode().put("status", 0).put("status_message", "ok");
        return SimulatorResponse.json(200, answer.put("message_token", token).put("billing_status", 1));
    }

    private static boolean isComplete(JsonNode body) {
        boolean media = body.path("media").asText().matches("https?://.+");
        boolean sized = body.path("size").asLong() > 0;
        return body.path("tracking_data").asText("").length() <= 4000
                && keyboard(body.path("keyboard"))
                && switch (body.path("type").asText()) {
                    case "text" -> within(body.path("text"), 7000);
                    case "picture" -> media && body.path("text").asText().length() <= 768;
                    case "video" -> media && sized;
                    case "file" -> media && sized && within(body.path("file_name"), 256);
                    case "location" ->
                        body.at("/location/lat").isNumber()
                                && body.at("/location/lon").isNumber();
                    case "contact" ->
                        within(body.at("/contact/name"), 28) && within(body.at("/contact/phone_number"), 18);
                    default -> false;
                };
    }

    private static boolean keyboard(JsonNode keyboard) {
        if (keyboard.isMissingNode()) {
            return true;
        }
        boolean good = keyboard.path("Type").asText().equals("keyboard")
                && keyboard.path("Buttons").size() <= 24;
        for (JsonNode button : keyboard.path("Buttons")) {
            good &= within(button.path("ActionBody"), 250) && within(button.path("Text"), 250);
        }
        return good;
    }

    private static boolean within(JsonNode text, int longest) {
        return text.isTextual() && !text.asText().isEmpty() && text.asText().length() <= longest;
    }

    private static String shown(JsonNode body) {
        String type = body.path("type").asText();
        return type.equals("text")
                ? body.path("text").asText()
                : "[" + type + "] " + body.path("media").asText();
    }

    private SimulatorResponse status(int status, String message) {
        return SimulatorResponse.json(
                200, json.createObjectNode().put("status", status).put("status_message", message));
    }
}
