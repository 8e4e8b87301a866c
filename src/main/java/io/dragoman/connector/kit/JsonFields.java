// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector.kit;

import com.fasterxml.jackson.databind.JsonNode;
import io.dragoman.connector.MalformedPayload;
import io.dragoman.model.Json;
import io.dragoman.model.JsonFault;
import io.dragoman.model.UnicodeText;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An authentic JSON object, read field by field, in one of two ways. Strictly: what is not as promised is
 * {@link MalformedPayload}, with the field's path and never its content. Leniently, by {@link #word}, {@link #time}, {@link #inner}
 * and {@link #each}: what is not as hoped is as good as nothing, so that one odd element does not take the others with it.
 * A null is nothing in both. Immutable.
 */
public final class JsonFields {
    /** The last second of the year 9999: what is later cannot be shown. */
    private static final long LATEST = 253_402_300_799L;

    private final JsonNode node;
    private final String path;

    private JsonFields(JsonNode node, String path) {
        this.node = node;
        this.path = path;
    }

    /** Reads a whole body. */
    public static JsonFields of(byte[] body) throws MalformedPayload {
        JsonNode tree;
        try {
            tree = Json.tree(body);
        } catch (IOException e) {
            throw new MalformedPayload("the body " + JsonFault.of(e, "is not well-formed JSON"));
        }
        if (!tree.isObject()) {
            throw new MalformedPayload("the body must be a JSON object");
        }
        return new JsonFields(tree, "");
    }

    /** Reads what an API answered, which may be anything. */
    public static JsonFields of(JsonNode answer) {
        return new JsonFields(answer, "");
    }

    /** The text or number of a field that says something; null for anything else. */
    public @Nullable String word(String name) {
        JsonNode value = node.path(name);
        String text = value.isTextual() || value.isNumber() ? clean(value.asText()) : "";
        return text.isBlank() ? null : text;
    }

    /**
     * Seconds since 1970, milliseconds where they are so many, or ISO 8601; {@code now} for what is none, to come, or
     * before 1970: a year of nine digits is a time in ISO 8601 and in no database.
     */
    public Instant time(String name, Instant now) {
        String text = word(name);
        Instant at = text == null ? now : text.matches("\\d{1,13}") ? epoch(Long.parseLong(text)) : iso(text, now);
        return at.isAfter(now.plus(Duration.ofDays(1))) || at.isBefore(Instant.EPOCH) ? now : at;
    }

    private static Instant epoch(long number) {
        return number >= 1_000_000_000_000L ? Instant.ofEpochMilli(number) : Instant.ofEpochSecond(number);
    }

    private static Instant iso(String text, Instant now) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            return now;
        }
    }

    /** What is inside a field; nothing is inside one that is no object. */
    public JsonFields inner(String name) {
        return new JsonFields(node.path(name), at(name));
    }

    /** The elements of a list, whatever they are; none when the field is no list. */
    public List<JsonFields> each(String name) {
        List<JsonFields> elements = new ArrayList<>();
        if (node.path(name).isArray()) {
            node.path(name).forEach(one -> elements.add(new JsonFields(one, at(name) + "[" + elements.size() + "]")));
        }
        return elements;
    }

    /** One field of every element of a list, where it says something. */
    public List<String> words(String list, String name) {
        return each(list).stream()
                .map(element -> element.word(name))
                .flatMap(Stream::ofNullable)
                .toList();
    }

    /** The object in the provider's own form, to be stored where its type is unknown. */
    public String raw() {
        return clean(node.toString());
    }

    /** The object itself. Do not change it. */
    public JsonNode node() {
        return node;
    }

    /** Refuses fields of other names, with those that there are. */
    public void allow(List<String> names) throws MalformedPayload {
        for (Map.Entry<String, JsonNode> field : node.properties()) {
            if (!names.contains(field.getKey())) {
                String name = field.getKey().matches("[A-Za-z0-9_-]{1,40}") ? field.getKey() : "a field";
                throw new MalformedPayload(at(name) + " is not known here; there can be " + String.join(", ", names));
            }
        }
    }

    public boolean has(String name) {
        return node.hasNonNull(name);
    }

    /** An object that must be there. */
    public JsonFields object(String name) throws MalformedPayload {
        return findObject(name).orElseThrow(() -> missing(name));
    }

    /** An object, where there is one. */
    public Optional<JsonFields> findObject(String name) throws MalformedPayload {
        JsonNode value = node.path(name);
        if (absent(value)) {
            return Optional.empty();
        }
        return Optional.of(object(value, at(name)));
    }

    /** The objects of an array; none when it is absent. */
    public List<JsonFields> objects(String name) throws MalformedPayload {
        List<JsonFields> objects = new ArrayList<>();
        for (JsonNode item : items(name)) {
            objects.add(object(item, at(name) + "[" + objects.size() + "]"));
        }
        return objects;
    }

    /** The texts of an array; none when it is absent. */
    public List<String> texts(String name) throws MalformedPayload {
        List<String> texts = new ArrayList<>();
        for (JsonNode item : items(name)) {
            texts.add(text(item, at(name) + "[" + texts.size() + "]"));
        }
        return texts;
    }

    /** The whole numbers of an array; none when it is absent. */
    public List<Long> numbers(String name) throws MalformedPayload {
        List<Long> numbers = new ArrayList<>();
        for (JsonNode item : items(name)) {
            numbers.add(number(item, at(name) + "[" + numbers.size() + "]"));
        }
        return numbers;
    }

    /** A text that must be there and not be blank. */
    public String text(String name) throws MalformedPayload {
        String text = findText(name).orElseThrow(() -> missing(name));
        if (text.isBlank()) {
            throw new MalformedPayload(at(name) + " is blank");
        }
        return text;
    }

    /** A text, where there is one; perhaps blank. */
    public Optional<String> findText(String name) throws MalformedPayload {
        JsonNode value = node.path(name);
        return absent(value) ? Optional.empty() : Optional.of(text(value, at(name)));
    }

    /** A whole number of at most 64 bits that must be there. */
    public long number(String name) throws MalformedPayload {
        return findNumber(name).orElseThrow(() -> missing(name));
    }

    /** A whole number of at most 64 bits, where there is one. */
    public Optional<Long> findNumber(String name) throws MalformedPayload {
        JsonNode value = node.path(name);
        return absent(value) ? Optional.empty() : Optional.of(number(value, at(name)));
    }

    /** A number, with or without a fraction, that must be there. */
    public double decimal(String name) throws MalformedPayload {
        JsonNode value = node.path(name);
        if (absent(value)) {
            throw missing(name);
        }
        if (!value.isNumber()) {
            throw new MalformedPayload(at(name) + " must be a number");
        }
        return value.doubleValue();
    }

    /** A time in seconds since 1970 that must be there. */
    public Instant seconds(String name) throws MalformedPayload {
        long seconds = number(name);
        if (seconds < 0 || seconds > LATEST) {
            throw new MalformedPayload(at(name) + " must be a time in seconds since 1970");
        }
        return Instant.ofEpochSecond(seconds);
    }

    /** A time in milliseconds since 1970 that must be there. */
    public Instant milliseconds(String name) throws MalformedPayload {
        long millis = number(name);
        if (millis < 0 || millis / 1000 > LATEST) {
            throw new MalformedPayload(at(name) + " must be a time in milliseconds since 1970");
        }
        return Instant.ofEpochMilli(millis);
    }

    /** A time in ISO 8601, where there is one. */
    public Optional<Instant> findTime(String name) throws MalformedPayload {
        Optional<String> text = findText(name);
        try {
            return text.map(value -> OffsetDateTime.parse(value).toInstant());
        } catch (DateTimeException e) {
            throw new MalformedPayload(at(name) + " must be a time in ISO 8601, such as 2026-11-21T10:02:11.120Z");
        }
    }

    /** Whether a field says true; anything else is false. */
    public boolean flag(String name) {
        return node.path(name).asBoolean(false);
    }

    /** The path of a field, for a sentence. */
    public String at(String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    /** The same as a JSON pointer (RFC 6901) into the whole body, for a field of a fixed name. */
    public String pointer(String name) {
        return "/" + at(name).replace("]", "").replace('[', '/').replace('.', '/');
    }

    @Override
    public String toString() {
        return "Fields[" + path + "]";
    }

    private Iterable<JsonNode> items(String name) throws MalformedPayload {
        JsonNode value = node.path(name);
        if (absent(value)) {
            return List.of();
        }
        if (!value.isArray()) {
            throw new MalformedPayload(at(name) + " must be an array");
        }
        return value;
    }

    private MalformedPayload missing(String name) {
        return new MalformedPayload(at(name) + " is missing");
    }

    private static JsonFields object(JsonNode value, String path) throws MalformedPayload {
        if (!value.isObject()) {
            throw new MalformedPayload(path + " must be an object");
        }
        return new JsonFields(value, path);
    }

    private static String text(JsonNode value, String path) throws MalformedPayload {
        if (!value.isTextual()) {
            throw new MalformedPayload(path + " must be a text");
        }
        return clean(value.textValue());
    }

    private static long number(JsonNode value, String path) throws MalformedPayload {
        if (!value.isIntegralNumber() || !value.canConvertToLong()) {
            throw new MalformedPayload(path + " must be a whole number");
        }
        return value.longValue();
    }

    private static boolean absent(JsonNode value) {
        return value.isMissingNode() || value.isNull();
    }

    /** Half a surrogate pair has no UTF-8 and NUL no place in a database: both become the replacement character. */
    public static String clean(String text) {
        return UnicodeText.wellFormed(text).replace('\0', '\uFFFD');
    }
}
