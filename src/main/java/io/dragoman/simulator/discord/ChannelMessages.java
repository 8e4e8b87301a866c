// SPDX-License-Identifier: Apache-2.0
package io.dragoman.simulator.discord;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The messages of all channels, oldest first, and the nonces by which repetitions are known. Thread-safe. */
final class ChannelMessages {
    private final ObjectMapper json = new ObjectMapper();
    private final Map<String, List<ObjectNode>> channels = new HashMap<>();
    private final Map<String, ObjectNode> nonces = new HashMap<>();

    synchronized void add(ObjectNode message) {
        channels.computeIfAbsent(message.path("channel_id").asText(), id -> new ArrayList<>())
                .add(message);
    }

    /** The message that was made with a nonce; makes it where there is none. */
    synchronized @Nullable ObjectNode repeated(String channel, String nonce) {
        return nonces.get(channel + "/" + nonce);
    }

    synchronized void remember(String channel, String nonce, ObjectNode message) {
        nonces.put(channel + "/" + nonce, message);
    }

    synchronized @Nullable ObjectNode find(String channel, String id) {
        return channels.getOrDefault(channel, List.of()).stream()
                .filter(message -> message.path("id").asText().equals(id))
                .findFirst()
                .orElse(null);
    }

    synchronized @Nullable ObjectNode last(String channel) {
        List<ObjectNode> all = channels.getOrDefault(channel, List.of());
        return all.isEmpty() ? null : all.get(all.size() - 1);
    }

    /** As Discord lists them: of those after an id the oldest, and of these the newest first. */
    synchronized ArrayNode after(String channel, long after, int limit) {
        List<ObjectNode> found = channels.getOrDefault(channel, List.of()).stream()
                .filter(message -> message.path("id").asLong() > after)
                .limit(limit)
                .toList();
        ArrayNode page = json.createArrayNode();
        for (int i = found.size() - 1; i >= 0; i--) {
            ObjectNode listed = found.get(i).deepCopy();
            listed.remove(List.of("guild_id", "channel_type")); // only the Gateway says so
            page.add(listed);
        }
        return page;
    }

    /** The first button or row of a menu with a title, and the message that it is on. */
    synchronized @Nullable Shown shown(String channel, String title) {
        List<ObjectNode> all = channels.getOrDefault(channel, List.of());
        for (int i = all.size() - 1; i >= 0; i--) {
            for (JsonNode component : all.get(i).findParents("label")) {
                if (component.path("label").asText().equals(title)) {
                    return new Shown(all.get(i), component);
                }
            }
        }
        return null;
    }

    /** A button or row. */
    record Shown(ObjectNode message, JsonNode component) {}
}
