// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.telegram;

import com.fasterxml.jackson.databind.JsonNode;
import io.dragoman.connector.MalformedPayload;
import io.dragoman.connector.kit.JsonFields;
import io.dragoman.model.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * A message of blocks (headings, lists, tables, pictures between the words), as one text and the media and places in
 * it. A block of a type that is not known is read for the text and the blocks in it. The depth is that of the JSON.
 */
final class RichMessage {
    private final List<Part> others = new ArrayList<>();

    private RichMessage() {}

    /** Its text first, where there is any, then its media and places in their order; perhaps nothing. */
    static List<Part> parts(JsonFields message) throws MalformedPayload {
        RichMessage reading = new RichMessage();
        String text = reading.blocks(message.node().path("blocks"), "\n\n");
        List<Part> parts = new ArrayList<>();
        if (!text.isBlank()) {
            parts.add(new Part.Text(JsonFields.clean(text)));
        }
        parts.addAll(reading.others);
        return parts;
    }

    private String blocks(JsonNode blocks, String between) throws MalformedPayload {
        List<String> texts = new ArrayList<>();
        for (JsonNode block : blocks) {
            texts.add(block(block));
        }
        return joined(texts, between);
    }

    private String block(JsonNode block) throws MalformedPayload {
        String type = block.path("type").asText("");
        return switch (type) {
            case "list" -> list(block.path("items"));
            case "table" -> table(block);
            case "divider" -> "---";
            case "anchor" -> "";
            case "mathematical_expression" -> inline(block);
            case "blockquote", "expandable_blockquote", "pullquote" -> quote(block);
            case "buttons" -> each(block.path("buttons"), RichMessage::button, "\n");
            case "map" -> {
                InboundParts.place(JsonFields.of(block).object("location")).ifPresent(others::add);
                yield caption(block);
            }
            case "photo", "animation", "audio", "document", "video", "voice_note" -> {
                InboundParts.media(JsonFields.of(block)).forEach(others::add);
                yield caption(block);
            }
            default ->
                joined(
                        List.of(
                                inline(block.path("summary")),
                                inline(block.path("text")),
                                blocks(block.path("blocks"), "\n"),
                                caption(block)),
                        "\n");
        };
    }

    private String list(JsonNode items) throws MalformedPayload {
        List<String> lines = new ArrayList<>();
        for (JsonNode item : items) {
            String box = item.path("has_checkbox").asBoolean()
                    ? item.path("is_checked").asBoolean() ? "[x] " : "[ ] "
                    : "";
            String label = item.path("label").asText("");
            String words = blocks(item.path("blocks"), "\n").replace("\n", "\n  ");
            lines.add((label.isEmpty() ? "" : label + " ") + box + words);
        }
        return String.join("\n", lines);
    }

    private static String table(JsonNode table) {
        String rows = each(table.path("cells"), row -> each(row, cell -> inline(cell.path("text")), " | "), "\n");
        return joined(List.of(inline(table.path("caption")), rows), "\n");
    }

    private String quote(JsonNode block) throws MalformedPayload {
        String words = joined(List.of(blocks(block.path("blocks"), "\n"), inline(block.path("text"))), "\n");
        String credit = inline(block.path("credit"));
        return "> " + words.replace("\n", "\n> ") + (credit.isBlank() ? "" : "\n(" + credit + ")");
    }

    private static String caption(JsonNode block) {
        JsonNode caption = block.path("caption");
        return joined(List.of(inline(caption.path("text")), inline(caption.path("credit"))), "\n");
    }

    /** Text with its formats: a word, a list of such, or an object with a type. */
    private static String inline(JsonNode text) {
        if (text.isTextual()) {
            return text.textValue();
        }
        if (text.isArray()) {
            return each(text, RichMessage::inline, "");
        }
        if (!text.isObject()) {
            return "";
        }
        return switch (text.path("type").asText("")) {
            case "custom_emoji" -> text.path("alternative_text").asText("");
            case "mathematical_expression" -> text.path("expression").asText("");
            case "button" -> button(text.path("button"));
            default -> {
                String words = inline(text.path("text"));
                yield words + EntityText.hidden(words, text);
            }
        };
    }

    private static String button(JsonNode button) {
        String words = inline(button.path("text"));
        return "[" + words + "]" + EntityText.link(words, button.path("url").asText(""));
    }

    private static String each(JsonNode nodes, Function<JsonNode, String> read, String between) {
        return StreamSupport.stream(nodes.spliterator(), false).map(read).collect(Collectors.joining(between));
    }

    private static String joined(List<String> texts, String between) {
        return texts.stream().filter(text -> !text.isBlank()).collect(Collectors.joining(between));
    }
}
