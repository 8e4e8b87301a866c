// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.whatsapp;

import io.dragoman.connector.MalformedPayload;
import io.dragoman.connector.kit.JsonFields;
import io.dragoman.model.Part;
import io.dragoman.model.Part.MediaKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a message says, as parts. */
final class InboundParts {
    private static final List<String> TYPES = List.of(
            "text", "image", "video", "audio", "document", "sticker", "location", "contacts", "button", "interactive");
    private static final Map<String, MediaKind> MEDIA = Map.of(
            "image", MediaKind.IMAGE,
            "video", MediaKind.VIDEO,
            "audio", MediaKind.AUDIO,
            "voice", MediaKind.AUDIO,
            "document", MediaKind.FILE,
            "sticker", MediaKind.STICKER);

    private InboundParts() {}

    /** The parts of a message: at least one, whatever its shape. */
    static List<Part> of(JsonFields message) {
        List<Part> parts = new ArrayList<>(understood(message));
        if (parts.isEmpty()) {
            return List.of(kept(type(message), message));
        }
        JsonFields referral = message.inner("referral");
        if (referral.node().isObject()) {
            parts.add(kept("referral", referral));
        }
        return parts;
    }

    /** The message's type, or the one that its content suggests. */
    static String type(JsonFields message) {
        String type = message.word("type");
        return type != null
                ? type
                : TYPES.stream().filter(message.node()::has).findFirst().orElse("unknown");
    }

    private static List<Part> understood(JsonFields message) {
        String type = type(message);
        JsonFields content = message.inner(type);
        return switch (type) {
            case "text" -> parts(text(content, "body"));
            case "image", "video", "audio", "voice", "document", "sticker" -> media(type, content);
            case "location" -> parts(location(content));
            case "contacts" -> cards(message.each(type));
            case "button" -> parts(choice(content.word("payload"), content.word("text")));
            case "interactive" -> interactive(content);
            case "order" -> parts(text(content, "text"), kept("order", content));
            case "system" -> parts(text(content, "body"), kept("system", content));
            default -> List.of();
        };
    }

    private static List<Part> parts(@Nullable Part... parts) {
        return Stream.of(parts).filter(Objects::nonNull).toList();
    }

    private static Part kept(String what, JsonFields content) {
        return new Part.Unsupported(what, content.raw());
    }

    private static @Nullable Part text(JsonFields content, String name) {
        String text = content.word(name);
        return text == null ? null : new Part.Text(text);
    }

    private static List<Part> media(String type, JsonFields content) {
        String id = content.word("id");
        MediaKind kind = Objects.requireNonNull(MEDIA.get(type));
        return id == null
                ? List.of()
                : parts(
                        Part.Media.incoming(kind, content.word("mime_type"), content.word("filename"), null, id),
                        text(content, "caption"));
    }

    private static @Nullable Part location(JsonFields place) {
        try {
            return new Part.Location(
                    place.decimal("latitude"), place.decimal("longitude"), place.word("name"), place.word("address"));
        } catch (MalformedPayload | IllegalArgumentException e) {
            return null; // off the globe
        }
    }

    private static List<Part> cards(List<JsonFields> contacts) {
        List<Part> cards = new ArrayList<>();
        for (JsonFields contact : contacts) {
            List<String> phones = contact.words("phones", "phone");
            List<String> emails = contact.words("emails", "email");
            String whole = contact.inner("name").word("formatted_name");
            String name = whole == null ? contact.inner("name").word("first_name") : whole;
            String vcard = contact.word("vcard");
            if (name == null && phones.isEmpty() && emails.isEmpty() && vcard == null) {
                return List.of();
            }
            cards.add(new Part.ContactCard(name == null ? "" : name, phones, emails, vcard));
        }
        return cards;
    }

    private static @Nullable Part choice(@Nullable String id, @Nullable String title) {
        return id == null && title == null
                ? null
                : new Part.ChoiceMade(id == null ? "" : id, title == null ? "" : title);
    }

    private static List<Part> interactive(JsonFields content) {
        for (String reply : List.of("button_reply", "list_reply")) {
            JsonFields picked = content.inner(reply);
            if (picked.node().isObject()) {
                return parts(choice(picked.word("id"), picked.word("title")));
            }
        }
        JsonFields form = content.inner("nfm_reply");
        String answers = form.word("response_json");
        return answers == null ? List.of() : parts(text(form, "body"), new Part.Unsupported("form", answers));
    }
}
