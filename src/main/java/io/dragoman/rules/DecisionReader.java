// SPDX-License-Identifier: Apache-2.0
package io.dragoman.rules;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dragoman.model.Json;
import io.dragoman.rules.action.Action;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Reads decisions as the store keeps them: today's form, and the first one, which had a field for each action. */
final class DecisionReader {
    private DecisionReader() {}

    static Decision read(JsonNode stored) throws IOException {
        JsonNode listed = stored.has("actions") ? stored.path("actions") : firstForm(stored);
        List<Action> actions = new ArrayList<>();
        for (JsonNode action : listed) {
            actions.add(Json.convert(action, Action.class));
        }
        List<Decision.Considered> rules = new ArrayList<>();
        for (JsonNode rule : stored.path("rules")) {
            rules.add(Json.convert(rule, Decision.Considered.class));
        }
        return new Decision(actions, rules);
    }

    /** The actions of {@code {"team":…,"tags":[…],"priority":…,"desk":…,"drop":…,"close":…,"notes":[…],"replies":[…]}}. */
    private static ArrayNode firstForm(JsonNode stored) {
        ArrayNode actions = JsonNodeFactory.instance.arrayNode();
        stored.path("replies")
                .forEach(reply -> actions.add(reply.<ObjectNode>deepCopy().put("type", "reply")));
        one(stored, "team", "team", actions);
        one(stored, "priority", "priority", actions);
        one(stored, "desk", "desk", actions);
        one(stored, "drop", "reason", actions);
        stored.path("tags")
                .forEach(tag -> actions.addObject().put("type", "tag").set("tag", tag));
        if (stored.path("close").asBoolean()) {
            actions.addObject().put("type", "close");
        }
        stored.path("notes")
                .forEach(note -> actions.addObject().put("type", "note").set("note", note));
        return actions;
    }

    private static void one(JsonNode stored, String type, String field, ArrayNode actions) {
        if (stored.hasNonNull(type)) {
            actions.addObject().put("type", type).set(field, stored.get(type));
        }
    }
}
