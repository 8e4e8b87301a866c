// SPDX-License-Identifier: Apache-2.0
package io.dragoman.model;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * The one JSON form: enum words in lower case with hyphens, times in ISO 8601 UTC with milliseconds, nulls left out.
 * Reading is bounded in depth, length and number size, and refuses duplicate keys. Thread-safe.
 */
public final class Json {
    /** The longest document read, in characters. Bodies are capped before; this stops a bug from becoming a hang. */
    private static final long MAX_DOCUMENT = 32L * 1024 * 1024;

    private static final ObjectMapper MAPPER = mapper(true);

    /** For what {@link #write} wrote: it has no key twice, so none is looked for. */
    private static final ObjectMapper OWN = mapper(false);

    private Json() {}

    private static ObjectMapper mapper(boolean foreign) {
        return JsonMapper.builder(JsonFactory.builder()
                        .streamReadConstraints(StreamReadConstraints.builder()
                                .maxNestingDepth(64)
                                .maxStringLength(8 * 1024 * 1024)
                                .maxNumberLength(100)
                                .maxNameLength(256)
                                .maxDocumentLength(MAX_DOCUMENT)
                                .maxTokenCount(1_000_000)
                                .build())
                        .configure(StreamReadFeature.STRICT_DUPLICATE_DETECTION, foreign)
                        .build())
                .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .defaultPropertyInclusion(
                        JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.NON_NULL))
                .visibility(PropertyAccessor.IS_GETTER, JsonAutoDetect.Visibility.NONE)
                .addModule(new SimpleModule("dragoman")
                        .addSerializer(Instant.class, new JsonWords.InstantWriter())
                        .addSerializer(Duration.class, ToStringSerializer.instance) // ISO 8601, such as PT24H
                        .addDeserializer(Instant.class, new JsonWords.InstantReader())
                        .setSerializerModifier(new JsonWords.EnumWriters())
                        .setDeserializerModifier(new JsonWords.EnumReaders()))
                .build();
    }

    /** Reads a document of any shape. */
    public static JsonNode tree(byte[] json) throws IOException {
        JsonNode tree = MAPPER.readTree(bounded(json));
        if (tree == null || tree.isMissingNode()) {
            throw new JsonShape("the body is empty");
        }
        return tree;
    }

    /** Reads a document of a known shape. */
    public static <T> T read(byte[] json, Class<T> type) throws IOException {
        return MAPPER.readValue(bounded(json), type);
    }

    /** Jackson looks at the length of a document only while it fetches more of it, so not at what is all there. */
    private static byte[] bounded(byte[] json) throws IOException {
        if (json.length > MAX_DOCUMENT) {
            throw new JsonShape("the document is too long");
        }
        return json;
    }

    /** Reads what {@link #write} wrote; anything else is a bug. */
    public static <T> T read(String json, Class<T> type) {
        try {
            return OWN.readValue(json, type);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(
                    "stored " + type.getSimpleName() + " does not read: " + e.getOriginalMessage());
        }
    }

    /** Reads texts by name, which {@link #write} wrote. */
    public static Map<String, String> texts(String json) {
        try {
            return OWN.readValue(json, new TypeReference<>() {});
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("stored texts do not read: " + e.getOriginalMessage());
        }
    }

    /** Turns a tree into a known shape. */
    public static <T> T convert(JsonNode tree, Class<T> type) throws IOException {
        return MAPPER.treeToValue(tree, type);
    }

    /** Writes any of our records. */
    public static String write(Object value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(value.getClass().getSimpleName() + " does not write", e);
        }
    }

    /** Writes a list of what is told apart by a type, such as events: in a bare list Jackson would leave that out. */
    public static <T> String writeAll(List<? extends T> values, Class<T> type) {
        try {
            return MAPPER.writerFor(MAPPER.getTypeFactory().constructCollectionType(List.class, type))
                    .writeValueAsString(values);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a list of " + type.getSimpleName() + " does not write", e);
        }
    }

    /** Writes any of our records as UTF-8. */
    public static byte[] bytes(Object value) {
        try {
            return MAPPER.writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(value.getClass().getSimpleName() + " does not write", e);
        }
    }

    /** A mapper with the same settings, for the JSON of a provider or of the API. */
    public static ObjectMapper mapper() {
        return MAPPER;
    }

    /** JSON that is well formed but not what was expected; the text says what was. */
    public static final class JsonShape extends IOException {
        private static final long serialVersionUID = 1L;

        public JsonShape(String message) {
            super(message);
        }
    }
}
