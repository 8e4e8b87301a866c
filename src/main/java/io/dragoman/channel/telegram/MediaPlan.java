// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.telegram;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dragoman.model.Part.Media;
import io.dragoman.model.Part.MediaKind;
import io.dragoman.model.Reason;
import java.util.Locale;
import java.util.Set;

/** How an attachment is sent: as what it is where Telegram shows that kind, else as a document, which takes anything. */
final class MediaPlan {
    private static final long LARGEST_PHOTO = 10_000_000;
    private static final Set<String> PHOTOS = Set.of("image/jpeg", "image/png", "image/webp", "image/bmp");
    private static final Set<String> RECORDINGS = Set.of("audio/ogg", "audio/opus");
    private static final Set<String> MUSIC = Set.of("audio/mpeg", "audio/mp3", "audio/mp4", "audio/m4a", "audio/x-m4a");
    private static final Set<String> STICKERS = Set.of("image/webp", "video/webm", "application/x-tgsticker");

    private MediaPlan() {}

    static MessagePlan of(ObjectNode to, Media media, String caption) {
        String what = what(media, caption);
        if (!caption.isBlank()) {
            to.put("caption", caption);
        }
        String method = "send" + what.substring(0, 1).toUpperCase(Locale.ROOT) + what.substring(1);
        if (media.id() != null) {
            return new MessagePlan.Step(
                    method, to, new MessagePlan.Upload(what, media.id(), media.mimeType(), media.fileName()));
        }
        if (media.url() != null) {
            return new MessagePlan.Step(method, to.put(what, media.url()), null);
        }
        return new MessagePlan.Never(Reason.MEDIA_REFUSED, "the media has neither bytes nor a link");
    }

    /** The name of the parameter, and of the method after "send". */
    private static String what(Media media, String caption) {
        String type = media.mimeType().replaceFirst(";.*", "").strip().toLowerCase(Locale.ROOT);
        if (media.media() == MediaKind.STICKER && STICKERS.contains(type) && caption.isBlank()) {
            return "sticker"; // it has no caption
        }
        boolean picture = media.media() == MediaKind.IMAGE || media.media() == MediaKind.STICKER;
        if (picture && PHOTOS.contains(type) && (media.size() == null || media.size() <= LARGEST_PHOTO)) {
            return "photo";
        }
        if (media.media() == MediaKind.IMAGE && type.equals("image/gif")) {
            return "animation";
        }
        if (media.media() == MediaKind.VIDEO && type.equals("video/mp4")) {
            return "video";
        }
        if (media.media() == MediaKind.AUDIO && RECORDINGS.contains(type)) {
            return "voice";
        }
        return media.media() == MediaKind.AUDIO && MUSIC.contains(type) ? "audio" : "document";
    }
}
