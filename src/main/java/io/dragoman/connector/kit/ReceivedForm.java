// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector.kit;

import com.fasterxml.jackson.databind.JsonNode;
import io.dragoman.connector.MalformedPayload;
import io.dragoman.model.Json;
import io.dragoman.model.JsonFault;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The parameters of a request, in the order they came. Decoding never fails: a stray per cent sign stands for itself,
 * bytes that are no UTF-8 become U+FFFD in the text but stay what they are in the signature. Immutable.
 */
public final class ReceivedForm {
    private final List<Field> fields;
    private final Map<String, String> firsts = new LinkedHashMap<>();

    private ReceivedForm(List<Field> fields) {
        this.fields = List.copyOf(fields);
        fields.forEach(field -> firsts.putIfAbsent(field.name(), field.value()));
    }

    /** A form or query string. */
    public static ReceivedForm parse(String encoded) {
        return parse(encoded.getBytes(StandardCharsets.UTF_8));
    }

    /** A form as it was posted. */
    public static ReceivedForm parse(byte[] encoded) {
        List<Field> fields = new ArrayList<>();
        int start = 0;
        for (int at = 0; at <= encoded.length; at++) {
            if (at == encoded.length || encoded[at] == '&') {
                if (at > start) {
                    fields.add(field(encoded, start, at));
                }
                start = at + 1;
            }
        }
        return new ReceivedForm(fields);
    }

    private static Field field(byte[] encoded, int start, int end) {
        int equals = start;
        while (equals < end && encoded[equals] != '=') {
            equals++;
        }
        ByteArrayOutputStream raw = new ByteArrayOutputStream(end - start);
        decode(encoded, start, equals, raw);
        int nameLength = raw.size();
        decode(encoded, Math.min(equals + 1, end), end, raw);
        byte[] bytes = raw.toByteArray();
        return new Field(
                new String(bytes, 0, nameLength, StandardCharsets.UTF_8),
                new String(bytes, nameLength, bytes.length - nameLength, StandardCharsets.UTF_8),
                bytes);
    }

    private static void decode(byte[] encoded, int start, int end, ByteArrayOutputStream out) {
        for (int at = start; at < end; at++) {
            int high = at + 2 < end ? Character.digit(encoded[at + 1], 16) : -1;
            int low = at + 2 < end ? Character.digit(encoded[at + 2], 16) : -1;
            if (encoded[at] == '%' && high >= 0 && low >= 0) {
                out.write(high * 16 + low);
                at += 2;
            } else {
                out.write(encoded[at] == '+' ? ' ' : encoded[at]);
            }
        }
    }

    /** The members of a JSON object as if they stood in a form; what is no value is its JSON. */
    public static ReceivedForm ofJson(byte[] body) throws MalformedPayload {
        try {
            JsonNode tree = Json.tree(body);
            if (!tree.isObject()) {
                throw new MalformedPayload("the body is not a JSON object");
            }
            List<Field> fields = new ArrayList<>();
            tree.properties().forEach(entry -> fields.add(Field.of(entry.getKey(), text(entry.getValue()))));
            return new ReceivedForm(fields);
        } catch (IOException e) {
            throw new MalformedPayload("the body " + JsonFault.of(e, "is not JSON"));
        }
    }

    private static String text(JsonNode value) {
        return value.isNull() ? "" : value.isValueNode() ? value.asText() : value.toString();
    }

    /** The value of the first of these names that has one that is not blank. */
    public Optional<String> find(String... names) {
        for (String name : names) {
            String value = firsts.get(name);
            if (value != null && !value.isBlank()) {
                return Optional.of(value);
            }
        }
        return Optional.empty();
    }

    /** A value as it was written; empty when it is absent. */
    public String text(String name) {
        return firsts.getOrDefault(name, "");
    }

    /** A value as it came, percent-decoded and nothing more: for bytes that are no UTF-8. */
    public byte[] bytes(String name) {
        int start = name.getBytes(StandardCharsets.UTF_8).length;
        return fields.stream()
                .filter(field -> field.name().equals(name))
                .findFirst()
                .map(field ->
                        Arrays.copyOfRange(field.bytes(), Math.min(start, field.bytes().length), field.bytes().length))
                .orElse(new byte[0]);
    }

    /** A value that is a small whole number; 0 when it is none. */
    public int number(String name) {
        String value = text(name);
        return value.matches("[0-9]{1,9}") ? Integer.parseInt(value) : 0;
    }

    /**
     * Each name and value behind each other, sorted, as providers sign them: percent-decoded and nothing more. The
     * values of a repeated name count once each.
     */
    public byte[] sorted() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Set<List<String>> seen = new HashSet<>();
        fields.stream()
                .sorted(Comparator.comparing(Field::name).thenComparing(Field::value))
                .filter(field -> seen.add(List.of(field.name(), field.value())))
                .forEach(field -> out.writeBytes(field.bytes()));
        return out.toByteArray();
    }

    /** The first value of each name, in the order they came. */
    public Map<String, String> firsts() {
        return Collections.unmodifiableMap(firsts);
    }

    /** All of it as JSON, for content of unknown types. */
    public String raw() {
        return Json.write(firsts);
    }

    /** Those whose names begin so and that say something, as JSON; empty when there are none. */
    public Optional<String> raw(String prefix) {
        Map<String, String> some = new LinkedHashMap<>();
        firsts.forEach((name, value) -> {
            if (name.startsWith(prefix) && !value.isBlank()) {
                some.put(name, value);
            }
        });
        return some.isEmpty() ? Optional.empty() : Optional.of(Json.write(some));
    }

    @Override
    public String toString() {
        return "Form[" + fields.size() + " fields]";
    }

    /** One parameter; {@code bytes} are name and value, percent-decoded and nothing more; none of JSON is signed. */
    private record Field(String name, String value, byte[] bytes) {
        static Field of(String name, String value) {
            return new Field(whole(name), whole(value), new byte[0]);
        }

        /** JSON can smuggle in half a surrogate pair, which nothing behind us could write down. */
        private static String whole(String text) {
            return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
        }
    }
}
