// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.wechat;

import io.dragoman.connector.kit.JsonFields;
import io.dragoman.connector.kit.PartList;
import io.dragoman.model.Part;
import io.dragoman.model.Part.MediaKind;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a message or a pressed button says, as parts: at least one, whatever its shape. */
final class MessageParts {
    private MessageParts() {}

    static List<Part> of(String type, JsonFields message) {
        List<Part> parts = known(type, message);
        return parts.isEmpty() ? List.of(new Part.Unsupported(type, message.raw())) : parts;
    }

    private static List<Part> known(String type, JsonFields message) {
        return switch (type) {
            case "text" -> text(message);
            case "image" -> media(MediaKind.IMAGE, null, message, null);
            case "voice" ->
                new PartList()
                        .sound(recording(message), null, message.word("MediaId"), true, message.word("Recognition"))
                        .parts();
            case "video", "shortvideo" -> media(MediaKind.VIDEO, "video/mp4", message, null);
            case "location" -> place(message);
            case "link" ->
                new PartList()
                        .text(lines(message, "Title", "Description", "Url"))
                        .parts();
            default -> List.of();
        };
    }

    /** A row of a menu that was sent comes as its text, with the row's id beside it. */
    private static List<Part> text(JsonFields message) {
        String row = message.word("bizmsgmenuid");
        String content = message.word("Content");
        return row == null
                ? new PartList().text(content).parts()
                : new PartList().choice(row, content).parts();
    }

    private static List<Part> media(
            MediaKind kind, @Nullable String mimeType, JsonFields message, @Nullable String caption) {
        String id = message.word("MediaId");
        String source = id == null ? message.word("PicUrl") : id;
        return new PartList().media(kind, mimeType, null, source, caption).parts();
    }

    private static @Nullable String recording(JsonFields message) {
        String format = String.valueOf(message.word("Format"));
        return switch (format) {
            case "amr" -> "audio/amr";
            case "speex" -> "audio/speex";
            case "mp3" -> "audio/mpeg";
            default -> null;
        };
    }

    private static List<Part> place(JsonFields message) {
        double latitude = degrees(message.word("Location_X"));
        double longitude = degrees(message.word("Location_Y"));
        boolean onEarth = Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180;
        return onEarth ? List.of(new Part.Location(latitude, longitude, message.word("Label"), null)) : List.of();
    }

    private static double degrees(@Nullable String text) {
        return text != null && text.matches("-?\\d{1,3}(\\.\\d{1,20})?") ? Double.parseDouble(text) : Double.NaN;
    }

    private static @Nullable String lines(JsonFields message, String... names) {
        return Stream.of(names).map(message::word).flatMap(Stream::ofNullable).collect(Collectors.joining("\n"));
    }

    /** A pressed row of the account's menu by its key; what was scanned by it, or in a QR code of the account's. */
    static List<Part> ofEvent(String event, JsonFields message) {
        String key = message.word("EventKey");
        PartList parts = new PartList();
        switch (event) {
            case "CLICK" -> parts.choice(key, null);
            case "SCAN" -> parts.structured("scan", "QR code" + (key == null ? "" : ": " + key), message.node());
            default -> parts.choice(key, message.inner("ScanCodeInfo").word("ScanResult"));
        }
        return parts.parts().isEmpty() ? List.of(new Part.Unsupported(event, message.raw())) : parts.parts();
    }
}
