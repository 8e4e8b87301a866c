// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.telegram;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.dragoman.connector.MalformedPayload;
import io.dragoman.connector.kit.JsonFields;
import io.dragoman.model.Json;
import io.dragoman.model.Part;
import io.dragoman.model.Part.Media;
import io.dragoman.model.Part.MediaKind;
import io.dragoman.model.Structured;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The content of a message, in our words. */
final class InboundParts {
    private static final List<String> FILES = List.of(
            "live_photo", "animation", "document", "video", "audio", "voice", "voice_note", "video_note", "sticker");

    private InboundParts() {}

    /** Empty for a service message: somebody joined, something was pinned. */
    static List<Part> of(JsonFields message) throws MalformedPayload {
        if (message.has("text")) {
            return List.of(new Part.Text(text(message, "text", "entities")));
        }
        List<Part> parts = new ArrayList<>(content(message));
        String caption = text(message, "caption", "caption_entities");
        if (!caption.isBlank()) {
            parts.add(new Part.Text(caption));
        }
        return parts;
    }

    /** A text with what its entities and the buttons below it hide. */
    private static String text(JsonFields message, String name, String entities) throws MalformedPayload {
        String text =
                EntityText.of(message.findText(name).orElse(""), message.node().path(entities));
        StringBuilder buttons = new StringBuilder();
        for (JsonNode row : message.node().path("reply_markup").path("inline_keyboard")) {
            for (JsonNode button : row) {
                String link = EntityText.link("", button.path("url").asText(""));
                if (!link.isEmpty()) {
                    buttons.append("\n[")
                            .append(JsonFields.clean(button.path("text").asText("")))
                            .append(']')
                            .append(link);
                }
            }
        }
        return text.isBlank() && !buttons.isEmpty() ? buttons.substring(1) : text + buttons;
    }

    private static List<Part> content(JsonFields message) throws MalformedPayload {
        List<Part> parts = media(message);
        if (parts.isEmpty() && message.has("rich_message")) {
            parts = RichMessage.parts(message.object("rich_message"));
        }
        if (parts.isEmpty() && message.has("paid_media")) {
            parts = paid(message.object("paid_media"));
        }
        if (parts.isEmpty()) {
            parts = card(message).stream().toList();
        }
        return parts.isEmpty() ? other(message) : parts;
    }

    /** Photos, films and files, in a message or a block of one. A live photo is a photo and a film. */
    static List<Part> media(JsonFields message) throws MalformedPayload {
        List<Part> parts = new ArrayList<>();
        if (message.has("photo")) {
            parts.add(photo(message));
        }
        // an animation is also given as a document, for clients that do not know animations
        for (String name : FILES) {
            Optional<JsonFields> file = message.findObject(name);
            if (file.isPresent()) {
                if (name.equals("live_photo") && parts.isEmpty() && file.get().has("photo")) {
                    parts.add(photo(file.get()));
                }
                parts.add(file(name, file.get()));
                break;
            }
        }
        return parts;
    }

    /** What was paid for; nothing when the bot may only see how much of it there is. */
    private static List<Part> paid(JsonFields paid) throws MalformedPayload {
        List<Part> parts = new ArrayList<>();
        for (JsonFields item : paid.objects("paid_media")) {
            parts.addAll(media(item));
        }
        return parts;
    }

    private static Part photo(JsonFields message) throws MalformedPayload {
        List<JsonFields> sizes = message.objects("photo");
        if (sizes.isEmpty()) {
            throw new MalformedPayload(message.at("photo") + " has no sizes");
        }
        JsonFields largest = sizes.get(0);
        for (JsonFields size : sizes) {
            if (area(size) >= area(largest)) {
                largest = size;
            }
        }
        return Media.incoming(
                MediaKind.IMAGE,
                "image/jpeg", // Telegram turns every photo into one
                null,
                largest.findNumber("file_size").orElse(null),
                largest.text("file_id"));
    }

    private static double area(JsonFields size) throws MalformedPayload {
        return (double) size.findNumber("width").orElse(0L)
                * size.findNumber("height").orElse(0L);
    }

