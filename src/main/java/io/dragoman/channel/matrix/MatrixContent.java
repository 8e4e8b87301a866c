// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.matrix;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dragoman.connector.kit.JsonFields;
import io.dragoman.model.Part;
import io.dragoman.model.Part.MediaKind;
import io.dragoman.model.Structured;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The parts of a message (spec.matrix.org, "m.room.message msgtypes"); what is not known is kept as it came. */
final class MatrixContent {
    private static final Map<String, MediaKind> MEDIA = Map.of(
            "m.image", MediaKind.IMAGE,
            "m.audio", MediaKind.AUDIO,
            "m.video", MediaKind.VIDEO,
            "m.file", MediaKind.FILE);

    /** RFC 5870, as far as it is a place on the earth. */
    private static final Pattern GEO =
            Pattern.compile("geo:(-?\\d{1,3}(?:\\.\\d{1,20})?),(-?\\d{1,3}(?:\\.\\d{1,20})?)(?:[,;].*)?");

    private MatrixContent() {}

    /**
     * The parts, at least one.
     *
     * @param name of whoever wrote
     * @param edit whether it changes a message: what it says now stands in a place of its own
     */
    static List<Part> of(String type, JsonFields content, @Nullable String name, boolean edit) {
        JsonFields said =
                edit && content.inner("m.new_content").node().isObject() ? content.inner("m.new_content") : content;
        List<Part> parts = new ArrayList<>();
        switch (type) {
            case "m.sticker" -> media(MediaKind.STICKER, said, parts);
            case "m.room.encrypted" -> parts.add(encrypted(content));
            case "m.poll.start", "org.matrix.msc3381.poll.start" -> poll(said, parts);
            case "m.call.invite" -> parts.add(new Structured("call", "Call", said.node()));
            default -> message(said, name, parts);
        }
        if (parts.isEmpty()) {
            String msgtype = said.word("msgtype");
            parts.add(new Part.Unsupported(msgtype == null ? type : msgtype, said.raw()));
        }
        return parts;
    }

    private static void message(JsonFields said, @Nullable String name, List<Part> parts) {
        String msgtype = String.valueOf(said.word("msgtype"));
        MediaKind kind = MEDIA.get(msgtype);
        if (kind != null) {
            media(kind, said, parts);
        } else if (msgtype.equals("m.location")) {
            location(said, parts);
        } else if (msgtype.equals("m.emote")) {
            add(MatrixText.of(said), parts, "* " + (name == null ? "" : name + " "));
        } else {
            add(MatrixText.of(said), parts, ""); // any message has a body that people can read
        }
    }

    private static void add(Part.@Nullable Text text, List<Part> parts, String before) {
        if (text != null) {
            parts.add(before.isEmpty() ? text : new Part.Text(before + text.text()));
        }
    }

    private static void media(MediaKind kind, JsonFields said, List<Part> parts) {
        String source = said.word("url");
        if (source == null) {
            if (said.has("file")) { // its key stands beside it: not for a desk
                parts.add(new Part.Unsupported("encrypted file", "{}"));
            }
            return;
        }
        String body = said.word("body");
        String fileName = said.word("filename");
        JsonFields info = said.inner("info");
        long size = info.node().path("size").asLong(-1);
        parts.add(Part.Media.incoming(
                        kind,
                        info.word("mimetype"),
                        fileName == null && kind != MediaKind.STICKER ? body : fileName,
                        size < 0 ? null : size,
                        source)
                .voice(kind == MediaKind.AUDIO && (said.has("org.matrix.msc3245.voice") || said.has("m.voice"))));
        if (fileName != null && !fileName.equals(body)) { // then the body is what is said about it
            add(MatrixText.of(said), parts, "");
        }
    }

    private static void location(JsonFields said, List<Part> parts) {
        Matcher geo = GEO.matcher(String.valueOf(said.word("geo_uri")));
        if (geo.matches()) {
            double latitude = Double.parseDouble(geo.group(1));
            double longitude = Double.parseDouble(geo.group(2));
            if (Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180) {
                parts.add(new Part.Location(latitude, longitude, said.word("body"), null));
                return;
            }
        }
        add(MatrixText.of(said), parts, "");
    }

    /** Without what only its reader could open. */
    private static Part encrypted(JsonFields content) {
        JsonNode raw = content.node().deepCopy();
        if (raw instanceof ObjectNode fields) {
            fields.remove("ciphertext");
        }
        return new Part.Unsupported("encrypted message", JsonFields.clean(raw.toString()));
    }

    private static void poll(JsonFields said, List<Part> parts) {
        JsonFields poll = said.has("m.poll") ? said.inner("m.poll") : said.inner("org.matrix.msc3381.poll.start");
        String question = shown(poll.inner("question"));
        if (question != null) {
            Stream<String> answers = poll.each("answers").stream()
                    .flatMap(answer -> Stream.ofNullable(shown(answer)))
                    .map(answer -> "– " + answer);
            parts.add(new Part.Text(Stream.concat(Stream.of(question), answers).collect(Collectors.joining("\n"))));
        }
    }

    /** Extensible text, as it is and as it was before it was agreed on. */
    private static @Nullable String shown(JsonFields text) {
        String early = text.word("org.matrix.msc1767.text");
        String body = early == null ? text.word("body") : early;
        return body == null ? text.words("m.text", "body").stream().findFirst().orElse(null) : body;
    }
}
