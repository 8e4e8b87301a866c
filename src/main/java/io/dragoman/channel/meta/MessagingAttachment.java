// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.meta;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dragoman.connector.kit.JsonFields;
import io.dragoman.connector.kit.PartList;
import io.dragoman.model.Json;
import io.dragoman.model.Part;
import io.dragoman.model.Part.MediaKind;
import io.dragoman.model.Structured;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One attachment of a message of the Messenger Platform, by its type. */
final class MessagingAttachment {
    /** The thumb in its three sizes: https://developers.facebook.com/docs/messenger-platform/webhooks. */
    private static final Set<String> THUMBS = Set.of("369239263222822", "369239343222814", "369239383222810");

    private MessagingAttachment() {}

    /** @param text of the message, which says a link already */
    static List<Part> of(JsonFields attachment, @Nullable String text) {
        String word = attachment.word("type");
        String type = word == null ? "attachment" : word;
        JsonFields payload = attachment.inner("payload");
        PartList parts = new PartList();
        String url = payload.word("url");
        String sticker = payload.word("sticker_id");
        if (sticker != null && (type.equals("image") || type.equals("sticker"))) {
            parts.text(THUMBS.contains(sticker) ? "👍" : null);
            parts.media(
                    MediaKind.STICKER,
                    payload.word("mime_type"),
                    null,
                    parts.parts().isEmpty() ? url : null,
                    null);
        } else {
            switch (type) {
                case "image", "video", "audio", "file" ->
                    parts.media(MessagingParts.kind(type), payload.word("mime_type"), payload.word("name"), url, null);
                case "location" -> parts.location(place(payload));
                case "like_heart" -> parts.text("❤️");
                case "fallback" -> {
                    return link(attachment, url, text);
                }
                case "story_mention", "ig_story" -> {
                    return told(type, attachment, "Mentioned the business in a story", url);
                }
                case "share", "post", "ig_post", "reel", "ig_reel" -> {
                    return told(type, attachment, "Shared a post", title(attachment), url);
                }
                case "template" -> {
                    return told(type, attachment, template(attachment));
                }
                default -> {}
            }
        }
        return parts.parts().isEmpty() ? List.of(new Part.Unsupported(type, attachment.raw())) : parts.parts();
    }

    private static List<Part> told(String what, JsonFields attachment, @Nullable String... lines) {
        return List.of(new Structured(what, MessagingParts.lines(lines), attachment.node()));
    }

    /** A link that was shared; where the text has it, that is enough. */
    private static List<Part> link(JsonFields attachment, @Nullable String payloadUrl, @Nullable String text) {
        String own = attachment.word("url");
        String url = own == null ? payloadUrl : own;
        String title = title(attachment);
        if (url == null && title == null) {
            return List.of(new Part.Unsupported("fallback", attachment.raw()));
        }
        return url != null && text != null && text.contains(url) ? List.of() : told("link", attachment, title, url);
    }

    private static @Nullable String title(JsonFields attachment) {
        String own = attachment.word("title");
        return own == null ? attachment.inner("payload").word("title") : own;
    }

    /** The texts and products of a template, such as the business sent from elsewhere, or a product that is asked for. */
    private static String template(JsonFields attachment) {
        JsonFields payload = attachment.inner("payload");
        JsonFields generic = payload.inner("generic");
        List<String> titles = (generic.node().isObject() ? generic : payload).words("elements", "title");
        String products =
                payload.inner("product").words("elements", "title").stream().collect(Collectors.joining("\n"));
        String text = payload.word("text");
        String told = MessagingParts.lines(
                title(attachment),
                text,
                titles.isEmpty() ? null : String.join("\n", titles),
                products.isEmpty() ? null : products);
        return told.isEmpty() ? "[template]" : told;
    }

    private static JsonFields place(JsonFields payload) {
        JsonFields at = payload.inner("coordinates");
        ObjectNode place = Json.mapper().createObjectNode();
        place.set("latitude", at.node().path("lat"));
        place.set("longitude", at.node().path("long"));
        return JsonFields.of(place);
    }
}
