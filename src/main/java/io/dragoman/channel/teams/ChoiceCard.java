// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.teams;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dragoman.connector.kit.JsonFields;
import io.dragoman.connector.kit.PartList;
import io.dragoman.model.Json;
import io.dragoman.model.Part;

/**
 * A question with buttons as an Adaptive Card, and what comes back when one is pressed. The question is a rich text
 * block: a plain one would read what an agent wrote as Markdown.
 */
final class ChoiceCard {
    private static final String ID = "dragomanChoice";
    private static final String TITLE = "dragomanTitle";

    private ChoiceCard() {}

    static ObjectNode of(Part.Choices choices) {
        ObjectNode card = Json.mapper()
                .createObjectNode()
                .put("type", "AdaptiveCard")
                .put("$schema", "http://adaptivecards.io/schemas/adaptive-card.json")
                .put("version", "1.4");
        ObjectNode question = card.putArray("body").addObject().put("type", "RichTextBlock");
        question.putArray("inlines").addObject().put("type", "TextRun").put("text", choices.text());
        ArrayNode actions = card.putArray("actions");
        for (Part.Choice choice : choices.choices()) {
            ObjectNode action = actions.addObject().put("type", "Action.Submit").put("title", choice.title());
            action.putObject("data").put(ID, choice.id()).put(TITLE, choice.title());
        }
        return card;
    }

    /** Adds what was submitted: a choice of ours, or the data of somebody else's card as they are. */
    static void read(JsonFields value, PartList parts) {
        if (value.word(ID) != null) {
            parts.choice(value.word(ID), value.word(TITLE));
        } else if (value.node().isObject() && !value.node().isEmpty()) {
            parts.other("card", value.raw());
        }
    }
}
