// SPDX-License-Identifier: Apache-2.0
package io.dragoman.profile;

import com.fasterxml.jackson.databind.JsonNode;
import io.dragoman.connector.kit.ReceivedForm;
import io.dragoman.model.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Bodies as values that expressions read: maps, lists, texts, numbers, truth. A null is nothing. Whole numbers beyond
 * 2^53, which JSONata would round, are texts. Pure.
 */
public final class Documents {
    private static final long EXACT = 1L << 53;

    private Documents() {}

    /** The forms of a body. */
    public enum Form {
        JSON,
        FORM,
        QUERY,
        XML,
        TEXT,
        /** The claims of the JSON Web Token that proves the request. */
        CLAIMS,
        /** JSON where it is, else a form. */
        AUTO
    }

    /** A body; empty when it has another form. */
    static Optional<Object> read(Form form, byte[] body) {
        return switch (form) {
            case JSON, CLAIMS -> json(body);
            case FORM, QUERY -> Optional.of(fields(body));
            case TEXT -> Optional.of(new String(body, StandardCharsets.UTF_8));
            case XML -> XmlDocument.read(body);
            case AUTO -> json(body).or(() -> Optional.of(fields(body)));
        };
    }

    /** JSON in a text; null when it is none. */
    public static @Nullable Object json(String text) {
        return json(text.getBytes(StandardCharsets.UTF_8)).orElse(null);
    }

    private static Optional<Object> json(byte[] body) {
        try {
            return Optional.ofNullable(value(Json.tree(body)));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** The fields of a form or query: a name that stands more than once has its first value. */
    static Map<String, Object> fields(byte[] encoded) {
        return new LinkedHashMap<>(ReceivedForm.parse(encoded).firsts());
    }

    private static @Nullable Object value(JsonNode node) {
        if (node.isObject()) {
            Map<String, Object> map = new LinkedHashMap<>();
            node.properties().forEach(entry -> {
                Object value = value(entry.getValue());
                if (value != null) {
                    map.put(entry.getKey(), value);
                }
            });
            return map;
        }
        if (node.isArray()) {
            List<Object> list = new ArrayList<>();
            node.forEach(one -> Optional.ofNullable(value(one)).ifPresent(list::add));
            return list;
        }
        if (node.isIntegralNumber()) {
            return node.canConvertToLong() && Math.abs(node.longValue()) <= EXACT
                    ? (Object) node.longValue()
                    : node.asText();
        }
        return node.isNumber()
                ? (Object) node.doubleValue()
                : node.isBoolean() ? (Object) node.booleanValue() : node.isTextual() ? node.textValue() : null;
    }
}
