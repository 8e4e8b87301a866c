// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.telegram;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** Words for content with fields, beside which its own form is kept; none for what has none yet. */
final class ReadableContent {
    private ReadableContent() {}

    /**
     * A text for a reader; empty for a kind that we have no words for.
     *
     * @param kind the field of the message that holds the content
     */
    static String of(String kind, JsonNode content) {
        return switch (kind) {
            case "poll" ->
                entities(content, "question")
                        + lines(content.path("options"), option -> "- " + entities(option, "text"));
            case "checklist" -> entities(content, "title") + lines(content.path("tasks"), ReadableContent::task);
            case "story" -> "A story by " + name(content.path("chat"));
            case "paid_media" -> "Paid media that the bot may not see, for " + stars(content.path("star_count"));
            case "gift" -> gift("A gift " + content.at("/gift/sticker/emoji").asText(""), content);
            case "unique_gift" ->
                gift(
                        "A gift " + content.at("/gift/base_name").asText("") + " #"
                                + content.at("/gift/number").asText(""),
                        content);
            case "game" -> word(content, "title") + "\n" + word(content, "description");
            case "invoice" -> "Invoice: " + word(content, "title") + "\n" + word(content, "description");
            case "successful_payment" -> "Paid: " + amount(content);
            case "refunded_payment" -> "Refunded: " + amount(content);
            default -> "";
        };
    }

    private static String task(JsonNode task) {
        boolean done = task.path("completion_date").asLong(0) > 0
                || task.has("completed_by_user")
                || task.has("completed_by_chat");
        return (done ? "[x] " : "[ ] ") + entities(task, "text");
    }

    private static String gift(String what, JsonNode content) {
        String text = entities(content, "text", "entities");
        return what.strip() + (text.isBlank() ? "" : ": " + text);
    }

    /** In the smallest units of a currency, which has none, two or three decimals: as Telegram gives it. */
    private static String amount(JsonNode payment) {
        String currency = word(payment, "currency");
        JsonNode total = payment.path("total_amount");
        return currency.equals("XTR") ? stars(total) : total.asText("") + " of the smallest units of " + currency;
    }

    private static String stars(JsonNode count) {
        return count.asText("some") + " stars";
    }

    private static String name(JsonNode chat) {
        String title = word(chat, "title");
        String person = (word(chat, "first_name") + " " + word(chat, "last_name")).strip();
        return !title.isBlank() ? title : !person.isEmpty() ? person : word(chat, "username");
    }

    private static String entities(JsonNode node, String name) {
        return entities(node, name, name + "_entities");
    }

    private static String entities(JsonNode node, String name, String entities) {
        return EntityText.of(word(node, name), node.path(entities));
    }

    private static String lines(JsonNode items, Function<JsonNode, String> read) {
        return StreamSupport.stream(items.spliterator(), false)
                .map(item -> "\n" + read.apply(item))
                .collect(Collectors.joining());
    }

    private static String word(JsonNode node, String name) {
        return node.path(name).asText("");
    }
}
