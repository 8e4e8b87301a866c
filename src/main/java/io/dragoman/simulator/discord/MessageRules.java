// SPDX-License-Identifier: Apache-2.0
package io.dragoman.simulator.discord;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What Discord takes as a message, and what it says of what it does not. */
final class MessageRules {
    static final int INVALID = 50035;
    static final int EMPTY = 50006;

    private MessageRules() {}

    /** The code of what is wrong; null for nothing. */
    static @Nullable Integer problem(JsonNode body, boolean files) {
        JsonNode content = body.path("content");
        JsonNode nonce = body.path("nonce");
        boolean empty =
                content.asText().isBlank() && !files && body.path("embeds").isEmpty();
        if (!content.isMissingNode() && content.asText().length() > 2000) {
            return INVALID;
        }
        if (!nonce.isMissingNode()
                && (nonce.asText().isEmpty() || nonce.asText().length() > 25)) {
            return INVALID;
        }
        if (!body.path("allowed_mentions").path("parse").isMissingNode()
                && !body.path("allowed_mentions").path("parse").isArray()) {
            return INVALID;
        }
        return empty ? Integer.valueOf(EMPTY) : components(body.path("components"));
    }

    private static @Nullable Integer components(JsonNode rows) {
        Set<String> ids = new HashSet<>();
        if (rows.size() > 5) {
            return INVALID;
        }
        for (JsonNode row : rows) {
            JsonNode inside = row.path("components");
            if (row.path("type").asInt() != 1 || inside.isEmpty() || inside.size() > 5) {
                return INVALID;
            }
            for (JsonNode component : inside) {
                boolean good =
                        switch (component.path("type").asInt()) {
                            case 2 -> within(component.path("label"), 80) && inside.size() <= 5;
                            case 3 -> isMenu(component) && inside.size() == 1;
                            default -> false;
                        };
                if (!good
                        || !within(component.path("custom_id"), 100)
                        || !ids.add(component.path("custom_id").asText())) {
                    return INVALID;
                }
            }
        }
        return null;
    }

    private static boolean isMenu(JsonNode menu) {
        Set<String> values = new HashSet<>();
        for (JsonNode option : menu.path("options")) {
            if (!within(option.path("label"), 100)
                    || !within(option.path("value"), 100)
                    || option.path("description").asText().length() > 100
                    || !values.add(option.path("value").asText())) {
                return false;
            }
        }
        return !values.isEmpty() && values.size() <= 25;
    }

    private static boolean within(JsonNode text, int longest) {
        return text.isTextual() && !text.asText().isEmpty() && text.asText().length() <= longest;
    }
}
