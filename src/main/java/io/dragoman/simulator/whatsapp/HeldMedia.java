// SPDX-License-Identifier: Apache-2.0
package io.dragoman.simulator.whatsapp;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dragoman.simulator.MultipartReader;
import io.dragoman.simulator.MultipartReader.Field;
import io.dragoman.simulator.SimulatorRequest;
import io.dragoman.simulator.SimulatorResponse;
import java.net.URI;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** The files that the simulated Meta holds, customers' and ours, and what it answers about them. Thread-safe. */
final class HeldMedia {
    private final Map<String, StoredMedia> items = new ConcurrentHashMap<>();
    private final Supplier<String> newId;

    HeldMedia(Supplier<String> newId) {
        this.newId = newId;
    }

    Set<String> ids() {
        return Set.copyOf(items.keySet());
    }

    void clear() {
        items.clear();
    }

    String store(StoredMedia item) {
        String id = newId.get();
        items.put(id, item);
        return id;
    }

    /** Takes a file that was posted as a form. */
    SimulatorResponse upload(SimulatorRequest request) {
        Map<String, Field> fields = MultipartReader.read(request.header("Content-Type"), request.body());
        Field none = new Field(false, new byte[0]);
        Field file = fields.get("file");
        String type = fields.getOrDefault("type", none).text();
        String product = fields.getOrDefault("messaging_product", none).text();
        if (file == null || !type.contains("/") || !product.equals("whatsapp")) {
            return WhatsAppSimulator.error(
                    400, 100, "Invalid parameter: file, type and messaging_product are required");
        }
        return SimulatorResponse.json(200, "{\"id\":\"" + store(new StoredMedia(file.content(), type)) + "\"}");
    }

    /** Where a file can be fetched, below the address of the API. */
    SimulatorResponse item(String id, URI baseUrl) {
        StoredMedia item = items.get(id);
        if (item == null) {
            return WhatsAppSimulator.error(
                    400, 100, "Unsupported get request. Object with ID '" + id + "' does not exist");
        }
        ObjectNode answer = WebhookPayloads.object()
                .put("messaging_product", "whatsapp")
                .put("url", baseUrl + "/media-file/" + id)
                .put("mime_type", item.mimeType())
                .put("sha256", item.sha256())
                .put("file_size", item.bytes().length)
                .put("id", id);
        return SimulatorResponse.json(200, answer.toString());
    }

    SimulatorResponse file(String id) {
        StoredMedia item = items.get(id);
        return item == null
                ? new SimulatorResponse(404, "text/plain", Map.of(), new byte[0])
                : new SimulatorResponse(200, item.mimeType(), Map.of(), item.bytes());
    }
}