    private static Part file(String name, JsonFields file) throws MalformedPayload {
        MediaKind kind =
                switch (name) {
                    case "animation", "video", "video_note", "live_photo" -> MediaKind.VIDEO;
                    case "audio", "voice", "voice_note" -> MediaKind.AUDIO;
                    case "sticker" -> MediaKind.STICKER;
                    default -> MediaKind.FILE;
                };
        String usual =
                switch (name) {
                    case "animation", "video", "video_note", "live_photo" -> "video/mp4";
                    case "audio" -> "audio/mpeg";
                    case "voice", "voice_note" -> "audio/ogg";
                    case "sticker" -> stickerType(file);
                    default -> "application/octet-stream";
                };
        return Media.incoming(
                        kind,
                        file.findText("mime_type").orElse(usual),
                        file.findText("file_name").orElse(null),
                        file.findNumber("file_size").orElse(null),
                        file.text("file_id"))
                .voice(name.startsWith("voice"));
    }

    private static String stickerType(JsonFields sticker) {
        if (sticker.flag("is_animated")) {
            return "application/x-tgsticker";
        }
        return sticker.flag("is_video") ? "video/webm" : "image/webp";
    }

    private static Optional<Part> card(JsonFields message) throws MalformedPayload {
        Optional<JsonFields> venue = message.findObject("venue");
        if (venue.isPresent()) {
            JsonFields place = venue.get();
            return Optional.of(location(
                    place.object("location"),
                    place.findText("title").orElse(null),
                    place.findText("address").orElse(null)));
        }
        Optional<JsonFields> location = message.findObject("location");
        if (location.isPresent()) {
            return place(location.get());
        }
        Optional<JsonFields> contact = message.findObject("contact");
        return contact.isPresent() ? Optional.of(contact(contact.get())) : Optional.empty();
    }

    /** A place without a name. */
    static Optional<Part> place(JsonFields location) throws MalformedPayload {
        return Optional.of(location(location, null, null));
    }

    private static Part location(JsonFields place, @Nullable String name, @Nullable String address)
            throws MalformedPayload {
        try {
            return new Part.Location(place.decimal("latitude"), place.decimal("longitude"), name, address);
        } catch (IllegalArgumentException e) {
            throw new MalformedPayload(String.valueOf(e.getMessage()));
        }
    }

    private static Part contact(JsonFields contact) throws MalformedPayload {
        String name = contact.findText("first_name").orElse("") + " "
                + contact.findText("last_name").orElse("");
        return new Part.ContactCard(
                name.strip(),
                List.of(contact.text("phone_number")),
                List.of(),
                contact.findText("vcard").filter(card -> !card.isBlank()).orElse(null));
    }

    /** Polls, dice, games, shared users, stories, and what Telegram will think of next. */
    private static List<Part> other(JsonFields message) {
        Optional<String> name = MessageFields.content(message.node());
        if (name.isEmpty() || MessageFields.isService(name.get())) {
            return List.of();
        }
        JsonNode content = message.node().path(name.get());
        String text = JsonFields.clean(ReadableContent.of(name.get(), content)).strip();
        return List.of(text.isEmpty() ? unsupported(name.get(), content) : new Structured(name.get(), text, content));
    }

    /** Content of an unknown type. */
    static Part unsupported(String what, JsonNode raw) {
        return new Part.Unsupported(what, JsonFields.clean(Json.write(raw)));
    }

    /** The text of the button that gives {@code data}; the data itself when it does not stand there any more. */
    static String buttonTitle(Optional<JsonFields> message, String data) {
        JsonNode rows = message.map(JsonFields::node)
                .map(node -> node.path("reply_markup").path("inline_keyboard"))
                .orElse(MissingNode.getInstance());
        for (JsonNode row : rows) {
            for (JsonNode button : row) {
                String text = button.path("text").asText("");
                if (button.path("callback_data").asText("").equals(data) && !text.isBlank()) {
                    return JsonFields.clean(text);
                }
            }
        }
        return data;
    }
}
