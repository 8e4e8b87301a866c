// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.line;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dragoman.model.Card;
import io.dragoman.model.Carousel;
import io.dragoman.model.UnicodeText;

/** Cards as flex messages, whose texts may be longer than those of templates. */
final class FlexMessage {
    /** What stands in a notification. */
    private static final int ALTERNATIVE = 400;

    private static final int LABEL = 20;

    private FlexMessage() {}

    static void card(Card card, ObjectNode message) {
        message.put("type", "flex").put("altText", UnicodeText.cut(card.title(), ALTERNATIVE));
        bubble(card, message.putObject("contents"));
    }

    static void carousel(Carousel carousel, ObjectNode message) {
        String text = carousel.text();
        String title = text == null || text.isBlank() ? carousel.cards().get(0).title() : text;
        message.put("type", "flex").put("altText", UnicodeText.cut(title, ALTERNATIVE));
        ArrayNode bubbles =
                message.putObject("contents").put("type", "carousel").putArray("contents");
        carousel.cards().forEach(card -> bubble(card, bubbles.addObject()));
    }

    private static void bubble(Card card, ObjectNode bubble) {
        bubble.put("type", "bubble");
        if (card.image() != null
                && card.image().url() != null
                && card.image().url().startsWith("https:")) {
            bubble.putObject("hero")
                    .put("type", "image")
                    .put("url", card.image().url())
                    .put("size", "full")
                    .put("aspectRatio", "20:13");
        }
        ArrayNode lines = box(bubble, "body");
        text(lines, card.title()).put("weight", "bold");
        if (card.text() != null && !card.text().isBlank()) {
            text(lines, card.text());
        }
        if (!card.buttons().isEmpty()) {
            ArrayNode buttons = box(bubble, "footer");
            card.buttons().forEach(button -> button(button, buttons.addObject()));
        }
    }

    private static ArrayNode box(ObjectNode bubble, String name) {
        return bubble.putObject(name)
                .put("type", "box")
                .put("layout", "vertical")
                .putArray("contents");
    }

    private static ObjectNode text(ArrayNode lines, String text) {
        return lines.addObject().put("type", "text").put("text", text).put("wrap", true);
    }

    private static void button(Card.Button button, ObjectNode shown) {
        String label = UnicodeText.cut(button.title(), LABEL);
        ObjectNode action = shown.put("type", "button").putObject("action");
        if (button.url() == null) {
            Sender.postback(action, String.valueOf(button.id()), label);
        } else {
            action.put("type", "uri").put("label", label).put("uri", button.url());
        }
    }
}
