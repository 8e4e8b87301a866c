// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.whatsapp;

import com.fasterxml.jackson.databind.JsonNode;
import io.dragoman.model.Part;
import io.dragoman.model.Part.MediaKind;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a message says, as parts. */
final class Content {
    private static final List<String> TYPES = List.of(
            "text", "image", "video", "audio", "document", "sticker", "location", "contacts", "button", "interactive");

    private Content() {}

    /** The parts of a message: at least one, whatever its shape. */
    static List<Part> of(JsonNode message) {
        List<Part> parts = new ArrayList<>(understood(message));
        if (parts.isEmpty()) {
            return List.of(unknown(message));
        }
        if (message.path("referral").isObject()) {
            parts.add(new Part.Unsupported("referral", LenientFields.raw(message.path("referral"))));
        }
        return parts;
    }

    /** The message as it came, for what we cannot make out. */
    static Part unknown(JsonNode message) {
        return new Part.Unsupported(type(message), LenientFields.raw(message));
    }

    /** The message's type, or the one that its content suggests. */
    static String type(JsonNode message) {
        String type = LenientFields.word(message, "type");
        return type != null
                ? type
                : TYPES.stream().filter(message::has).findFirst().orElse("unknown");
    }

    private static List<Part> understood(JsonNode message) {
        String type = type(message);
        JsonNode content = message.path(type);
        return switch (type) {
            case "text" -> text(content, "body").toList();
            case "image", "video", "audio", "voice", "document", "sticker" -> media(type, content);
            case "location" -> location(content);
            case "contacts" -> cards(LenientFields.list(message, type));
            case "button" -> choice(content, "payload", "text");
            case "interactive" -> interactive(content);
            case "order" ->
                Stream.concat(
                                text(content, "text"),
                                Stream.of(new Part.Unsupported("order", LenientFields.raw(content))))
                        .toList();
            case "system" ->
                Stream.concat(
                                text(content, "body"),
                                Stream.of(new Part.Unsupported("system", LenientFields.raw(content))))
                        .toList();
            default -> List.of();
        };
    }

    private static Stream<Part> text(JsonNode content, String name) {
        return Stream.ofNullable(LenientFields.word(content, name)).map(Part.Text::new);
    }

    private static List<Part> media(String type, JsonNode content) {
        String id = LenientFields.word(content, "id");
        if (id == null) {
            return List.of();
        }
        MediaKind kind =
                switch (type) {
                    case "image" -> MediaKind.IMAGE;
                    case "video" -> MediaKind.VIDEO;
                    case "sticker" -> MediaKind.STICKER;
                    case "document" -> MediaKind.FILE;
                    default -> MediaKind.AUDIO;
                };
        Part media = Part.Media.incoming(
                kind, LenientFields.word(content, "mime_type"), LenientFields.word(content, "filename"), null, id);
        return Stream.concat(Stream.of(media), text(content, "caption")).toList();
    }

    private static List<Part> location(JsonNode content) {
        JsonNode latitude = content.path("latitude");
        JsonNode longitude = content.path("longitude");
        // within the globe, which also keeps out what is not a number
        boolean place = latitude.isNumber()
                && longitude.isNumber()
                && Math.abs(latitude.asDouble()) <= 90
                && Math.abs(longitude.asDouble()) <= 180;
        return place
                ? List.of(new Part.Location(
                        latitude.asDouble(),
                        longitude.asDouble(),
                        LenientFields.word(content, "name"),
                        LenientFields.word(content, "address")))
                : List.of();
    }

    private static List<Part> cards(List<JsonNode> contacts) {
        List<Part> cards = new ArrayList<>();
        for (JsonNode contact : contacts) {
            List<String> phones =
                    LenientFields.words(contact, "phones", "phone").toList();
            List<String> emails =
                    LenientFields.words(contact, "emails", "email").toList();
            String name = cardName(contact.path("name"));
            String vcard = LenientFields.word(contact, "vcard");
            if (name == null && phones.isEmpty() && emails.isEmpty() && vcard == null) {
                return List.of();
            }
            cards.add(new Part.ContactCard(name == null ? "" : name, phones, emails, vcard));
        }
        return cards;
    }

    private static @Nullable String cardName(JsonNode name) {
        String whole = LenientFields.word(name, "formatted_name");
        return whole == null ? LenientFields.word(name, "first_name") : whole;
    }

    private static List<Part> choice(JsonNode content, String id, String title) {
        String chosen = LenientFields.word(content, id);
        String shown = LenientFields.word(content, title);
        return chosen == null && shown == null
                ? List.of()
                : List.of(new Part.ChoiceMade(chosen == null ? "" : chosen, shown == null ? "" : shown));
    }

    private static List<Part> interactive(JsonNode content) {
        for (String reply : List.of("button_reply", "list_reply")) {
            if (content.path(reply).isObject()) {
                return choice(content.path(reply), "id", "title");
            }
        }
        JsonNode form = content.path("nfm_reply");
        String answers = LenientFields.word(form, "response_json");
        return answers == null
                ? List.of()
                : Stream.concat(text(form, "body"), Stream.of(new Part.Unsupported("form", answers)))
                        .toList();
    }
}
