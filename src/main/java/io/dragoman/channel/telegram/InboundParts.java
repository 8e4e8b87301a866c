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
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The content of a message, in our words. */
final class InboundParts {
    /** What a message says about itself. What is neither here nor {@link #service} is content. */
    private static final Set<String> ENVELOPE = Set.of(
            "message_id",
            "message_thread_id",
            "direct_messages_topic",
            "from",
            "sender_chat",
            "sender_boost_count",
            "sender_business_bot",
            "sender_tag",
            "date",
            "business_connection_id",
            "chat",
            "forward_origin",
            "forward_from",
            "forward_from_chat",
            "forward_from_message_id",
            "forward_signature",
            "forward_sender_name",
            "forward_date",
            "is_topic_message",
            "is_automatic_forward",
            "reply_to_message",
            "external_reply",
            "quote",
            "reply_to_story",
            "reply_to_checklist_task_id",
            "reply_to_poll_option_id",
            "via_bot",
            "edit_date",
            "has_protected_content",
            "is_from_offline",
            "is_paid_post",
            "media_group_id",
            "author_signature",
            "paid_star_count",
            "entities",
            "caption_entities",
            "link_preview_options",
            "suggested_post_info",
            "effect_id",
            "show_caption_above_media",
            "has_media_spoiler",
            "reply_markup",
            "caption");

    private InboundParts() {}

    /** Empty for a service message: somebody joined, something was pinned. */
    static List<Part> of(JsonFields message) throws MalformedPayload {
        List<Part> parts = new ArrayList<>();
        if (message.has("text")) {
            parts.add(new Part.Text(message.findText("text").orElse("")));
            return parts;
        }
        Optional<Part> content = media(message);
        if (content.isEmpty()) {
            content = card(message);
        }
        if (content.isEmpty()) {
            content = other(message.node());
        }
        content.ifPresent(parts::add);
        message.findText("caption").filter(text -> !text.isBlank()).ifPresent(text -> parts.add(new Part.Text(text)));
        return parts;
    }

    private static Optional<Part> media(JsonFields message) throws MalformedPayload {
        if (message.has("photo")) {
            return Optional.of(photo(message));
        }
        // an animation is also given as a document, for clients that do not know animations
        for (String name : List.of("animation", "document", "video", "audio", "voice", "video_note", "sticker")) {
            Optional<JsonFields> file = message.findObject(name);
            if (file.isPresent()) {
                return Optional.of(file(name, file.get()));
            }
        }
        return Optional.empty();
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
                    case "animation", "video", "video_note" -> MediaKind.VIDEO;
                    case "audio", "voice" -> MediaKind.AUDIO;
                    case "sticker" -> MediaKind.STICKER;
                    default -> MediaKind.FILE;
                };
        String usual =
                switch (name) {
                    case "animation", "video", "video_note" -> "video/mp4";
                    case "audio" -> "audio/mpeg";
                    case "voice" -> "audio/ogg";
                    case "sticker" -> stickerType(file);
                    default -> "application/octet-stream";
                };
        return Media.incoming(
                kind,
                file.findText("mime_type").orElse(usual),
                file.findText("file_name").orElse(null),
                file.findNumber("file_size").orElse(null),
                file.text("file_id"));
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
            return Optional.of(location(location.get(), null, null));
        }
        Optional<JsonFields> contact = message.findObject("contact");
        return contact.isPresent() ? Optional.of(contact(contact.get())) : Optional.empty();
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
    private static Optional<Part> other(JsonNode message) {
        for (Iterator<String> names = message.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            if (!ENVELOPE.contains(name) && message.hasNonNull(name)) {
                return service(name) ? Optional.empty() : Optional.of(unsupported(name, message.path(name)));
            }
        }
        return Optional.empty();
    }

    /** What the chat says about itself, by the form of its name: nobody wrote it. */
    private static boolean service(String name) {
        return name.matches("(new|left|delete)_chat_.*"
                + "|(group|supergroup|channel)_chat_created|migrate_(to|from)_chat_id|pinned_message"
                + "|message_auto_delete_timer_changed|(general_)?forum_topic_.*|video_chat_.*|voice_chat_.*"
                + "|proximity_alert_triggered|write_access_allowed|connected_website|boost_added|chat_.*_set"
                + "|chat_owner_.*|giveaway_.*|paid_message_price_changed|direct_message_price_changed"
                + "|checklist_tasks_.*|suggested_post_.*|managed_bot_.*|poll_option_.*");
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
