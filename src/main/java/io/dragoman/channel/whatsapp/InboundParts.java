// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.whatsapp;

import io.dragoman.connector.kit.JsonFields;
import io.dragoman.connector.kit.PartList;
import io.dragoman.model.Part;
import io.dragoman.model.Part.MediaKind;
import java.util.List;

/** What a message says, as parts. */
final class InboundParts {
    private static final List<String> TYPES = List.of(
            "text", "image", "video", "audio", "document", "sticker", "location", "contacts", "button", "interactive");

    private InboundParts() {}

    /** The parts of a message: at least one, whatever its shape. */
    static List<Part> of(JsonFields message) {
        PartList parts = new PartList();
        understand(message, parts);
        if (parts.parts().isEmpty()) {
            return parts.other(type(message), message.raw()).parts();
        }
        return StructuredParts.beside(message, parts).parts();
    }

    /** The message's type, or the one that its content suggests. */
    static String type(JsonFields message) {
        String type = message.word("type");
        return type != null
                ? type
                : TYPES.stream().filter(message.node()::has).findFirst().orElse("unknown");
    }

    private static void understand(JsonFields message, PartList parts) {
        String type = type(message);
        JsonFields content = message.inner(type);
        switch (type) {
            case "text" -> parts.text(content.word("body"));
            case "image" -> media(MediaKind.IMAGE, content, parts);
            case "video" -> media(MediaKind.VIDEO, content, parts);
            case "audio", "voice" ->
                parts.sound(
                        content.word("mime_type"),
                        content.word("filename"),
                        content.word("id"),
                        type.equals("voice") || content.flag("voice"),
                        content.word("caption"));
            case "document" -> media(MediaKind.FILE, content, parts);
            case "sticker" -> media(MediaKind.STICKER, content, parts);
            case "location" -> parts.location(content);
            case "contacts" -> message.each(type).forEach(contact -> card(contact, parts));
            case "button" -> parts.choice(content.word("payload"), content.word("text"));
            case "interactive" -> interactive(content, parts);
            case "order" -> StructuredParts.order(content, parts);
            case "system" -> parts.text(content.word("body")).other("system", content.raw());
            default -> {}
        }
    }

    private static void media(MediaKind kind, JsonFields content, PartList parts) {
        parts.media(
                kind, content.word("mime_type"), content.word("filename"), content.word("id"), content.word("caption"));
    }

    private static void card(JsonFields contact, PartList parts) {
        String whole = contact.inner("name").word("formatted_name");
        parts.card(
                whole == null ? contact.inner("name").word("first_name") : whole,
                contact.words("phones", "phone"),
                contact.words("emails", "email"),
                contact.word("vcard"),
                contact.raw());
    }

    private static void interactive(JsonFields content, PartList parts) {
        JsonFields button = content.inner("button_reply");
        JsonFields picked = button.node().isObject() ? button : content.inner("list_reply");
        JsonFields form = content.inner("nfm_reply");
        parts.choice(picked.word("id"), picked.word("title"), picked.word("description"));
        if (!picked.node().isObject()) {
            StructuredParts.form(form, parts);
        }
    }
}
