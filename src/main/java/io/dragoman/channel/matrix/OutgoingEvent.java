// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.matrix;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dragoman.connector.Outbound.ToCustomer;
import io.dragoman.connector.Outcome;
import io.dragoman.connector.kit.HtmlCleaner;
import io.dragoman.model.Json;
import io.dragoman.model.Part;
import io.dragoman.model.Reason;
import io.dragoman.model.Words;
import java.math.BigDecimal;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A delivery step as the content of an event, or why there is none.
 *
 * @param file to be uploaded first; its address is the content's {@code url}
 */
record OutgoingEvent(
        ObjectNode content,
        Part.@Nullable Media file,
        @Nullable Outcome refusal) {
    /** The whole event has at most 65,536 bytes; what servers add has its place in the rest. */
    private static final int LARGEST = 60_000;

    static OutgoingEvent of(ToCustomer message) {
        List<Part> parts = message.parts();
        Part first = parts.get(0);
        boolean captioned = parts.size() == 2 && first instanceof Part.Media && parts.get(1) instanceof Part.Text;
        if (parts.size() != 1 && !captioned) {
            return refused(Reason.UNSUPPORTED, "an event of Matrix is one part, or a file and its text");
        }
        ObjectNode content = frame(message);
        if (first instanceof Part.Text text) {
            text(content, text);
            return new OutgoingEvent(content, null, null);
        }
        if (first instanceof Part.Location place) {
            location(content, place);
            return new OutgoingEvent(content, null, null);
        }
        return first instanceof Part.Media media
                ? media(content, media, captioned ? (Part.Text) parts.get(1) : null)
                : refused(Reason.UNSUPPORTED, "Matrix has no such message");
    }

    /** Nobody is called by what a text happens to hold. What a rule wrote is a notice, which no machine answers. */
    private static ObjectNode frame(ToCustomer message) {
        ObjectNode content = Json.mapper()
                .createObjectNode()
                .put("msgtype", message.automatic() ? "m.notice" : "m.text")
                .put(RoomEvents.MARK, message.key());
        content.putObject("m.mentions");
        String replyTo = message.replyTo();
        if (replyTo != null && MatrixId.isEvent(replyTo)) {
            content.putObject("m.relates_to").putObject("m.in_reply_to").put("event_id", replyTo);
        }
        return content;
    }

    private static void text(ObjectNode content, Part.Text text) {
        content.put("body", text.text());
        String html = text.html() == null ? "" : HtmlCleaner.cleanOwn(text.html());
        if (!html.isBlank()) {
            content.put("format", "org.matrix.custom.html").put("formatted_body", html);
            if (Json.bytes(content).length > LARGEST) {
                content.remove(List.of("format", "formatted_body"));
            }
        }
    }

    private static void location(ObjectNode content, Part.Location place) {
        String point = degrees(place.latitude()) + "," + degrees(place.longitude());
        String words = Stream.of(place.name(), place.address(), place.url())
                .filter(word -> word != null && !word.isBlank())
                .collect(Collectors.joining("\n"));
        content.put("msgtype", "m.location")
                .put("geo_uri", "geo:" + point)
                .put("body", words.isEmpty() ? point : words);
    }

    private static String degrees(double value) {
        return BigDecimal.valueOf(value).toPlainString();
    }

    private static OutgoingEvent media(ObjectNode content, Part.Media media, Part.@Nullable Text caption) {
        String words = caption == null ? "" : caption.text();
        if (media.id() == null) {
            String link = media.url() == null ? "" : (words + "\n" + media.url()).strip();
            content.put("body", link);
            return link.isEmpty()
                    ? refused(Reason.MEDIA_REFUSED, "the media has neither bytes nor a link")
                    : new OutgoingEvent(content, null, null);
        }
        String name = media.fileName() == null ? Words.of(media.media()) : media.fileName();
        content.put(
                "msgtype",
                switch (media.media()) {
                    case IMAGE, STICKER -> "m.image";
                    case AUDIO -> "m.audio";
                    case VIDEO -> "m.video";
                    case FILE -> "m.file";
                });
        if (caption == null) {
            content.put("body", name);
        } else {
            text(content, caption);
        }
        content.put("filename", name);
        ObjectNode info = content.putObject("info").put("mimetype", media.mimeType());
        if (media.size() != null) {
            info.put("size", media.size());
        }
        return new OutgoingEvent(content, media, null);
    }

    private static OutgoingEvent refused(Reason reason, String why) {
        return new OutgoingEvent(Json.mapper().createObjectNode(), null, new Outcome.Refused(reason, why));
    }

    @Override
    public String toString() {
        return "OutgoingEvent[…]";
    }
}
