// SPDX-License-Identifier: Apache-2.0
package io.dragoman.simulator.linkedin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.dragoman.simulator.SimulatorRequest;
import io.dragoman.simulator.SimulatorResponse;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/** Which page's notifications go where, by app, person, page and type. Thread-safe. */
final class Subscriptions {
    /** The key in the path, with its URNs encoded. */
    private static final Pattern KEY = Pattern.compile("\\(developerApplication:urn%3Ali%3AdeveloperApplication%3A\\d+,"
            + "user:urn%3Ali%3Aperson%3A[A-Za-z0-9_-]+,entity:urn%3Ali%3Aorganization%3A\\d+,"
            + "eventType:ORGANIZATION_SOCIAL_ACTION_NOTIFICATIONS\\)");

    private static final long LIFE = 60L * 24 * 3600 * 1000;

    private final ObjectMapper json = new ObjectMapper();
    private final Map<String, String> webhooks = new ConcurrentHashMap<>();

    SimulatorResponse handle(SimulatorRequest request) throws IOException {
        String path = request.uri().getRawPath();
        String key = path.substring(path.lastIndexOf('/') + 1);
        if (!KEY.matcher(key).matches()) {
            return error(400, "ILLEGAL_ARGUMENT", "Key parameter is not valid");
        }
        if (request.method().equals("PUT")) {
            JsonNode webhook = json.readTree(request.body()).path("webhook");
            if (!webhook.asText("").startsWith("http")) {
                return error(422, "INVALID_VALUE", "webhook is not valid");
            }
            webhooks.put(key, webhook.asText());
            return SimulatorResponse.empty(200, Map.of());
        }
        String webhook = webhooks.get(key);
        return webhook == null
                ? error(404, "NOT_FOUND", "No such subscription")
                : SimulatorResponse.json(
                        200,
                        json.createObjectNode()
                                .put("webhook", webhook)
                                .put("expiresAt", System.currentTimeMillis() + LIFE));
    }

    private SimulatorResponse error(int status, String code, String message) {
        return SimulatorResponse.json(
                status,
                json.createObjectNode().put("status", status).put("code", code).put("message", message));
    }
}
