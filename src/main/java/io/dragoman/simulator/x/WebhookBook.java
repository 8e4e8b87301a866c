// SPDX-License-Identifier: Apache-2.0
package io.dragoman.simulator.x;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dragoman.simulator.HmacSigner;
import io.dragoman.simulator.SimulatorRequest;
import io.dragoman.simulator.SimulatorResponse;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** The webhooks of the app, one at most, and their subscriptions. Thread-safe. */
public final class WebhookBook {
    private final ObjectMapper json = new ObjectMapper();
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private final String secret;
    private final Supplier<String> ids;
    private final Map<String, ObjectNode> hooks = new LinkedHashMap<>();
    private final Map<String, ObjectNode> subscriptions = new LinkedHashMap<>();

    WebhookBook(String secret, Supplier<String> ids) {
        this.secret = secret;
        this.ids = ids;
    }

    /** X gives up every webhook, as after a wrong answer to its challenge. */
    public synchronized void giveUp() {
        hooks.values().forEach(hook -> hook.put("valid", false));
    }

    /** Whether there is a webhook that is valid. */
    public synchronized boolean valid() {
        return hooks.values().stream().anyMatch(hook -> hook.path("valid").asBoolean());
    }

    /** What is subscribed to. */
    public synchronized List<String> subscribed() {
        return subscriptions.values().stream()
                .map(one -> one.path("event_type").asText())
                .toList();
    }

    synchronized SimulatorResponse handle(SimulatorRequest request) throws IOException {
        String path = request.path();
        if (path.equals("/2/activity/subscriptions")) {
            return request.method().equals("GET") ? listed(subscriptions) : subscribe(json.readTree(request.body()));
        }
        if (request.method().equals("GET")) {
            return listed(hooks);
        }
        if (request.method().equals("POST")) {
            return make(json.readTree(request.body()).path("url").asText());
        }
        ObjectNode hook = hooks.get(path.substring(path.lastIndexOf('/') + 1));
        if (hook == null) {
            return XSimulator.problem(404, "Not Found", "Not Found");
        }
        boolean proved = proves(hook.path("url").asText());
        hook.put("valid", proved);
        return proved ? SimulatorResponse.json(200, "{\"data\":{\"valid\":true}}") : unproved();
    }

    private SimulatorResponse listed(Map<String, ObjectNode> all) {
        ObjectNode answer = json.createObjectNode();
        answer.putArray("data").addAll(all.values());
        answer.putObject("meta").put("result_count", all.size());
        return SimulatorResponse.json(200, answer);
    }

    private SimulatorResponse make(String url) {
        if (!hooks.isEmpty()) {
            return XSimulator.problem(400, "Invalid Request", "WebhookLimitExceeded");
        }
        if (!proves(url)) {
            return unproved();
        }
        ObjectNode hook =
                json.createObjectNode().put("id", ids.get()).put("url", url).put("valid", true);
        hooks.put(hook.path("id").asText(), hook);
        return SimulatorResponse.json(200, json.createObjectNode().set("data", hook));
    }

    private static SimulatorResponse unproved() {
        return XSimulator.problem(400, "Invalid Request", "CrcValidationFailed");
    }

    private SimulatorResponse subscribe(JsonNode wanted) {
        if (!hooks.containsKey(wanted.path("webhook_id").asText())
                || wanted.at("/filter/user_id").asText().isEmpty()) {
            return XSimulator.problem(400, "Invalid Request", "webhook_id and filter are required");
        }
        ObjectNode made = ((ObjectNode) wanted).put("subscription_id", ids.get());
        subscriptions.put(made.path("subscription_id").asText(), made);
        return SimulatorResponse.json(200, json.createObjectNode().set("data", made));
    }

    /** Sends a challenge, and looks whether the answer is made with the app's secret. */
    private boolean proves(String url) {
        String challenge = "Y3Jj" + ids.get();
        String expected =
                "sha256=" + HmacSigner.base64("HmacSHA256", HmacSigner.utf8(secret), HmacSigner.utf8(challenge));
        try {
            HttpRequest request = HttpRequest.newBuilder(URI.create(url + "?crc_token=" + challenge))
                    .timeout(Duration.ofSeconds(10))
                    .build();
            HttpResponse<byte[]> answer = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
            return answer.statusCode() == 200
                    && json.readTree(answer.body())
                            .path("response_token")
                            .asText()
                            .equals(expected);
        } catch (IOException | IllegalArgumentException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
