// SPDX-License-Identifier: Apache-2.0
package io.dragoman.model;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.DeserializationConfig;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializationConfig;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.BeanDeserializerModifier;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.ser.BeanSerializerModifier;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import java.io.IOException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;

/** How times and enum words stand in JSON. */
final class JsonWords {
    private JsonWords() {}

    static final class InstantWriter extends StdSerializer<Instant> {
        private static final long serialVersionUID = 1L;

        InstantWriter() {
            super(Instant.class);
        }

        @Override
        public void serialize(Instant value, JsonGenerator out, SerializerProvider provider) throws IOException {
            out.writeString(UtcText.of(value));
        }
    }

    static final class InstantReader extends StdDeserializer<Instant> {
        private static final long serialVersionUID = 1L;

        InstantReader() {
            super(Instant.class);
        }

        @Override
        public Instant deserialize(JsonParser in, DeserializationContext context) throws IOException {
            try {
                return UtcText.parse(in.getText());
            } catch (DateTimeParseException e) {
                throw new Json.JsonShape("a time must be ISO 8601 in UTC, such as 2026-11-21T10:02:11.120Z");
            }
        }
    }

    static final class EnumWriters extends BeanSerializerModifier {
        private static final long serialVersionUID = 1L;

        @Override
        public JsonSerializer<?> modifyEnumSerializer(
                SerializationConfig config, JavaType type, BeanDescription description, JsonSerializer<?> serializer) {
            return description.findJsonValueAccessor() == null ? new EnumWriter() : serializer;
        }
    }

    static final class EnumWriter extends StdSerializer<Enum<?>> {
        private static final long serialVersionUID = 1L;

        EnumWriter() {
            super(Enum.class, false);
        }

        @Override
        public void serialize(Enum<?> value, JsonGenerator out, SerializerProvider provider) throws IOException {
            out.writeString(Words.of(value));
        }
    }

    static final class EnumReaders extends BeanDeserializerModifier {
        private static final long serialVersionUID = 1L;

        @Override
        public JsonDeserializer<?> modifyEnumDeserializer(
                DeserializationConfig config,
                JavaType type,
                BeanDescription description,
                JsonDeserializer<?> deserializer) {
            return description.findJsonValueAccessor() == null ? new EnumReader(type.getRawClass()) : deserializer;
        }
    }

    static final class EnumReader extends StdDeserializer<Enum<?>> {
        private static final long serialVersionUID = 1L;

        EnumReader(Class<?> type) {
            super(type);
        }

        @Override
        @SuppressWarnings("unchecked") // only enums are read by it
        public Enum<?> deserialize(JsonParser in, DeserializationContext context) throws IOException {
            Class<? extends Enum<?>> type = (Class<? extends Enum<?>>) handledType();
            List<String> words = Words.all(type);
            int at = words.indexOf(in.getText());
            if (at < 0) {
                throw new Json.JsonShape(in.currentName() + " is not one of " + String.join(", ", words));
            }
            return type.getEnumConstants()[at];
        }
    }
}
