// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.whatsapp;

import com.fasterxml.jackson.databind.JsonNode;
import io.dragoman.model.UnicodeText;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Reads fields whose shape nobody guarantees. */
final class LenientFields {
    private LenientFields() {}

    /** The text or number of a field; null when it is anything else. */
    static @Nullable String text(JsonNode node, String name) {
        JsonNode value = node.path(name);
        return value.isTextual() || value.isNumber() ? UnicodeText.wellFormed(value.asText()) : null;
    }

    /** The same, and null when it is blank. */
    static @Nullable String word(JsonNode node, String name) {
        String text = text(node, name);
        return text == null || text.isBlank() ? null : text;
    }

    /** The elements of a list; none when the field is anything else. */
    static List<JsonNode> list(JsonNode node, String name) {
        JsonNode value = node.path(name);
        return value.isArray()
                ? StreamSupport.stream(value.spliterator(), false).toList()
                : List.of();
    }

    /** One field of every element of a list, where it is there. */
    static Stream<String> words(JsonNode node, String list, String name) {
        return list(node, list).stream().map(element -> word(element, name)).flatMap(Stream::ofNullable);
    }

    /** The provider's own form. */
    static String raw(JsonNode node) {
        return UnicodeText.wellFormed(node.toString());
    }
}
