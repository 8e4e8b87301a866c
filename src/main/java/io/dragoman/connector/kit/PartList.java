// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector.kit;

import com.fasterxml.jackson.databind.JsonNode;
import io.dragoman.connector.MalformedPayload;
import io.dragoman.model.Part;
import io.dragoman.model.Part.MediaKind;
import io.dragoman.model.Structured;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The parts of a message from outside, as far as it has them: each method adds one, or nothing. For one thread. */
public final class PartList {
    private final List<Part> parts = new ArrayList<>();

    public PartList text(@Nullable String text) {
        return add(text == null || text.isBlank() ? null : new Part.Text(text));
    }

    /** An attachment and the text beside it; nothing when it does not say where it is to be fetched. */
    public PartList media(
            MediaKind kind,
            @Nullable String mimeType,
            @Nullable String fileName,
            @Nullable String source,
            @Nullable String caption) {
        return source == null
                ? this
                : add(Part.Media.incoming(kind, mimeType, fileName, null, source))
                        .text(caption);
    }

    /** A sound; {@code voice} says whether somebody said it into their phone. */
    public PartList sound(
            @Nullable String mimeType,
            @Nullable String fileName,
            @Nullable String source,
            boolean voice,
            @Nullable String caption) {
        return source == null
                ? this
                : add(Part.Media.incoming(MediaKind.AUDIO, mimeType, fileName, null, source)
                                .voice(voice))
                        .text(caption);
    }

    /** A place on the globe, from {@code latitude}, {@code longitude}, {@code name}, {@code address} and {@code url}. */
    public PartList location(JsonFields place) {
        try {
            return add(new Part.Location(
                    place.decimal("latitude"),
                    place.decimal("longitude"),
                    place.word("name"),
                    place.word("address"),
                    place.word("url")));
        } catch (MalformedPayload | IllegalArgumentException e) {
            return this;
        }
    }

    /** An address card; {@code raw} where it says nothing else. */
    public PartList card(
            @Nullable String name, List<String> phones, List<String> emails, @Nullable String vcard, String raw) {
        return name == null && phones.isEmpty() && emails.isEmpty() && vcard == null
                ? other("contact", raw)
                : add(new Part.ContactCard(name == null ? "" : name, phones, emails, vcard));
    }

    /** What was picked, by its id or its title. */
    public PartList choice(@Nullable String id, @Nullable String title) {
        return choice(id, title, null);
    }

    /** What was picked from a list, with what stood below its title. */
    public PartList choice(@Nullable String id, @Nullable String title, @Nullable String description) {
        boolean empty = id == null && title == null;
        return add(empty ? null : new Part.ChoiceMade(id == null ? "" : id, title == null ? "" : title, description));
    }

    /** Content with fields, and what a reader sees of it. */
    public PartList structured(String what, String text, JsonNode data) {
        return add(new Structured(what, JsonFields.clean(text), data));
    }

    /** Content of an unknown type, in the provider's own form. */
    public PartList other(String what, @Nullable String raw) {
        return add(raw == null ? null : new Part.Unsupported(what, raw));
    }

    public List<Part> parts() {
        return List.copyOf(parts);
    }

    private PartList add(@Nullable Part part) {
        if (part != null) {
            parts.add(part);
        }
        return this;
    }
}
