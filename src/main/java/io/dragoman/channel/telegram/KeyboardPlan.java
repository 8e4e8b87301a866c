// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.telegram;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dragoman.connector.Limits;
import io.dragoman.model.Card;
import io.dragoman.model.LocationRequest;
import io.dragoman.model.Reason;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Messages with keys below them: https://core.telegram.org/bots/api#inlinekeyboardbutton and #keyboardbutton. */
final class KeyboardPlan {
    /** Title and text together are the caption of the picture, of 1024 characters. */
    static final Limits.CardLimit CARDS = new Limits.CardLimit(1, 10, 200, 800, 64);

    private KeyboardPlan() {}

    /** A picture or a text with the links and answers below it. */
    static MessagePlan card(ObjectNode to, Card card) {
        ArrayNode rows = to.putObject("reply_markup").putArray("inline_keyboard");
        for (Card.Button button : card.buttons()) {
            ObjectNode key = rows.addArray().addObject().put("text", button.title());
            String id = button.id();
            if (id == null) {
                key.put("url", button.url());
            } else if (id.getBytes(StandardCharsets.UTF_8).length > MessagePlan.BUTTON_DATA) {
                return new MessagePlan.Never(Reason.TOO_LARGE, "telegram takes at most 64 bytes as the id of a button");
            } else {
                key.put("callback_data", id);
            }
        }
        if (rows.isEmpty()) {
            to.remove("reply_markup");
        }
        String text = Stream.concat(Stream.of(card.title()), Stream.ofNullable(card.text()))
                .filter(line -> !line.isBlank())
                .collect(Collectors.joining("\n"));
        return card.image() == null ? MessagePlan.text(to, text) : MediaPlan.of(to, card.image(), text);
    }

    /** The key stands in place of the keyboard until it was pressed; its sign is understood in every language. */
    static MessagePlan locationRequest(ObjectNode to, LocationRequest request) {
        ObjectNode keyboard = to.putObject("reply_markup");
        keyboard.putArray("keyboard").addArray().addObject().put("text", "📍").put("request_location", true);
        keyboard.put("one_time_keyboard", true).put("resize_keyboard", true);
        return MessagePlan.text(to, request.text());
    }
}
