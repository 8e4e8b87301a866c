// SPDX-License-Identifier: Apache-2.0
package io.dragoman.simulator.slack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dragoman.simulator.UrlEncoded;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What was written in each channel, as {@code conversations.history} and {@code conversations.replies} list it. Thread-safe. */
final class SlackHistory {
    private static final int PAGE = 100;

    private final ObjectMapper json = new ObjectMapper();
    private final Map<String, List<ObjectNode>> channels = new HashMap<>();

    synchronized void add(String channel, ObjectNode message) {
        channels.computeIfAbsent(channel, id -> new ArrayList<>()).add(message.deepCopy());
    }

    /** The newest first; what stands in a thread is left out, but its first. */
    synchronized ObjectNode history(UrlEncoded query) {
        List<ObjectNode> newest = new ArrayList<>();
        for (ObjectNode message : messages(query)) {
            if (isFirst(message)) {
                newest.add(message);
            }
        }
        Collections.reverse(newest);
        return page(newest, query);
    }

    /** The first of a thread and what stands below it, the oldest first; null when there is no such thread. */
    synchronized @Nullable ObjectNode replies(UrlEncoded query) {
        String thread = query.get("ts");
        String oldest = query.get("oldest");
        List<ObjectNode> all = new ArrayList<>();
        boolean found = false;
        for (ObjectNode message : messages(query)) {
            boolean root = message.path("ts").asText().equals(thread);
            found |= root;
            if (root
                    || (message.path("thread_ts").asText("").equals(thread)
                            && message.path("ts").asText().compareTo(oldest) >= 0)) {
                all.add(message);
            }
        }
        return found ? page(all, query) : null;
    }

    private List<ObjectNode> messages(UrlEncoded query) {
        return channels.getOrDefault(query.get("channel"), List.of());
    }

    private static boolean isFirst(JsonNode message) {
        String thread = message.path("thread_ts").asText("");
        return thread.isEmpty() || thread.equals(message.path("ts").asText());
    }

    private ObjectNode page(List<ObjectNode> all, UrlEncoded query) {
        int from = number(query.get("cursor"), 0);
        int to = Math.min(all.size(), from + Math.min(number(query.get("limit"), PAGE), 999));
        ObjectNode answer = json.createObjectNode().put("ok", true).put("has_more", to < all.size());
        ArrayNode messages = answer.putArray("messages");
        for (ObjectNode message : all.subList(Math.min(from, to), to)) {
            ObjectNode shown = message.deepCopy();
            if (!query.get("include_all_metadata").equals("true")) {
                shown.remove("metadata");
            }
            messages.add(shown);
        }
        answer.putObject("response_metadata").put("next_cursor", to < all.size() ? "at" + to : "");
        return answer;
    }

    private static int number(String text, int otherwise) {
        String digits = text.startsWith("at") ? text.substring(2) : text;
        return digits.matches("\\d{1,6}") ? Integer.parseInt(digits) : otherwise;
    }
}
