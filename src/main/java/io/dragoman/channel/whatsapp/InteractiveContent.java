// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.whatsapp;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dragoman.connector.Limits;
import io.dragoman.model.Card;
import io.dragoman.model.LocationRequest;
import io.dragoman.model.Part;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Messages with something to tap: https://developers.facebook.com/docs/whatsapp/cloud-api/guides/send-messages#interactive-messages.
 */
final class InteractiveContent {
    /** Title and text are one body of 1024 characters, and a message has one link or up to three answers. */
    static final Limits.CardLimit CARDS =
            new Limits.CardLimit(1, 3, 200, 800, 20, Limits.ButtonMix.ONE_LINK_OR_ANSWERS);

    static final int LONGEST_QUESTION = 1024;

    private InteractiveContent() {}

    static void choices(ObjectNode interactive, Part.Choices choices) {
        boolean list = choices.button() != null;
        ObjectNode action = action(interactive, list ? "list" : "button", choices.text());
        ArrayNode all = list
                ? action.put("button", choices.button())
                        .putArray("sections")
                        .addObject()
                        .putArray("rows")
                : action.putArray("buttons");
        for (Part.Choice choice : choices.choices()) {
            ObjectNode one = list ? all.addObject() : reply(all);
            answer(one, choice.id(), choice.title());
            String description = list ? choice.description() : null; // a button has room for its title only
            if (description != null && !description.isBlank()) {
                one.put("description", description);
            }
        }
    }

    /** With one link or with answers; false for what WhatsApp has no such message for. */
    static boolean card(ObjectNode interactive, Card card) {
        if (!CARDS.mix().takes(card.buttons())) {
            return false;
        }
        String text = Stream.of(card.title(), shown(card.text()))
                .filter(line -> !line.isBlank())
                .collect(Collectors.joining("\n"));
        Card.Button first = card.buttons().get(0);
        if (first.url() != null) {
            action(interactive, "cta_url", text)
                    .put("name", "cta_url")
                    .putObject("parameters")
                    .put("display_text", first.title())
                    .put("url", first.url());
            return true;
        }
        ArrayNode buttons = action(interactive, "button", text).putArray("buttons");
        card.buttons().forEach(button -> answer(reply(buttons), shown(button.id()), button.title()));
        return true;
    }

    static void locationRequest(ObjectNode interactive, LocationRequest request) {
        action(interactive, "location_request_message", request.text()).put("name", "send_location");
    }

    private static String shown(@Nullable String text) {
        return text == null ? "" : text;
    }

    private static ObjectNode action(ObjectNode interactive, String type, String text) {
        interactive.put("type", type).putObject("body").put("text", text);
        return interactive.putObject("action");
    }

    private static ObjectNode reply(ArrayNode buttons) {
        return buttons.addObject().put("type", "reply").putObject("reply");
    }

    private static void answer(ObjectNode node, String id, String title) {
        node.put("id", id).put("title", title);
    }
}
