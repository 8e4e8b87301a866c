// SPDX-License-Identifier: Apache-2.0
package io.dragoman.simulator.line;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One message object of a push, checked as LINE does. */
record PushedMessage(JsonNode json) {
    private static final int TEXT = 5000;
    private static final int QUICK_REPLIES = 13;
    private static final int LABEL = 20;
    private static final int DATA = 300;
    private static final Set<String> TYPES = Set.of("text", "image", "location", "flex");

    /** The property that is wrong; null when none is. */
    @Nullable
    String wrong() {
        String type = json.path("type").asText();
        if (!TYPES.contains(type)) {
            return "type";
        }
        JsonNode items = json.at("/quickReply/items");
        if (items.size() > QUICK_REPLIES) {
            return "quickReply/items";
        }
        for (JsonNode item : items) {
            if (!item.path("type").asText().equals("action") || !isAction(item.path("action"))) {
                return "quickReply/items/action";
            }
        }
        return switch (type) {
            case "text" -> within(json.path("text"), TEXT) ? null : "text";
            case "image" ->
                isAddress(json.path("originalContentUrl")) && isAddress(json.path("previewImageUrl"))
                        ? null
                        : "originalContentUrl";
            case "location" ->
                within(json.path("title"), 100) && within(json.path("address"), 100) && onEarth() ? null : "address";
            default -> within(json.path("altText"), 1500) && isFlex(json.path("contents")) ? null : "contents";
        };
    }

    private boolean onEarth() {
        return json.path("latitude").isNumber() && json.path("longitude").isNumber();
    }

    private static boolean isFlex(JsonNode contents) {
        if (contents.path("type").asText().equals("carousel")) {
            boolean bubbles = !contents.path("contents").isEmpty();
            for (JsonNode bubble : contents.path("contents")) {
                bubbles &= isFlex(bubble);
            }
            return bubbles && contents.path("contents").size() <= 12;
        }
        boolean good = contents.path("type").asText().equals("bubble")
                && !contents.at("/body/contents").isEmpty();
        for (JsonNode button : contents.at("/footer/contents")) {
            good &= isAction(button.path("action"));
        }
        return good;
    }

    private static boolean isAction(JsonNode action) {
        return within(action.path("label"), LABEL)
                && switch (action.path("type").asText()) {
                    case "postback" -> within(action.path("data"), DATA);
                    case "location" -> true;
                    case "uri" -> within(action.path("uri"), 1000);
                    default -> false;
                };
    }

    private static boolean isAddress(JsonNode url) {
        return url.asText().startsWith("https://") && within(url, 2000);
    }

    private static boolean within(JsonNode text, int longest) {
        return text.isTextual() && !text.asText().isEmpty() && text.asText().length() <= longest;
    }

    /** Every button that a customer can press. */
    List<JsonNode> buttons() {
        List<JsonNode> buttons = new ArrayList<>();
        json.at("/quickReply/items").forEach(item -> buttons.add(item.path("action")));
        json.at("/contents/footer/contents").forEach(button -> buttons.add(button.path("action")));
        return buttons;
    }

    private boolean asksForPlace() {
        return buttons().stream()
                .anyMatch(action -> action.path("type").asText().equals("location"));
    }

    /** What the customer sees, in one line of words. */
    String shown() {
        return switch (json.path("type").asText()) {
            case "text" -> json.path("text").asText() + (asksForPlace() ? " [location]" : "");
            case "image" -> "[image] " + json.path("originalContentUrl").asText();
            case "location" -> "[location] " + json.path("title").asText();
            default -> "[card] " + json.path("altText").asText();
        };
    }
}
