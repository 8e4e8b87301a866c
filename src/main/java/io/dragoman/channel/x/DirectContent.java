// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.x;

import io.dragoman.connector.kit.JsonFields;
import io.dragoman.connector.kit.PartList;
import io.dragoman.model.Part;
import io.dragoman.model.Part.MediaKind;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** What a direct message says, as parts: at least one, whatever its shape. */
final class DirectContent {
    private DirectContent() {}

    static List<Part> of(JsonFields event) {
        JsonFields data = event.inner("message_create").inner("message_data");
        JsonFields attachment = data.inner("attachment");
        JsonFields media = attachment.inner("media");
        String picked = data.inner("quick_reply_response").word("metadata");
        String text = XText.read(data, media.word("url"));
        PartList parts = picked == null ? new PartList().text(text) : new PartList().choice(picked, text);
        if (media.node().isObject()) {
            media(media, parts);
        } else if (attachment.node().isObject()) {
            parts.other("attachment", attachment.raw());
        }
        return parts.parts().isEmpty() ? List.of(new Part.Unsupported("message", event.raw())) : parts.parts();
    }

    /** A picture, a film, or what X makes of an animated GIF: a film. */
    static void media(JsonFields media, PartList parts) {
        String type = String.valueOf(media.word("type"));
        Optional<JsonFields> film = film(media);
        if (film.isPresent()) {
            parts.media(MediaKind.VIDEO, "video/mp4", null, film.get().word("url"), null);
            return;
        }
        String address = media.word("media_url_https");
        String source = address == null ? media.word("url") : address;
        boolean picture = type.equals("photo") || type.equals("null");
        if (source == null) {
            parts.other(picture ? "photo" : type, media.raw());
        } else {
            MediaKind kind = picture ? MediaKind.IMAGE : MediaKind.VIDEO;
            parts.media(kind, mimeType(source, kind), null, source, null);
        }
    }

    /** The one with the most bits a second. */
    private static Optional<JsonFields> film(JsonFields media) {
        JsonFields info = media.inner("video_info");
        return (info.node().isObject() ? info : media)
                .each("variants").stream()
                        .filter(one -> "video/mp4".equals(one.word("content_type")) && one.word("url") != null)
                        .max(Comparator.comparingLong(one -> Math.max(
                                one.node().path("bitrate").asLong(0),
                                one.node().path("bit_rate").asLong(0))));
    }

    private static String mimeType(String source, MediaKind kind) {
        return kind == MediaKind.VIDEO ? "video/mp4" : source.contains(".png") ? "image/png" : "image/jpeg";
    }
}
