// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.discord;

import io.dragoman.connector.kit.JsonFields;
import io.dragoman.connector.kit.PartList;
import io.dragoman.model.Part;
import io.dragoman.model.Part.MediaKind;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a message says, as parts: at least one, whatever its shape. */
final class DiscordContent {
    private static final int FORWARD = 1;
    /** A sticker that is a drawing in Lottie's JSON, which nobody can look at. */
    private static final String LOTTIE = "3";

    private static final String GIF = "4";

    private DiscordContent() {}

    static List<Part> of(JsonFields message) {
        JsonFields said = isForward(message) ? snapshot(message) : message;
        String text = said.word("content");
        PartList parts = new PartList().text(text == null ? null : DiscordText.read(text, said));
        said.each("attachments").forEach(attachment -> attachment(attachment, parts));
        said.each("sticker_items").forEach(sticker -> sticker(sticker, parts));
        poll(said.inner("poll"), parts);
        return parts.parts().isEmpty() ? List.of(new Part.Unsupported("message", message.raw())) : parts.parts();
    }

    /** Whether it brings on what was written elsewhere; Discord does not say by whom. */
    static boolean isForward(JsonFields message) {
        return message.inner("message_reference").node().path("type").asInt(0) == FORWARD;
    }

    private static JsonFields snapshot(JsonFields message) {
        return message.each("message_snapshots").stream()
                .findFirst()
                .map(first -> first.inner("message"))
                .orElse(message);
    }

    static void attachment(JsonFields attachment, PartList parts) {
        String source = attachment.word("url");
        String type = attachment.word("content_type");
        if (source == null) {
            parts.other("attachment", attachment.raw());
        } else {
            MediaKind kind = MediaKind.of(type == null ? "" : type);
            String name = attachment.word("filename");
            String about = attachment.word("description");
            if (kind == MediaKind.AUDIO) {
                parts.sound(type, name, source, attachment.has("waveform"), about); // of voice messages alone
            } else {
                parts.media(kind, type, name, source, about);
            }
        }
    }

    private static void sticker(JsonFields sticker, PartList parts) {
        String id = sticker.word("id");
        String format = String.valueOf(sticker.word("format_type"));
        String name = sticker.word("name");
        if (id == null || !Snowflake.is(id) || format.equals(LOTTIE)) {
            parts.text(name);
        } else if (format.equals(GIF)) {
            parts.media(
                    MediaKind.STICKER, "image/gif", name, "https://media.discordapp.net/stickers/" + id + ".gif", null);
        } else {
            parts.media(
                    MediaKind.STICKER, "image/png", name, "https://cdn.discordapp.com/stickers/" + id + ".png", null);
        }
    }

    private static void poll(JsonFields poll, PartList parts) {
        @Nullable String question = poll.inner("question").word("text");
        if (question != null) {
            Stream<String> answers = poll.each("answers").stream()
                    .flatMap(answer ->
                            Stream.ofNullable(answer.inner("poll_media").word("text")))
                    .map(answer -> "– " + answer);
            parts.text(Stream.concat(Stream.of(question), answers).collect(Collectors.joining("\n")));
        }
    }
}
