// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.line;

import io.dragoman.connector.kit.JsonFields;
import io.dragoman.connector.kit.PartList;
import io.dragoman.model.Part;
import io.dragoman.model.Part.MediaKind;
import io.dragoman.model.Structured;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a message or a pressed button says, as parts: at least one, whatever its shape. */
final class MessageParts {
    private MessageParts() {}

    static List<Part> of(JsonFields message) {
        List<Part> parts = known(message);
        String type = message.word("type");
        return parts.isEmpty() ? List.of(new Part.Unsupported(type == null ? "message" : type, message.raw())) : parts;
    }

    private static List<Part> known(JsonFields message) {
        return switch (String.valueOf(message.word("type"))) {
            case "text" -> new PartList().text(message.word("text")).parts();
            case "image" -> media(MediaKind.IMAGE, message);
            case "video" -> media(MediaKind.VIDEO, message);
            case "audio" -> media(MediaKind.AUDIO, message);
            case "file" -> media(MediaKind.FILE, message);
            case "location" -> place(message).<List<Part>>map(List::of).orElse(List.of());
            case "sticker" -> List.of(sticker(message));
            default -> List.of();
        };
    }

    /** LINE tells neither type nor caption; what another server holds is fetched there. */
    private static List<Part> media(MediaKind kind, JsonFields message) {
        JsonFields provider = message.inner("contentProvider");
        boolean elsewhere = "external".equals(provider.word("type"));
        String source = elsewhere ? provider.word("originalContentUrl") : message.word("id");
        return new PartList()
                .media(kind, null, message.word("fileName"), source, null)
                .parts();
    }

    private static Optional<Part> place(JsonFields message) {
        double latitude = message.node().path("latitude").asDouble(Double.NaN);
        double longitude = message.node().path("longitude").asDouble(Double.NaN);
        boolean onEarth = Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180;
        return onEarth
                ? Optional.of(new Part.Location(latitude, longitude, message.word("title"), message.word("address")))
                : Optional.empty();
    }

    /** Its picture has no documented address: its own words, or those that LINE knows it by, say what it shows. */
    private static Part sticker(JsonFields message) {
        String written = message.word("text");
        List<String> words = Stream.ofNullable(message.node().get("keywords"))
                .flatMap(list -> Stream.iterate(0, i -> i < list.size(), i -> i + 1)
                        .map(i -> JsonFields.clean(list.get(i).asText(""))))
                .filter(word -> !word.isBlank())
                .toList();
        String text = written == null ? String.join(", ", words) : written;
        return new Structured("sticker", text, message.node());
    }

    /** What was picked: a button of ours carries its id and title, one of another program's whatever it likes. */
    static List<Part> picked(JsonFields postback) {
        String data = postback.word("data");
        JsonFields date = postback.inner("params");
        String picked = Stream.of("datetime", "date", "time")
                .map(date::word)
                .filter(word -> word != null)
                .findFirst()
                .orElse(null);
        int line = data == null ? -1 : data.lastIndexOf('\n');
        String id = data == null || line < 0 ? data : data.substring(0, line);
        List<Part> parts = new PartList().choice(id, title(data, line, picked)).parts();
        return parts.isEmpty() ? List.of(new Part.Unsupported("postback", postback.raw())) : parts;
    }

    private static @Nullable String title(@Nullable String data, int line, @Nullable String picked) {
        return picked != null || data == null || line < 0 ? picked : data.substring(line + 1);
    }
}
