// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.viber;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dragoman.connector.MalformedPayload;
import io.dragoman.connector.kit.JsonFields;
import io.dragoman.connector.kit.PartList;
import io.dragoman.model.Json;
import io.dragoman.model.Part;
import io.dragoman.model.Part.MediaKind;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a message says, as parts: at least one, whatever its shape. */
final class MessageContent {
    /** Viber takes no more of what it is to bring back. */
    private static final int TRACKED = 4000;

    private MessageContent() {}

    static List<Part> of(JsonFields message) {
        List<Part> parts = known(message);
        String type = message.word("type");
        return parts.isEmpty() ? List.of(new Part.Unsupported(type == null ? "message" : type, message.raw())) : parts;
    }

    private static List<Part> known(JsonFields message) {
        String text = message.word("text");
        PartList parts = new PartList();
        return switch (String.valueOf(message.word("type"))) {
            case "text" ->
                picked(message, text).<List<Part>>map(List::of).orElseGet(() -> parts.text(text)
                        .parts());
            case "picture" -> media(MediaKind.IMAGE, message);
            case "video" -> media(MediaKind.VIDEO, message);
            case "file" -> media(MediaKind.FILE, message);
            case "sticker" -> media(MediaKind.STICKER, message);
            case "url" -> parts.text(text).text(message.word("media")).parts();
            case "location" -> place(message.inner("location"));
            case "contact" -> contact(message.inner("contact"));
            default -> List.of();
        };
    }

    /** Viber tells no type; the file's name and its server do. */
    private static List<Part> media(MediaKind kind, JsonFields message) {
        return new PartList()
                .media(kind, null, message.word("file_name"), message.word("media"), message.word("text"))
                .parts();
    }

    private static List<Part> place(JsonFields place) {
        double latitude = place.node().path("lat").asDouble(Double.NaN);
        double longitude = place.node().path("lon").asDouble(Double.NaN);
        boolean onEarth = Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180;
        return onEarth ? List.of(new Part.Location(latitude, longitude, null, null)) : List.of();
    }

    private static List<Part> contact(JsonFields contact) {
        String name = contact.word("name");
        String phone = contact.word("phone_number");
        return name == null && phone == null
                ? List.of()
                : List.of(new Part.ContactCard(
                        name == null ? "" : name, phone == null ? List.of() : List.of(phone), List.of(), null));
    }

    /** What a message with these choices has Viber bring back with the answer; nothing where it has no room. */
    static Optional<String> tracking(Part.Choices choices) {
        ObjectNode tracked = Json.mapper().createObjectNode();
        for (Part.Choice choice : choices.choices()) {
            tracked.withArray("choices").addObject().put("id", choice.id()).put("title", choice.title());
        }
        String text = Json.write(tracked);
        return Optional.of(text).filter(json -> json.length() <= TRACKED);
    }

    /** A pressed button comes as its title; which it was, stands in what our last message had Viber bring back. */
    private static Optional<Part> picked(JsonFields message, @Nullable String text) {
        String tracked = message.word("tracking_data");
        if (tracked == null || text == null) {
            return Optional.empty();
        }
        try {
            return JsonFields.of(tracked.getBytes(StandardCharsets.UTF_8)).each("choices").stream()
                    .filter(choice -> text.equals(choice.word("title")))
                    .flatMap(choice -> Stream.ofNullable(choice.word("id")))
                    .findFirst()
                    .map(id -> new Part.ChoiceMade(id, text));
        } catch (MalformedPayload e) {
            return Optional.empty(); // another program's
        }
    }
}
